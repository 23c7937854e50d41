"""The JSON forms of a case and of an assessment, as other programs hold on to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from modelzoo.contract.assessment import (
    Assessment,
    Candidate,
    Evidence,
    Finding,
    FiredRule,
    PatientFacts,
    Stated,
    WhyNot,
)
from modelzoo.contract.case import (
    MAX_TEXT_CHARACTERS,
    Allergies,
    Assertion,
    Case,
    ListStatus,
    Observation,
    TestResult,
)
from modelzoo.contract.errors import BadInput
from modelzoo.contract.vitals import AGE_YEARS, WEIGHT_KG, check_number, check_vital

_KNOWN = {f.name for f in fields(Case)}
MAX_LIST_ITEMS = 500
MAX_CONDITIONS, MAX_COUNT = 10_000, 1_000_000  # of local_counts


def case_from_json(line: str) -> Case:
    """Parse one JSON object into a case. Raises BadInput with one sentence that says what is wrong."""
    try:
        data = json.loads(line, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise BadInput("The line is not valid JSON.", code="INP-020") from error
    return case_from_mapping(data)


def case_from_mapping(data: object) -> Case:
    """Check every field of a decoded case. Unknown fields are refused, because a misspelt one would be lost."""
    if not isinstance(data, Mapping):
        raise BadInput("A case must be a JSON object.", code="INP-021")
    unknown = sorted(str(k)[:40] for k in data if k not in _KNOWN)
    if unknown:
        raise BadInput(f"The case has an unknown field: {unknown[0]}.", code="INP-022", data={"fields": unknown})
    return Case(
        id=_text(data.get("id"), "id", 200, required=True),
        text=check_text(data.get("text", "")),
        age_years=None if data.get("age_years") is None else check_number(AGE_YEARS, data["age_years"]),
        sex=_choice(data.get("sex"), "sex", ("female", "male")),
        pregnant=_flag(data.get("pregnant"), "pregnant"),
        weight_kg=None if data.get("weight_kg") is None else check_number(WEIGHT_KG, data["weight_kg"]),
        vitals=_vitals(data.get("vitals")),
        tests=tuple(_test(t) for t in _list(data.get("tests"), "tests")),
        history=_words(data.get("history"), "history"),
        medicines=_words(data.get("medicines"), "medicines"),
        allergies=_allergies(data.get("allergies")),
        exposures=_words(data.get("exposures"), "exposures"),
        region=None if data.get("region") is None else _text(data["region"], "region", 200),
        month=_month(data.get("month")),
        observations=tuple(_observation(o) for o in _list(data.get("observations"), "observations")),
        local_counts=_counts(data.get("local_counts")),
    )


def check_text(value: object) -> str:
    """Return free text as given. Raises BadInput when it is not text, too long, or holds unpaired surrogates."""
    if not isinstance(value, str):
        raise BadInput("The complaint must be text.", code="INP-023")
    if len(value) > MAX_TEXT_CHARACTERS:
        raise BadInput(
            f"The text has {len(value):,} characters; at most {MAX_TEXT_CHARACTERS:,} can be read.",
            code="INP-024",
            data={"characters": len(value), "limit": MAX_TEXT_CHARACTERS},
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("The text holds damaged characters and cannot be read.", code="INP-025") from error
    return value


def case_to_mapping(case: Case) -> dict[str, Any]:
    """Return the JSON form of a case; ``case_from_mapping`` gives the same case back."""
    return {
        "id": case.id,
        "text": case.text,
        "age_years": case.age_years,
        "sex": case.sex,
        "pregnant": case.pregnant,
        "weight_kg": case.weight_kg,
        "vitals": dict(case.vitals),
        "tests": [{"name": t.name, "result": t.result, "value": t.value, "unit": t.unit} for t in case.tests],
        "history": list(case.history),
        "medicines": list(case.medicines),
        "allergies": {"status": str(case.allergies.status), "items": list(case.allergies.items)},
        "exposures": list(case.exposures),
        "region": case.region,
        "month": case.month,
        "observations": [
            {"finding": o.finding, "assertion": o.assertion and str(o.assertion), "rejected": o.rejected}
            for o in case.observations
        ],
        "local_counts": dict(case.local_counts),
    }


def why_not_to_mapping(why: WhyNot) -> dict[str, Any]:
    """Return the JSON form of why a condition stands no higher."""
    return {
        "condition": _candidate(why.candidate),
        "place": why.place,
        "listed": why.listed,
        "reasons": list(why.reasons),
        "would_rise_with": [{"finding": c.finding, "ask": c.ask, "place": c.place} for c in why.changes],
    }


def assessment_to_mapping(a: Assessment) -> dict[str, Any]:
    """Return the JSON form of an assessment (numbers rounded to what they mean)."""
    return {
        "id": a.id,
        "patient": _facts(a.patient),
        "findings": [_finding(f) for f in a.findings],
        "differential": [_candidate(c) for c in a.differential],
        "must_not_miss": [
            {"id": m.id, "label": m.label, "icd10": list(m.icd10), "because": m.because} for m in a.must_not_miss
        ],
        "triage": {"level": str(a.triage.level), "because": [_fired(r) for r in a.triage.because]},
        "questions": [
            {
                "finding": q.finding,
                "label": q.label,
                "ask": q.ask,
                "kind": q.kind,
                "gain_bits": round(q.gain_bits, 4),
                "because": q.because,
            }
            for q in a.questions
        ],
        "coverage": {"inside": a.coverage.inside, "score": round(a.coverage.score, 4), "because": a.coverage.because},
        "warnings": [{"code": w.code, "message": w.message} for w in a.warnings],
        "provenance": {
            "pack": a.provenance.pack,
            "manifest_sha256": a.provenance.manifest_sha256,
            "device": a.provenance.device,
        },
        "language": a.language,
    }


def _facts(p: PatientFacts) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in ("age_years", "sex", "pregnant", "weight_kg"):
        stated = getattr(p, name)
        if stated is not None:
            out[name] = _stated(stated)
    out["vitals"] = {name: _stated(s) for name, s in p.vitals.items()}
    return out


def _stated(s: Stated) -> dict[str, Any]:
    out: dict[str, Any] = {"value": s.value, "from": s.source}
    if s.start is not None:
        out |= {"start": s.start, "end": s.end}
    return out


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "id": f.id, "label": f.label, "assertion": str(f.assertion), "start": f.start, "end": f.end, "text": f.text,
        "duration_days": f.duration_days, "severity": f.severity, "site": f.site,
        "confidence": round(f.confidence, 4), "from": f.source,
    }  # fmt: skip


def _candidate(c: Candidate) -> dict[str, Any]:
    return {
        "id": c.id, "label": c.label, "icd10": list(c.icd10), "synonyms": list(c.synonyms),
        "probability": round(c.probability, 6), "band": str(c.band), "score": round(c.score, 9),
        "evidence": [_evidence(e) for e in c.evidence],
        "asked_and_absent": list(c.asked_and_absent), "not_yet_known": list(c.not_yet_known),
    }  # fmt: skip


def _evidence(e: Evidence) -> dict[str, Any]:
    out: dict[str, Any] = {"source": e.source, "weight": round(e.weight, 9)}
    for name in ("direction", "finding", "label", "start", "end"):
        value = getattr(e, name)
        if value is not None:
            out[name] = value
    return out


def _fired(r: FiredRule) -> dict[str, Any]:
    return {
        "rule": r.rule, "level": str(r.level), "text": r.text, "action": r.action,
        "findings": list(r.findings), "start": r.start, "end": r.end,
    }  # fmt: skip


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that names a field twice, because one of the two would be lost."""
    data = dict(pairs)
    if len(data) != len(pairs):
        raise BadInput("The line names a field twice.", code="INP-039")
    return data


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _text(value: object, field: str, limit: int, *, required: bool = False) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and field == "id":
        value = str(value)
    if not isinstance(value, str) or (required and not value.strip()):
        raise BadInput(f"The field {field} must be text.", code="INP-026", data={"field": field})
    if len(value) > limit:
        raise BadInput(f"The field {field} is longer than {limit} characters.", code="INP-027", data={"field": field})
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(f"The field {field} holds damaged characters.", code="INP-025", data={"field": field}) from error
    return value


