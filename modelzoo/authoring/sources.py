"""Loads the source records: one TOML record a file, named after its id, and flat tables as CSV."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]
SOURCES = Path(__file__).parent.parent / "knowledge" / "sources"
KINDS = ("findings", "conditions", "rules")
TABLES = ("vital_findings", "vital_ranges", "test_findings")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stops the compile: the record or table, the keys that lead to the place, what was expected."""

    kind: str
    id: str
    keys: tuple[str, ...]
    text: str


@dataclass
class Sources:
    """The raw records by id, and what could not even be read (``problems``: file, line and reason).

    ``retired`` holds the records of ids that were split or merged, ``ledger`` every id that was ever released
    (``kind id``), ``plan`` the cells of the coverage that was planned, ``words`` the vocabularies of the attributes.
    """

    findings: dict[str, Record] = field(default_factory=dict)
    conditions: dict[str, Record] = field(default_factory=dict)
    rules: dict[str, Record] = field(default_factory=dict)
    retired: dict[str, Record] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    numbers: Record = field(default_factory=dict)
    words: dict[str, dict[str, Record]] = field(default_factory=dict)
    plan: Record = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def place(self, problem: Problem) -> str:
        """The problem as ``file:line: what was expected``."""
        text = self.texts.get((problem.kind, problem.id), "")
        name = f"{problem.kind}/{problem.id}" + ("" if problem.id.endswith((".csv", ".toml", ".txt")) else ".toml")
        return f"{name}:{line_of(text, problem.keys)}: {problem.text}"


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """Line (from 1) of a TOML text where the value under ``keys`` stands; of the nearest table above it otherwise."""
    best = 1
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\[+([A-Za-z0-9_.]+)\]+", line):
            table = tuple(header[1].split("."))
            here = table
        elif entry := re.match(r"([A-Za-z0-9_]+)\s*=", line):
            here = (*table, entry[1])
        else:
            continue
        if here == keys:
            return number
        if keys[: len(here)] == here:
            best = number
    return best


def load_sources(root: Path = SOURCES) -> Sources:
    """Read every record under ``root``; unreadable files become problems, not exceptions."""
    out = Sources()
    for kind in KINDS:
        _load_kind(out, root, kind)
    for name in TABLES:
        path = root / "tables" / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as handle:
                out.tables[name] = list(csv.DictReader(line for line in handle if not line.startswith("#")))
        else:
            out.problems.append(f"tables/{name}.csv: missing")
    out.numbers = _read(out, root / "numbers.toml") or {}
    out.words = _read(out, root / "attributes.toml") or {}
    out.plan = _read(out, root / "plan.toml") or {}
    ledger = root / "released_ids.txt"
    if ledger.exists():
        lines = ledger.read_text(encoding="utf-8").splitlines()
        out.ledger = tuple(line for line in lines if line and not line.startswith("#"))
    else:
        out.problems.append("released_ids.txt: missing")
    return out


def _load_kind(out: Sources, root: Path, kind: str) -> None:
    records: dict[str, Record] = getattr(out, kind)
    for path in sorted((root / kind).glob("*.toml")):
        record = _read(out, path, (kind, path.stem))
        if record is None:
            continue
        if record.get("id") != path.stem:
            out.problems.append(f"{kind}/{path.name}:1: the id does not match the file name")
        (out.retired if record.get("retired") else records)[path.stem] = record


def _read(out: Sources, path: Path, key: tuple[str, str] | None = None) -> Record | None:
    name = f"{path.parent.name}/{path.name}" if key else path.name
    try:
        text = path.read_text(encoding="utf-8")
        if key:
            out.texts[key] = text
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        at = re.search(r"line (\d+)", str(error))
        out.problems.append(f"{name}:{at[1] if at else 1}: {error}")
        return None
