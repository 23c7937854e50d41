"""A hospital has the stock ``age`` tool and ``unzip``, and nothing of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.casefile import opening
from desktop.casefile.errors import NotAnArchive

needs_age = pytest.mark.skipif(
    not shutil.which("age") or not shutil.which("unzip"), reason="age or unzip not installed"
)


@needs_age
def test_stock_age_and_unzip_open_it(sealed: bytes, content: dict[str, bytes], reader, tmp_path: Path) -> None:
    (tmp_path / "case.age").write_bytes(sealed)
    (tmp_path / "key").write_text(f"# a comment\n{reader.secret}\n")
    subprocess.run(["age", "-d", "-i", "key", "-o", "case.zip", "case.age"], cwd=tmp_path, check=True)
    subprocess.run(["unzip", "-q", "case.zip", "-d", "case"], cwd=tmp_path, check=True)
    for name, expected in content.items():
        assert (tmp_path / "case" / name).read_bytes() == expected
    assert json.loads((tmp_path / "case" / "bundle.json").read_text())["resourceType"] == "Bundle"


@needs_age
def test_stock_age_refuses_a_changed_byte(sealed: bytes, reader: SimpleNamespace, tmp_path: Path) -> None:
    changed = bytearray(sealed)
    changed[-100] ^= 1
    (tmp_path / "case.age").write_bytes(changed)
    (tmp_path / "key").write_text(reader.secret)
    done = subprocess.run(
        ["age", "-d", "-i", "key", "-o", "x", "case.age"], cwd=tmp_path, check=False, capture_output=True
    )
    assert done.returncode != 0


@needs_age
def test_what_stock_age_sealed_is_opened_or_refused_by_its_content(inner: bytes, reader, tmp_path: Path) -> None:
    for name, plain in (("case", inner), ("letter", b"Dear colleague"), ("big", bytes(200_000))):
        (tmp_path / name).write_bytes(plain)
        command = ["age", "-r", reader.recipient, "-o", f"{name}.age", name]
        subprocess.run(command, cwd=tmp_path, check=True)
    assert opening.open_with_keys((tmp_path / "case.age").read_bytes(), [reader.secret]).addressed
    for name in ("letter", "big"):
        with pytest.raises(NotAnArchive):
            opening.open_with_keys((tmp_path / f"{name}.age").read_bytes(), [reader.secret])
