"""The hazard log is whole: every path by which the program advises has a row with a hazard and a test that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from modelzoo.contract.assessment import Assessment
from modelzoo.contract.engine import Engine

ROOT = Path(__file__).parents[2]
LOG = (ROOT / "docs" / "SAFETY.md").read_text(encoding="utf-8")
PATHS = LOG[LOG.index("## Paths of advice") : LOG.index("## Known weaknesses")]
NO_ADVICE = {"id", "patient", "language"}  # of an assessment: who was asked about, not what is said
REASONING = ROOT / "modelzoo" / "reasoning"


def named() -> set[str]:
    """Every path that stands in a row."""
    rows = [line.split("|")[1] for line in PATHS.splitlines() if line.startswith("| `")]
    return {name for cell in rows for name in re.findall(r"`([^`]+)`", cell)}


def literals(function: str) -> Iterator[str]:
    """First words of the first argument of every call of ``function`` in the reasoning."""
    for file in REASONING.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function):
                continue
            given = [*node.args, *(k.value for k in node.keywords if k.arg in ("source", "rule"))]
            for value in given[:1] if node.args else given:
                part = value.values[0] if isinstance(value, ast.JoinedStr) else value
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_every_part_of_an_answer_has_a_row() -> None:
    assert {f.name for f in fields(Assessment)} - NO_ADVICE <= named()


def test_everything_that_can_be_asked_has_a_row() -> None:
    asked = {name for name in vars(Engine) if not name.startswith("_")}
    assert asked <= named()


def test_every_kind_of_evidence_and_of_alarm_has_a_row() -> None:
    sources = set(literals("Evidence"))
    alarms = {rule.rstrip(":_") for rule in literals("FiredRule")}
    assert {"prior", "text_reader", "local_prior"} <= sources
    assert {"risk", "story", "danger_sign", "no_danger"} <= alarms
    assert sources | alarms <= named() | {"rule.id"}


def test_every_warning_has_a_row() -> None:
    codes = set()
    for file in REASONING.glob("*.py"):
        codes |= set(re.findall(r"\"((?:UND|RSN)-\d{3})\"", file.read_text(encoding="utf-8")))
    assert len(codes) >= 10
    assert codes <= named()


def test_every_row_names_hazards_and_tests_that_exist() -> None:
    known = set(re.findall(r"^\| (H\d+) \|", LOG, re.MULTILINE))
    rows = [line for line in PATHS.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 20
    for row in rows:
        _, _, _, hazards, tests, _ = row.split("|")
        assert set(re.findall(r"H\d+", hazards)), row
        assert set(re.findall(r"H\d+", hazards)) <= known, row
        for test in re.findall(r"`([^`]+)`", tests):
            assert (ROOT / test).is_file(), test