def _choice(value: object, field: str, allowed: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    if value not in allowed:
        raise BadInput(
            f"The field {field} must be one of: {', '.join(allowed)}.", code="INP-028", data={"field": field}
        )
    return str(value)


def _flag(value: object, field: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise BadInput(f"The field {field} must be true or false.", code="INP-029", data={"field": field})


def _list(value: object, field: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MAX_LIST_ITEMS:
        raise BadInput(
            f"The field {field} must be a list of at most {MAX_LIST_ITEMS} items.",
            code="INP-030",
            data={"field": field},
        )
    return value


def _words(value: object, field: str) -> tuple[str, ...]:
    return tuple(_text(item, field, 500) for item in _list(value, field))


def _vitals(value: object) -> dict[str, float | str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadInput("The field vitals must be an object.", code="INP-031")
    checked = {str(k): check_vital(str(k), v) for k, v in value.items() if v is not None}
    check_blood_pressure(checked)
    return checked


def check_blood_pressure(vitals: Mapping[str, float | str]) -> None:
    """Refuse a diastolic pressure that is not below the systolic one. Raises BadInput."""
    systolic, diastolic = vitals.get("systolic_mmhg"), vitals.get("diastolic_mmhg")
    if isinstance(systolic, float) and isinstance(diastolic, float) and diastolic >= systolic:
        raise BadInput(
            f"Blood pressure {systolic:g}/{diastolic:g} mmHg is not possible: the lower value must be below the upper.",
            code="INP-032",
        )


def _test(value: object) -> TestResult:
    if not isinstance(value, Mapping):
        raise BadInput("Each test must be an object with a name and a result.", code="INP-033")
    number = value.get("value")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int | float) or abs(number) > 1e6):
        raise BadInput("A test's value must be a number.", code="INP-034")
    return TestResult(
        name=_text(value.get("name"), "test name", 100, required=True),
        result=None if value.get("result") is None else _text(value["result"], "test result", 200),
        value=None if number is None else float(number),
        unit=None if value.get("unit") is None else _text(value["unit"], "test unit", 40),
    )


def _allergies(value: object) -> Allergies:
    if value is None:
        return Allergies()
    if not isinstance(value, Mapping):
        raise BadInput("The field allergies must be an object with status and items.", code="INP-035")
    status = _choice(value.get("status", "not_asked"), "allergies.status", tuple(str(s) for s in ListStatus))
    items = _words(value.get("items"), "allergies.items")
    if items and status != ListStatus.KNOWN:
        raise BadInput("Allergies are listed although their status is not 'known'.", code="INP-036")
    return Allergies(ListStatus(status or "not_asked"), items)


def _counts(value: object) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or len(value) > MAX_CONDITIONS:
        raise BadInput("local_counts must be an object of conditions and how often each was confirmed.", code="INP-045")
    for count in value.values():
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MAX_COUNT:
            raise BadInput(f"A count of local_counts must be a whole number from 0 to {MAX_COUNT:,}.", code="INP-045")
    return {str(condition): int(count) for condition, count in value.items()}


def _month(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 12:
        raise BadInput("The month must be a whole number from 1 to 12.", code="INP-037", data={"low": 1, "high": 12})
    return value


def _observation(value: object) -> Observation:
    if not isinstance(value, Mapping):
        raise BadInput("Each observation must be an object with a finding and an assertion.", code="INP-038")
    word = _choice(value.get("assertion"), "assertion", tuple(str(a) for a in Assertion))
    return Observation(
        _text(value.get("finding"), "finding", 100, required=True),
        None if word is None else Assertion(word),
        _flag(value.get("rejected"), "rejected") or False,
    )
