"""Reads the compiled knowledge (``knowledge.json`` of the pack) into frozen values.

The form is one JSON object: ``format`` (an integer, refused when newer), ``version``, and one list or map for every
field of ``Knowledge``. The bytes were verified against the manifest before they come here; a form that still does
not fit is damage all the same.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactTooNew
from modelzoo.knowledge.model import (
    ConditionRecord,
    DangerRule,
    FindingRecord,
    Knowledge,
    RuleClause,
    TestFinding,
    VitalFinding,
    VitalRange,
)

FORMAT = 1
Record = TypeVar("Record")


def read_knowledge(data: bytes) -> Knowledge:
    """Parse compiled knowledge.

    Raises:
        ArtefactTooNew: written for a newer program.
        ArtefactCorrupt: not the form that the compiler writes.
    """
    try:
        raw = json.loads(data)
        version = raw["format"]
        if isinstance(version, int) and version > FORMAT:
            raise ArtefactTooNew(
                "The knowledge in this pack was made for a newer Barefoot; update the program first.",
                data={"format": version, "known": FORMAT},
            )
        return _knowledge(raw)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactCorrupt("The knowledge in the pack is damaged; copy the pack again from its source.") from error


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
    )


def _make(kind: type[Record], raw: Mapping[str, Any]) -> Record:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _freeze(value) for name, value in raw.items() if name in known})


def _freeze(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    if isinstance(value, dict):
        return types.MappingProxyType({k: _freeze(v) for k, v in value.items()})
    return value
