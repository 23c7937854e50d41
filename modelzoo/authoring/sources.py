"""Loads the source records: one TOML record a file, named after its id, and flat tables as CSV."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]
SOURCES = Path(__file__).parent.parent / "knowledge" / "sources"
TABLES = ("vital_findings", "vital_ranges", "test_findings")


@dataclass
class Sources:
    """The raw records by id, and what could not even be read (``problems``: file and reason)."""

    findings: dict[str, Record] = field(default_factory=dict)
    conditions: dict[str, Record] = field(default_factory=dict)
    rules: dict[str, Record] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    numbers: Record = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def load_sources(root: Path = SOURCES) -> Sources:
    """Read every record under ``root``; unreadable files become problems, not exceptions."""
    out = Sources()
    for kind in ("findings", "conditions", "rules"):
        records: dict[str, Record] = getattr(out, kind)
        for path in sorted((root / kind).glob("*.toml")):
            record = _read(path, out.problems)
            if record is None:
                continue
            if record.get("id") != path.stem:
                out.problems.append(f"{kind}/{path.name}: the id does not match the file name")
            records[path.stem] = record
    for name in TABLES:
        path = root / "tables" / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as handle:
                rows = list(csv.DictReader(line for line in handle if not line.startswith("#")))
            out.tables[name] = rows
        else:
            out.problems.append(f"tables/{name}.csv: missing")
    numbers = _read(root / "numbers.toml", out.problems)
    out.numbers = numbers or {}
    return out


def _read(path: Path, problems: list[str]) -> Record | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{path.parent.name}/{path.name}: {error}")
        return None
