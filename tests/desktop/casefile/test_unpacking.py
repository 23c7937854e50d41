"""Writing: the whole result or nothing, and nothing overwritten unasked."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from desktop.casefile import unpacking
from desktop.casefile.errors import OutputDiskFull, OutputExists, OutputUnwritable, UnsafeMember

MEMBERS = {"manifest.json": b"{}", "bundle.json": b"{}", "attachments/a.txt": b"text"}


def test_unpacks_to_a_new_or_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        unpacking.unpack(MEMBERS, tmp_path / name)
        assert (tmp_path / name / "attachments" / "a.txt").read_bytes() == b"text"
        if os.name == "posix":
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "new"]


def test_refuses_what_is_occupied(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("kept")
    (tmp_path / "file").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("full", "file", "link"):
        with pytest.raises(OutputExists):
            unpacking.unpack(MEMBERS, tmp_path / name)
    assert (tmp_path / "full" / "mine.txt").read_text() == "kept"
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def fsync(_descriptor: int) -> None:
        written.append(1)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(unpacking.os, "fsync", fsync)
    with pytest.raises(OutputDiskFull):
        unpacking.unpack(MEMBERS, tmp_path / "out")
    written[:] = [1]
    with pytest.raises(OutputDiskFull):
        unpacking.write_sealed(tmp_path / "case.age", b"sealed")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    for output in (tmp_path / "missing" / "out", tmp_path / ("x" * 300), Path("/proc/nowhere/out"), tmp_path / "a\0b"):
        with pytest.raises(OutputUnwritable):
            unpacking.unpack(MEMBERS, output)
        with pytest.raises(OutputUnwritable):
            unpacking.write_sealed(output, b"x")


def test_unsafe_names_are_refused_here_too(tmp_path: Path) -> None:
    with pytest.raises(UnsafeMember):
        unpacking.unpack({"../evil": b"x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    unpacking.write_sealed(path, b"first")
    with pytest.raises(OutputExists):
        unpacking.write_sealed(path, b"second")
    assert path.read_bytes() == b"first"
    unpacking.write_sealed(path, b"second", overwrite=True)
    assert path.read_bytes() == b"second"
    with pytest.raises(OutputExists):
        unpacking.write_sealed(tmp_path, b"x", overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["case.age"]
