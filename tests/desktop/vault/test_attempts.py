"""The delay after wrong passphrases: it grows, survives a restart, and cannot be shortened by the clock."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.vault import Vault
from desktop.vault.attempts import LONGEST_DELAY_S, Attempts
from desktop.vault.errors import PassphraseDelay, WrongPassphrase


def wrong(clinic: Any) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open(clinic.path, "not this one", clock=clinic.clock)


def test_delay_grows_to_a_ceiling() -> None:
    delays = [Attempts(failures).delay_s() for failures in range(30)]
    assert delays[:3] == [0, 0, 0]
    assert delays == sorted(delays)
    assert delays[3:7] == [1, 2, 4, 8]
    assert delays[-1] == LONGEST_DELAY_S


def test_fourth_try_has_to_wait_even_with_the_right_passphrase(clinic: Any) -> None:
    for _ in range(3):
        wrong(clinic)
    with pytest.raises(PassphraseDelay, match="wait 1 s"):
        clinic.open()
    assert Vault.delay_seconds(clinic.path, clock=clinic.clock) == 1
    clinic.clock.forward(1)
    wrong(clinic)
    with pytest.raises(PassphraseDelay, match="wait 2 s"):
        clinic.open()
    clinic.clock.forward(2)
    with clinic.open() as vault:
        last = [(e.action, e.detail) for e in vault.audit(2)]
    assert last == [("unlocked", "passphrase"), ("failed_unlock", "4")]
    assert Vault.delay_seconds(clinic.path, clock=clinic.clock) == 0


def test_clock_set_back_does_not_free_and_does_not_trap(clinic: Any) -> None:
    for _ in range(3):
        wrong(clinic)
    clinic.clock.forward(-86400)
    with pytest.raises(PassphraseDelay):
        clinic.open()
    clinic.clock.forward(1)
    clinic.open().close()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]", b'{"failures": -5, "last_at": 0}', b'{"failures": "x"}'])
def test_unreadable_count_lets_the_right_passphrase_in(clinic: Any, content: bytes) -> None:
    (clinic.path / "attempts.json").write_bytes(content)
    clinic.open().close()
