"""Reads the compiled knowledge (``knowledge.json`` and ``record_texts.json`` of the pack) into frozen values.

The form is one JSON object: ``format`` (an integer, refused when newer), ``version``, and one list or map for every
field of ``Knowledge``. The bytes were verified against the manifest before they come here; a form that still does
not fit is damage all the same. What people read about a condition stands in a file of its own, so that opening the
knowledge costs only what the reasoning needs.
"""

from __future__ import annotations

import gc
import json
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, TypeVar

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactTooNew
from modelzoo.knowledge.model import (
    ConditionRecord,
    ConditionText,
    DangerRule,
    FindingRecord,
    Knowledge,
    RecordTexts,
    RuleClause,
    TestFinding,
    VitalFinding,
    VitalRange,
)

FORMAT = 2
Record = TypeVar("Record")
_DAMAGED = "The knowledge in the pack is damaged; copy the pack again from its source."
_OUTDATED = "The knowledge in this pack was made for an older Barefoot; copy the pack that belongs to this program."
_NAMES: dict[type, frozenset[str]] = {
    kind: frozenset(f.name for f in fields(kind))
    for kind in (ConditionRecord, DangerRule, FindingRecord, RuleClause, TestFinding, VitalFinding, VitalRange)
}


def read_knowledge(data: bytes) -> Knowledge:
    """Parse compiled knowledge.

    Raises:
        ArtefactTooNew: written for a newer program.
        ArtefactCorrupt: not the form that the compiler writes.
    """
    try:
        with _collector_paused():
            return _knowledge(_parse(data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactCorrupt(_DAMAGED) from error


def read_texts(data: bytes) -> RecordTexts:
    """Parse the texts of the records. Raises as ``read_knowledge`` does."""
    try:
        raw = _parse(data)
        return RecordTexts(
            conditions={key: ConditionText(**_frozen(r)) for key, r in raw["conditions"].items()},
            finding_sources={key: tuple(r["sources"]) for key, r in raw["findings"].items()},
            finding_review={key: str(r["review"]) for key, r in raw["findings"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactCorrupt(_DAMAGED) from error


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Tens of thousands of lasting objects are made at once: looking for garbage among them takes a third of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _parse(data: bytes) -> Any:
    raw = json.loads(data)
    version = raw["format"]
    if isinstance(version, int) and version > FORMAT:
        raise ArtefactTooNew(
            "The knowledge in this pack was made for a newer Barefoot; update the program first.",
            data={"format": version, "known": FORMAT},
        )
    if version != FORMAT:
        raise ArtefactCorrupt(_OUTDATED, data={"format": version, "known": FORMAT})
    return raw


def _knowledge(raw: Mapping[str, Any]) -> Knowledge:
    findings = {r["id"]: _make(FindingRecord, r) for r in raw["findings"]}
    conditions = {r["id"]: _make(ConditionRecord, r) for r in raw["conditions"]}
    rules = tuple(
        _make(DangerRule, {**r, "when": [_make(RuleClause, clause) for clause in r["when"]]}) for r in raw["rules"]
    )
    return Knowledge(
        version=str(raw["version"]),
        findings=types.MappingProxyType(findings),
        conditions=types.MappingProxyType(conditions),
        rules=rules,
        vital_findings=tuple(_make(VitalFinding, r) for r in raw["vital_findings"]),
        vital_ranges=tuple(_make(VitalRange, r) for r in raw["vital_ranges"]),
        test_findings=tuple(_make(TestFinding, r) for r in raw["test_findings"]),
        numbers=raw["numbers"],
        words=raw["words"],
        retired={key: tuple(ids) for key, ids in raw["retired"].items()},
        plan=_freeze(raw["plan"]),
    )


def _make(kind: type[Record], raw: Mapping[str, Any]) -> Record:
    known = _NAMES[kind]
    return kind(**{name: _freeze(value) for name, value in raw.items() if name in known})


def _frozen(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _freeze(value) for name, value in raw.items()}


def _freeze(value: Any) -> Any:
    """Lists as tuples, maps as views. The values of one map are all of one kind, and a list holds no lists."""
    if type(value) is list:
        return tuple(value)
    if type(value) is dict:
        for first in value.values():
            if type(first) in (list, dict):
                value = {key: _freeze(inner) for key, inner in value.items()}
            break
        return types.MappingProxyType(value)
    return value
