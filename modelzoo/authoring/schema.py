"""The shape of the records: which keys, of which type, with which words allowed."""

from __future__ import annotations

import re
from typing import Any

LANGUAGES = ("en", "zh")
FINDING_KINDS = ("symptom", "sign", "measurement", "test", "history", "exposure")
ASK_BY = ("ask", "examine", "measure", "test")
URGENCY = ("emergency", "urgent", "routine", "self_care")
PREGNANCY = ("any", "only", "never", "more", "postpartum")
BANDS = ("newborn", "infant", "toddler", "child", "adolescent", "adult", "middle", "older")
REVIEW = ("unreviewed", "reviewed")
ID = re.compile(r"[a-z][a-z0-9_]*\Z")
ICD10 = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?\Z")

Record = dict[str, Any]


def finding_problems(record: Record) -> list[str]:
    """Problems of one finding record, as sentences without the file name."""
    out = _unknown(record, {
        "id", "kind", "system", "ask_by", "background", "parents", "excludes", "sources", "review",
        "name", "lay", "ask", "hpo", "symp",
    })  # fmt: skip
    out += _word(record, "kind", FINDING_KINDS) + _word(record, "ask_by", ASK_BY)
    out += _word(record, "background", ("very_common", "common", "occasional", "rare", "very_rare"))
    out += _id(record) + _names(record, "name") + _names(record, "ask") + _wordings(record, "lay") + _origin(record)
    out += _strings(record, "parents") + _strings(record, "excludes")
    return out


def condition_problems(record: Record, numbers: Record) -> list[str]:
    """Problems of one condition record."""
    out = _unknown(record, {
        "id", "icd10", "systems", "urgency", "must_not_miss", "prevalence", "sources", "review", "months", "pregnancy",
        "name", "synonyms", "description", "age", "sex", "findings", "risk_factors", "danger_signs", "confused_with",
        "first_steps", "advice",
    })  # fmt: skip
    out += _id(record) + _word(record, "urgency", URGENCY) + _origin(record)
    out += _word({"pregnancy": record.get("pregnancy", "any")}, "pregnancy", PREGNANCY)
    for key in ("name", "description", "first_steps", "advice"):
        out += _names(record, key)
    out += _wordings(record, "synonyms")
    codes = record.get("icd10")
    if not isinstance(codes, list) or not 1 <= len(codes) <= 6:
        out.append("icd10 must list one to six codes")
    else:
        out += [f"icd10 code {code!r} is not of WHO's form" for code in codes if not ICD10.match(str(code))]
    if not isinstance(record.get("must_not_miss"), bool):
        out.append("must_not_miss must be true or false")
    prevalence = record.get("prevalence")
    if not isinstance(prevalence, int | float) or not 0.5 <= prevalence <= 8:
        out.append("prevalence must be the n of 1 in 10^n, from 0.5 to 8")
    if any(month not in range(1, 13) for month in record.get("months", [])):
        out.append("months must be whole numbers from 1 to 12")
    out += _grades(record, "findings", numbers["frequency"]) + _grades(record, "risk_factors", numbers["strength"])
    out += _grades(record, "age", numbers["multiplier"], BANDS)
    out += _grades(record, "sex", numbers["multiplier"], ("female", "male"))
    out += _grades(record, "danger_signs", {"emergency": 0, "urgent": 0})
    return out


def rule_problems(record: Record) -> list[str]:
    """Problems of one danger rule."""
    out = _unknown(record, {
        "id", "level", "age_min_days", "age_max_days", "sex", "pregnant", "sources", "review", "name", "action", "when",
    })  # fmt: skip
    out += _id(record) + _word(record, "level", ("emergency", "urgent")) + _origin(record)
    out += _names(record, "name") + _names(record, "action")
    out += _word({"sex": record.get("sex", "any")}, "sex", ("any", "female", "male"))
    out += _word({"pregnant": record.get("pregnant", "any")}, "pregnant", ("any", "yes", "postpartum"))
    clauses = record.get("when")
    if not isinstance(clauses, list) or not clauses:
        return [*out, "when must hold at least one clause"]
    for clause in clauses:
        out += _unknown(clause, {"any", "count", "none", "vital", "score", "at_least", "below", "is_in"})
        if sum(key in clause for key in ("any", "none", "vital", "score")) != 1:
            out.append("each clause needs exactly one of any, none, vital, score")
    return out


def _unknown(record: Record, known: set[str]) -> list[str]:
    return [f"unknown key {key!r}" for key in record if key not in known]


def _id(record: Record) -> list[str]:
    return [] if ID.match(str(record.get("id", ""))) else ["the id must be lower case letters, digits and underscores"]


def _word(record: Record, key: str, allowed: tuple[str, ...]) -> list[str]:
    return [] if record.get(key) in allowed else [f"{key} must be one of {', '.join(allowed)}"]


def _origin(record: Record) -> list[str]:
    out = [] if record.get("sources") else ["sources is empty"]
    return out + _word(record, "review", REVIEW)


def _names(record: Record, key: str) -> list[str]:
    names = record.get(key)
    if not isinstance(names, dict):
        return [f"[{key}] is missing"]
    return [f"{key}.{language} is missing" for language in LANGUAGES if not str(names.get(language, "")).strip()]


def _wordings(record: Record, key: str) -> list[str]:
    words = record.get(key, {})
    if not isinstance(words, dict):
        return [f"[{key}] must be a table of languages"]
    return [f"{key}.{language} must be a list" for language, value in words.items() if not isinstance(value, list)]


def _strings(record: Record, key: str) -> list[str]:
    value = record.get(key, [])
    ok = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return [] if ok else [f"{key} must be a list of ids"]


def _grades(record: Record, key: str, grades: Record, names: tuple[str, ...] | None = None) -> list[str]:
    table = record.get(key, {})
    if not isinstance(table, dict):
        return [f"[{key}] must be a table"]
    out = [f"{key}.{name}: unknown grade {grade!r}" for name, grade in table.items() if grade not in grades]
    if names is not None:
        out += [f"{key}: unknown name {name!r}" for name in table if name not in names]
    return out
