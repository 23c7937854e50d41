"""Ids are permanent: one that was released lives on, as a record or as a retired one that names what replaced it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from modelzoo.authoring.sources import KINDS, SOURCES, Problem, Sources

LEDGER = "released_ids.txt"
_HEADER = (
    "# Every id that a released pack held. Saved encounters and sealed files point at them: none may be deleted.\n"
)


def problems(sources: Sources) -> Iterator[Problem]:
    """Released ids without a record, retired ones that point at nothing, one id for a finding and a condition."""
    for key in sources.findings.keys() & sources.conditions.keys():
        yield Problem("conditions", key, ("id",), "a finding has the same id")
    for entry in sources.ledger:
        kind, _, key = entry.partition(" ")
        if kind not in KINDS or (key not in getattr(sources, kind) and key not in sources.retired):
            text = f"{entry} was released and has no record; keep it with retired = true and replaced_by"
            yield Problem(".", LEDGER, (), text)
    for key, record in sources.retired.items():
        for other in record.get("replaced_by", []):
            if not any(other in getattr(sources, kind) for kind in KINDS):
                kind = next(kind for kind, name in sources.texts if name == key)
                yield Problem(kind, key, ("replaced_by",), f"replaced_by names unknown {other}")


def release(sources: Sources, root: Path = SOURCES) -> int:
    """Enter every id of today into the ledger; return how many it holds."""
    today = {f"{kind} {key}" for kind in KINDS for key in getattr(sources, kind)}
    entries = sorted({*sources.ledger, *today})
    (root / LEDGER).write_text(_HEADER + "\n".join(entries) + "\n", encoding="utf-8")
    return len(entries)
