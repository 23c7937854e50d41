"""The hint beside a new passphrase: honest, and in step with what the vault takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.services.access import EASY, FAIR, LONG, VaultDoor, strength_hint
from desktop.vault.errors import WeakPassphrase, WrongRecoveryKey
from desktop.vault.kdf import KdfCost, check_new_passphrase

CHEAP = KdfCost(32 * 1024, 2, 1)


@pytest.mark.parametrize("typed", ["", "short", "       x", "a" * 7, "password", "12345678", "fairly long", "山川河流"])
def test_the_hint_takes_what_the_vault_takes(typed: str) -> None:
    fine, _ = strength_hint(typed)
    if fine:
        assert check_new_passphrase(typed) == typed
    else:
        with pytest.raises(WeakPassphrase):
            check_new_passphrase(typed)


@pytest.mark.parametrize("typed", ["password1", "12345678901234567890", "aaaaaaaaaaaa", "Barefoot2026", "qwertyui"])
def test_what_everybody_tries_first_is_called_easy(typed: str) -> None:
    assert strength_hint(typed) == (True, EASY)


def test_length_is_praised_with_reserve() -> None:
    assert strength_hint("maize river lantern seven")[1] == LONG
    assert strength_hint("玉米河流灯笼七只小山羊")[1] == LONG
    assert strength_hint("maizeriver")[1] == FAIR


def test_a_failed_recovery_leaves_the_vault_free(tmp_path: Path) -> None:
    door = VaultDoor(tmp_path / "v.barefoot", CHEAP)
    assert not door.exists()
    vault, key = door.create("Amina", "maize river lantern")
    vault.close()
    with pytest.raises(WeakPassphrase):
        door.recover(key, "short")
    with pytest.raises(WrongRecoveryKey):
        door.recover(key[:-1] + ("0" if key[-1] != "0" else "1"), "another long one")
    door.open("maize river lantern").close()
    door.recover(key, "another long one").close()
    door.open("another long one").close()
    assert door.delay_seconds() == 0
