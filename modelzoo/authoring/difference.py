"""What changed in clinical content between two versions of the knowledge, in words a reviewer can read.

A version is a folder of sources or a pack; texts are shown in both languages, frequencies by their grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modelzoo.authoring.sources import KINDS, Sources, load_sources
from modelzoo.contract.errors import BadInput

_NONE = "nothing"


def difference(old: Path, new: Path) -> list[str]:
    """Lines that say what changed from the sources in the folder ``old`` to those in ``new``. Raises BadInput."""
    before, after = _load(old), _load(new)
    lines: list[str] = []
    for kind in KINDS:
        first, second = getattr(before, kind), getattr(after, kind)
        for key in sorted(first.keys() | second.keys()):
            if key not in first:
                lines.append(f"{kind}/{key}: new ({second[key]['name']['en']})")
            elif key not in second:
                to = after.retired.get(key, {}).get("replaced_by")
                lines.append(f"{kind}/{key}: " + (f"retired, replaced by {', '.join(to)}" if to else "gone"))
            else:
                changes = list(_changes(first[key], second[key], ()))
                lines += [f"{kind}/{key}:", *(f"  {change}" for change in changes)] if changes else []
    lines += [f"numbers: {change}" for change in _changes(before.numbers, after.numbers, ())]
    for table in sorted(before.tables.keys() | after.tables.keys()):
        lines += [
            f"tables/{table}: {change}" for change in _rows(before.tables.get(table, []), after.tables.get(table, []))
        ]
    return lines


def _load(folder: Path) -> Sources:
    sources = load_sources(folder)
    if not sources.findings or not sources.conditions:
        raise BadInput(f"{folder} holds no knowledge sources.", code="KNW-020")
    return sources


def _changes(old: Any, new: Any, keys: tuple[str, ...]) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _changes(old.get(key), new.get(key), (*keys, key))
    elif isinstance(old, list) and isinstance(new, list) and all(isinstance(x, str) for x in (*old, *new)):
        added, gone = [x for x in new if x not in old], [x for x in old if x not in new]
        parts = [f"{sign} {', '.join(xs)}" for sign, xs in (("added", added), ("removed", gone)) if xs]
        if parts or old != new:
            yield f"{'.'.join(keys)}: {'; '.join(parts) or 'other order'}"
    elif old != new:
        yield f"{'.'.join(keys)}: {_say(old)} -> {_say(new)}"


def _say(value: Any) -> str:
    if value is None:
        return _NONE
    return ", ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def _rows(old: list[dict[str, str]], new: list[dict[str, str]]) -> Iterator[str]:
    before, after = ([",".join(v or "" for v in row.values()) for row in rows] for rows in (old, new))
    yield from (f"removed {row}" for row in before if row not in after)
    yield from (f"added {row}" for row in after if row not in before)
