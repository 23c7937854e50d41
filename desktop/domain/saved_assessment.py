"""A saved assessment read back from its wire form, for documents and the sealed file: only what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedFinding:
    """A finding as saved; ``source`` is ``text``, ``vital``, ``test``, ``history``, ``exposure`` or ``clinician``."""

    id: str
    label: str
    assertion: str
    source: str
    duration_days: float | None
    severity: str | None
    quoted: str | None


@dataclass(frozen=True, slots=True)
class SavedCondition:
    """A candidate or a condition not to miss; ``because`` is empty for candidates, ``band`` for the others."""

    id: str
    label: str
    icd10: tuple[str, ...]
    band: str = ""
    probability: float | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class SavedRule:
    """A danger rule that fired and what it asks for."""

    text: str
    action: str


@dataclass(frozen=True, slots=True)
class SavedAssessment:
    """What the program said at the visit, in ``language``, with the pack behind it."""

    language: str
    triage_level: str
    rules: tuple[SavedRule, ...]
    findings: tuple[SavedFinding, ...]
    differential: tuple[SavedCondition, ...]
    must_not_miss: tuple[SavedCondition, ...]
    coverage_inside: bool
    coverage_because: str
    warnings: tuple[str, ...]
    pack: str
    manifest_sha256: str


def read_assessment(wire: Mapping[str, object] | None) -> SavedAssessment | None:
    """Return the saved assessment, or None when nothing was assessed. A field that is missing reads as empty."""
    if not wire:
        return None
    triage, coverage, provenance = _part(wire, "triage"), _part(wire, "coverage"), _part(wire, "provenance")
    return SavedAssessment(
        language=_word(wire, "language") or "en",
        triage_level=_word(triage, "level"),
        rules=tuple(SavedRule(_word(r, "text"), _word(r, "action")) for r in _parts(triage, "because")),
        findings=tuple(_finding(f) for f in _parts(wire, "findings")),
        differential=tuple(_condition(c) for c in _parts(wire, "differential")),
        must_not_miss=tuple(_condition(c) for c in _parts(wire, "must_not_miss")),
        coverage_inside=coverage.get("inside") is not False,
        coverage_because=_word(coverage, "because"),
        warnings=tuple(_word(w, "message") for w in _parts(wire, "warnings")),
        pack=_word(provenance, "pack"),
        manifest_sha256=_word(provenance, "manifest_sha256"),
    )


def _finding(data: Mapping[str, object]) -> SavedFinding:
    return SavedFinding(
        _word(data, "id"), _word(data, "label") or _word(data, "id"), _word(data, "assertion"),
        _word(data, "from"), _number(data, "duration_days"), _word(data, "severity") or None,
        _word(data, "text") or None,
    )  # fmt: skip


def _condition(data: Mapping[str, object]) -> SavedCondition:
    codes = data.get("icd10")
    icd10 = tuple(str(code) for code in codes) if isinstance(codes, list | tuple) else ()
    label = _word(data, "label") or _word(data, "id")
    probability, because = _number(data, "probability"), _word(data, "because")
    return SavedCondition(_word(data, "id"), label, icd10, _word(data, "band"), probability, because)


def _part(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _parts(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    value = data.get(key)
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []


def _word(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _number(data: Mapping[str, object], key: str) -> float | None:
    value = data.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
