"""Words of a whole visit stand in no file that the program wrote: vault, journal, backup, logs, temp, config, cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.visit import MARKERS, NAME, unexpected

ROOT = Path(__file__).parents[2]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def found_in(folder: Path) -> list[str]:
    """Every marker word in every file below ``folder``, whatever its encoding; a name of a file counts as well."""
    hits = []
    for file in sorted(folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        hits += [
            f"{file.relative_to(folder)}: {marker} ({encoding})"
            for marker in MARKERS
            for encoding in ENCODINGS
            if marker.encode(encoding) in content or marker in file.name
        ]
    return hits


def as_a_fresh_user(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a visit whose every written file lies below ``folder``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "CI"))}
    for variable, name in (("HOME", "home"), ("TMPDIR", "tmp"), ("SQLITE_TMPDIR", "tmp"), ("BAREFOOT_HOME", "own")):
        (folder / name).mkdir(exist_ok=True)
        environment[variable] = str(folder / name)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Folder, standard output and standard error of one visit without a window."""
    folder = tmp_path_factory.mktemp("visit")
    done = as_a_fresh_user(folder, "tests.torture.visit", str(folder))
    return folder, done.stdout, done.stderr


def test_the_visit_went_as_it_should_and_loaded_no_web_client(visited: tuple[Path, str, str]) -> None:
    _, out, err = visited
    result = json.loads(out)
    assert unexpected(result["statuses"]) == {}, err
    assert len(result["statuses"]) == 17
    assert result["web_clients"] == []


def test_no_marker_word_is_written_in_plain(visited: tuple[Path, str, str]) -> None:
    folder, out, err = visited
    assert not [marker for marker in MARKERS if marker in out + err]
    names = {path.name for path in (folder / "own").rglob("*")}
    assert {"vault.db", "barefoot.log", "backup.json"} <= names
    assert "fault ValueError@" in (folder / "own" / "log" / "barefoot.log").read_text(encoding="utf-8")
    for part in ("own", "home", "tmp"):
        assert found_in(folder / part) == []
    # the sealed files are the program's too; what was opened by its key is meant to be read
    for sealed in ("visit.age", "locked.age"):
        assert not any(m.encode(e) in (folder / "person" / sealed).read_bytes() for m in MARKERS for e in ENCODINGS)
    assert NAME.encode() in (folder / "person" / "opened" / "bundle.json").read_bytes()


def test_no_marker_word_is_written_in_plain_by_the_window(tmp_path: Path) -> None:
    done = as_a_fresh_user(tmp_path, "tests.torture.window_visit", "--visits", "2")
    assert done.returncode == 0, done.stderr
    assert not [marker for marker in MARKERS if marker in done.stdout + done.stderr]
    names = {path.name for path in (tmp_path / "own").rglob("*")}
    assert {"vault.db", "visit.age"} <= names
    assert found_in(tmp_path) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_would_find_one(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "x").write_bytes(b"\x00" + MARKERS[2].encode(encoding))
    assert found_in(tmp_path) == [f"cache/x: {MARKERS[2]} ({encoding})"]
