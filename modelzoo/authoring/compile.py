"""Compiles the sources into ``knowledge.json`` and ``record_texts.json``: the same sources give the same bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import Record, Sources
from modelzoo.authoring.tables import number
from modelzoo.contract.errors import BadInput
from modelzoo.knowledge.reader import FORMAT


@dataclass(frozen=True, slots=True)
class Compiled:
    """The two files of the pack: what the reasoning needs, and what people read. UTF-8 JSON."""

    knowledge: bytes
    texts: bytes


def compile_knowledge(sources: Sources) -> Compiled:
    """Check and compile.

    Raises:
        BadInput: the sources do not pass lint; ``data["problems"]`` lists all of it.
    """
    problems = lint(sources)
    if problems:
        message = f"The knowledge sources have {len(problems)} problems; the first: {problems[0]}."
        raise BadInput(message, code="KNW-001", data={"problems": problems})
    return assemble(sources)


def assemble(sources: Sources) -> Compiled:
    """Compile without checking; for sources that passed lint."""
    body = {
        "format": FORMAT,
        "findings": [_finding(sources.findings[k], sources.numbers) for k in sorted(sources.findings)],
        "conditions": [_condition(sources.conditions[k], sources.numbers) for k in sorted(sources.conditions)],
        "rules": [_rule(sources.rules[k]) for k in sorted(sources.rules)],
        "vital_findings": [_vital_finding(r) for r in sources.tables["vital_findings"]],
        "vital_ranges": [_vital_range(r) for r in sources.tables["vital_ranges"]],
        "test_findings": [_test_finding(r) for r in sources.tables["test_findings"]],
        "numbers": sources.numbers,
        "words": sources.words,
        "plan": sources.plan,
        "retired": {key: sorted(r.get("replaced_by", [])) for key, r in sources.retired.items()},
    }
    texts = {
        "format": FORMAT,
        "conditions": {key: _texts(record) for key, record in sources.conditions.items()},
        "findings": {
            key: {"sources": record["sources"], "review": record["review"]} for key, record in sources.findings.items()
        },
    }
    written = _dump(texts)
    digest = hashlib.sha256(_dump(body) + written).hexdigest()
    return Compiled(_dump({"version": digest[:12], **body}), written)


def _dump(body: Record) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _finding(r: Record, numbers: Record) -> Record:
    return {
        "id": r["id"], "kind": r["kind"], "system": r["system"], "site": r.get("site"), "ask_by": r["ask_by"],
        "background": numbers["background"][r["background"]],
        "parents": sorted(r.get("parents", [])), "excludes": sorted(r.get("excludes", [])),
        "name": r["name"], "lay": r.get("lay", {}), "ask": r["ask"], "hpo": r.get("hpo"), "symp": r.get("symp"),
    }  # fmt: skip


def _condition(r: Record, numbers: Record) -> Record:
    frequency, strength, times = numbers["frequency"], numbers["strength"], numbers["multiplier"]
    return {
        "id": r["id"], "icd10": r["icd10"], "systems": r["systems"], "urgency": r["urgency"],
        "must_not_miss": r["must_not_miss"], "prevalence": 10.0 ** -float(r["prevalence"]),
        "onset": r["onset"], "course": r["course"],
        "months": sorted(r.get("months", [])), "pregnancy": r.get("pregnancy", "any"),
        "name": r["name"], "synonyms": r.get("synonyms", {}), "lay": r["lay"],
        "region": {k: times[v] for k, v in r.get("region", {}).items()},
        "age": {k: times[v] for k, v in r.get("age", {}).items()},
        "sex": {k: times[v] for k, v in r.get("sex", {}).items()},
        "findings": {k: frequency[v] for k, v in r["findings"].items()},
        "attributes": r.get("attributes", {}),
        "risk_factors": {k: strength[v] for k, v in r.get("risk_factors", {}).items()},
        "danger_signs": r.get("danger_signs", {}), "confused_with": r.get("confused_with", {}),
    }  # fmt: skip


def _texts(r: Record) -> Record:
    return {
        "description": r["description"], "tests": r.get("tests", {}), "first_steps": r["first_steps"],
        "advice": r["advice"], "sources": r["sources"], "review": r["review"],
    }  # fmt: skip


def _rule(r: Record) -> Record:
    return {
        "id": r["id"], "level": r["level"],
        "age_min_days": r.get("age_min_days"), "age_max_days": r.get("age_max_days"),
        "sex": r.get("sex", "any"), "pregnant": r.get("pregnant", "any"), "name": r["name"], "action": r["action"],
        "when": r["when"], "sources": r["sources"], "review": r["review"],
    }  # fmt: skip


def _age(row: dict[str, str]) -> dict[str, float]:
    low, high = number(row.get("age_min_days")), number(row.get("age_max_days"))
    return {"age_min_days": low or 0.0, "age_max_days": 1e9 if high is None else high}


def _vital_finding(row: dict[str, str]) -> Record:
    ends = {"at_least": number(row["at_least"]), "below": number(row["below"])}
    return {"vital": row["vital"], "finding": row["finding"], **_age(row), **ends}


def _vital_range(row: dict[str, str]) -> Record:
    return {"vital": row["vital"], **_age(row), "low": float(row["low"]), "high": float(row["high"])}


def _test_finding(row: dict[str, str]) -> Record:
    def word(key: str) -> Any:
        return row.get(key) or None

    return {
        "test": row["test"], "result": word("result"), "at_least": number(row.get("at_least")),
        "below": number(row.get("below")), "unit": word("unit"), "sex": word("sex"),
        "age_min_days": number(row.get("age_min_days")), "age_max_days": number(row.get("age_max_days")),
        "pregnant": word("pregnant"), "finding": row["finding"], "assertion": row["assertion"],
    }  # fmt: skip
