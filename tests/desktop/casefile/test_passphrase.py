"""Passphrases: one real round trip (scrypt is slow by design); all else without computing anything."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.casefile import memory, opening, passphrase, passphrase_child, sealing
from desktop.casefile.age_header import SealedWith, read_header
from desktop.casefile.errors import (
    CutShort,
    Damaged,
    NotEnoughMemory,
    PassphraseProcessFailed,
    WeakPassphrase,
    WorkFactorTooHigh,
    WrongPassphrase,
)

WORDS = "blue tractor 月亮 under"


def _header(factor: int) -> bytes:
    return b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n--- %s\n" % (b"A" * 22, factor, b"B" * 43, b"C" * 43) + bytes(
        99
    )


def test_a_real_round_trip_in_a_child_and_each_failure_by_its_name(content, clinic, visit) -> None:
    inner = sealing.build_inner(
        content, clinic, sealed_for=(), created_at=visit.started, program_version="1", language="zh"
    )
    sealed = sealing.seal_with_passphrase(inner, WORDS)
    header = read_header(sealed)
    assert header.sealed_with is SealedWith.PASSPHRASE
    assert WORDS.encode() not in sealed
    opened = opening.open_with_passphrase(sealed, WORDS)
    assert opened.addressed
    assert opened.members["bundle.json"] == content["bundle.json"]
    with pytest.raises(WrongPassphrase, match="or the first lines"):
        opening.open_with_passphrase(sealed, WORDS + "x")
    changed = bytearray(sealed)
    changed[-1] ^= 1
    with pytest.raises(Damaged):
        opening.open_with_passphrase(bytes(changed), WORDS)
    with pytest.raises(CutShort):
        opening.open_with_passphrase(sealed[:-300], WORDS)
    mac = header.header_bytes - 20
    replaced = b"A" if sealed[mac : mac + 1] != b"A" else b"B"
    with pytest.raises(Damaged):
        opening.open_with_passphrase(sealed[:mac] + replaced + sealed[mac + 1 :], WORDS)


def test_a_costly_file_is_refused_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_run", lambda *_: pytest.fail("worked on it"))
    for factor in (passphrase.MAX_WORK_FACTOR + 1, 63, 99):
        with pytest.raises(WorkFactorTooHigh):
            opening.open_with_passphrase(_header(factor), WORDS)


def test_too_little_memory_is_said_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_run", lambda *_: pytest.fail("worked on it"))
    monkeypatch.setattr(memory, "free_memory_bytes", lambda: 200 * passphrase.MIB)
    with pytest.raises(NotEnoughMemory) as refused:
        opening.open_with_passphrase(_header(18), WORDS)
    assert refused.value.data["needed_bytes"] == 256 * passphrase.MIB + passphrase.MARGIN_BYTES
    with pytest.raises(NotEnoughMemory):
        passphrase.seal(b"x", WORDS)


def test_weak_passphrases() -> None:
    for words in ("", "short", "aaaaaaaaaaaaaaaa", "x" * 2000, "abcdefgh\ud800ij"):
        with pytest.raises(WeakPassphrase):
            passphrase.check_passphrase(words)


def test_the_passphrase_is_in_no_argument_and_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def run(command: list[str], **how: object) -> SimpleNamespace:
        seen.update(how, command=command)
        return SimpleNamespace(returncode=0, stdout=b"Dinner")

    monkeypatch.setattr(passphrase.subprocess, "run", run)
    assert passphrase._run(b"O", WORDS, b"sealed") == (b"D", b"inner")
    assert WORDS not in str(seen["command"])
    assert WORDS not in str(seen["env"])
    assert WORDS.encode() in seen["input"]


@pytest.mark.parametrize(
    ("code", "error"), [(-9, NotEnoughMemory), (137, NotEnoughMemory), (1, PassphraseProcessFailed)]
)
def test_a_child_that_dies(monkeypatch: pytest.MonkeyPatch, code: int, error: type[Exception]) -> None:
    monkeypatch.setattr(passphrase.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=code, stdout=b""))
    monkeypatch.setattr(memory, "free_memory_bytes", lambda: None)
    with pytest.raises(error):
        passphrase.seal(b"x", WORDS)


def test_in_a_bundle_the_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert passphrase.child_command() == [sys.executable, passphrase.HIDDEN_COMMAND]


def test_the_child_refuses_half_a_request() -> None:
    frame = passphrase_child.frame
    for request in (b"", b"S", b"S" + frame(b"a")[:5], b"S" + frame(b"a") + frame(b"abc")[:-1],
                    b"Z" + frame(b"a") + frame(b"b"), b"S" + (2**60).to_bytes(8, "big")):  # fmt: skip
        with pytest.raises(ValueError, match=r"frame|operation"):
            passphrase_child.answer(io.BytesIO(request))


def test_free_memory_of_this_machine_and_of_a_strange_one() -> None:
    assert memory.parse_meminfo("MemTotal: 4 kB\nMemAvailable:   2048 kB\n") == 2 * passphrase.MIB
    assert memory.parse_meminfo("MemTotal: 4 kB\n") is None
    assert memory.parse_meminfo("MemAvailable: much\n") is None
    if Path("/proc/meminfo").exists() and shutil.which("free"):
        assert (memory.free_memory_bytes() or 0) > passphrase.MIB
