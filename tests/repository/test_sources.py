"""Habits of the source that no other tool checks."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.repository.sources import ROOT, python_files, repository_files, text_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# paths of somebody's own machine; this file has to name them
FOREIGN = re.compile(r"/root/|/home/\w|/Users/\w|C:\\Users")
# third-party texts are kept as they came; the lock and the licences name their authors
AS_THEY_CAME = ("LICENSE", "build/licences/", "desktop/resources/", "modelzoo/packs/")


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}
    assert len(python_files()) > 200


def test_no_function_is_far_too_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files()
        if path.relative_to(ROOT).parts[0] != "tests"  # a test may tell a whole story
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_are_named_after_what_they_do() -> None:
    assert [str(p.relative_to(ROOT)) for p in repository_files() if p.suffix == ".py" and p.stem in NAMELESS] == []


def test_build_is_no_package_and_is_kept() -> None:
    # PyInstaller and ``python -m build`` both have ideas about a folder of this name
    assert not (ROOT / "build" / "__init__.py").exists()
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not {"build", "build/", "/build/", "/build"} & set(ignored)


def test_the_repository_speaks_of_the_product_alone() -> None:
    found = [
        f"{name}:{text[: match.start()].count(chr(10)) + 1}: {match[0]}"
        for path, text in text_files()
        if not (name := path.relative_to(ROOT).as_posix()).startswith(AS_THEY_CAME) and path != Path(__file__)
        for match in FOREIGN.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["see /home/anna/x", "/root/.cache", "/Users/li/b"])
def test_the_search_would_find_one(line: str) -> None:
    assert FOREIGN.search(line)
