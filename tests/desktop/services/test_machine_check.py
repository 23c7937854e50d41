"""The self-check of the machine: each check passes here and says what is wrong where it is."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.services import machine_check
from desktop.services.machine_check import (
    FONT_FOLDER,
    FONTS,
    MB,
    check_cipher,
    check_clock,
    check_disk,
    check_folders,
    check_fonts,
    check_memory,
    machine_checks,
)


def test_every_check_passes_here_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAREFOOT_HOME", str(tmp_path))
    results = machine_checks()
    assert [r.name for r in results] == ["folders", "cipher", "disk", "fonts", "clock", "memory"]
    assert [r for r in results if not r.ok and r.name not in ("disk", "memory")] == []
    assert all(r.message.endswith(".") for r in results)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    monkeypatch.setenv("BAREFOOT_HOME", str(tmp_path))
    results = machine_checks()
    assert results[0].name == "folders"
    assert not results[0].ok
    assert "cannot be written" in results[0].message
    assert "cipher" not in [r.name for r in results]
    assert check_folders([lambda: tmp_path]).ok


def test_a_cipher_that_is_none_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_cipher(tmp_path).ok
    monkeypatch.setitem(sys.modules, "sqlcipher3", sqlite3)
    plain = check_cipher(tmp_path)
    assert not plain.ok
    assert "without a cipher" in plain.message
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    missing = check_cipher(tmp_path)
    assert not missing.ok
    assert "cannot be loaded" in missing.message
    assert list(tmp_path.iterdir()) == []


def test_a_cipher_that_writes_plain_text_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lying(sqlite3.Connection):
        def execute(self, statement: str, *rest: object) -> sqlite3.Cursor:  # type: ignore[override]
            answers = {"PRAGMA cipher_version": "SELECT '4.19.0 community'"}
            return super().execute(answers.get(statement, statement), *rest)  # type: ignore[arg-type]

    fake = SimpleNamespace(
        connect=lambda path: sqlite3.connect(path, factory=Lying),
        Error=sqlite3.Error,
        DatabaseError=sqlite3.DatabaseError,
    )
    monkeypatch.setitem(sys.modules, "sqlcipher3", fake)
    result = check_cipher(tmp_path)
    assert not result.ok
    assert "plain text" in result.message


def test_a_font_that_is_damaged_or_missing(tmp_path: Path) -> None:
    assert check_fonts(FONT_FOLDER).ok
    for name in FONTS:
        shutil.copy(FONT_FOLDER / name, tmp_path)
    assert check_fonts(tmp_path).ok
    font = tmp_path / "Inter-Bold.ttf"
    font.write_bytes(font.read_bytes()[:-1])
    assert "Inter-Bold.ttf is damaged" in check_fonts(tmp_path).message
    font.unlink()
    result = check_fonts(tmp_path)
    assert not result.ok
    assert "missing" in result.message


@pytest.mark.parametrize(
    ("today", "ok"),
    [(date(1970, 1, 1), False), (date(2026, 3, 31), False), (date(2026, 4, 1), True), (date(2041, 4, 1), False)],
)
def test_the_clock_is_judged_by_the_packs_month(today: date, ok: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_check, "versions", lambda: {"pack": "2026.4.1"})
    result = check_clock(today)
    assert result.ok is ok
    assert today.isoformat() in result.message


def test_short_disk_and_memory_say_what_follows() -> None:
    assert not check_disk(99 * MB).ok
    assert "not for years" in check_disk(500 * MB).message
    assert check_disk(500 * MB).ok
    assert "not for years" not in check_disk(5_000 * MB).message
    assert not check_memory(300 * MB).ok
    short = check_memory(800 * MB)
    assert short.ok
    assert "passphrase is refused" in short.message
    assert "refused" not in check_memory(3_000 * MB).message
    assert check_memory(None).ok
