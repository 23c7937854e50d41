"""The shape of the records: which keys, of which type, with which words allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Record = dict[str, Any]
Fault = tuple[tuple[str, ...], str]  # keys that lead to the place, and what was expected there
Words = dict[str, dict[str, Record]]

LANGUAGES = ("en", "zh")
FINDING_KINDS = ("symptom", "sign", "measurement", "test", "history", "exposure")
ASK_BY = ("ask", "examine", "measure", "test")
BACKGROUND = ("very_common", "common", "occasional", "rare", "very_rare")
URGENCY = ("emergency", "urgent", "routine", "self_care")
PREGNANCY = ("any", "only", "never", "more", "postpartum")
BANDS = ("newborn", "infant", "toddler", "child", "adolescent", "adult", "middle", "older")
REVIEW = ("unreviewed", "reviewed")
ATTRIBUTES = ("site", "quality", "timing", "brought_on_by", "relieved_by")
ID = re.compile(r"[a-z][a-z0-9_]*\Z")
ICD10 = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?\Z")
HPO, SYMP = re.compile(r"HP:[0-9]{7}\Z"), re.compile(r"SYMP:[0-9]{7}\Z")

_FINDING_KEYS = frozenset(
    "id kind system site ask_by background parents excludes sources review name lay ask hpo symp".split()
)
_CONDITION_KEYS = frozenset(
    "id icd10 systems urgency must_not_miss prevalence onset course sources review months pregnancy name synonyms lay "
    "description region age sex findings attributes risk_factors danger_signs confused_with tests first_steps "
    "advice".split()
)
_RULE_KEYS = frozenset("id level age_min_days age_max_days sex pregnant sources review name action when".split())
_CLAUSE_KEYS = frozenset("any count none vital score at_least below is_in".split())
_RETIRED_KEYS = frozenset("id retired replaced_by name".split())


def finding_faults(record: Record, words: Words) -> Iterator[Fault]:
    """Faults of one finding record."""
    yield from _unknown(record, _FINDING_KEYS)
    yield from _word(record, "kind", FINDING_KINDS)
    yield from _word(record, "ask_by", ASK_BY)
    yield from _word(record, "background", BACKGROUND)
    if "site" in record:
        yield from _word(record, "site", words.get("site", {}))
    for key, form in (("hpo", HPO), ("symp", SYMP)):
        if key in record and not form.match(str(record[key])):
            yield (key,), f"{key} must have the form {form.pattern[:-2]}"
    yield from _origin(record)
    for key in ("name", "ask"):
        yield from _names(record, key)
    yield from _wordings(record, "lay", least=1)
    for key in ("parents", "excludes"):
        yield from _strings(record, key)


def condition_faults(record: Record, numbers: Record, words: Words) -> Iterator[Fault]:
    """Faults of one condition record."""
    yield from _unknown(record, _CONDITION_KEYS)
    yield from _word(record, "urgency", URGENCY)
    yield from _word({"pregnancy": record.get("pregnancy", "any")}, "pregnancy", PREGNANCY)
    yield from _origin(record)
    for key in ("name", "description", "first_steps", "advice"):
        yield from _names(record, key)
    yield from _wordings(record, "synonyms", least=0)
    yield from _wordings(record, "lay", least=1)
    yield from _numbers_of(record)
    for key in ("onset", "course"):
        yield from _some(record, key, words.get(key, {}))
    yield from _grades(record, "findings", numbers.get("frequency", {}))
    yield from _grades(record, "risk_factors", numbers.get("strength", {}))
    times = numbers.get("multiplier", {})
    for key, names in (("age", BANDS), ("sex", ("female", "male")), ("region", tuple(words.get("region", {})))):
        yield from _grades(record, key, times, names)
    yield from _grades(record, "danger_signs", {"emergency": 0, "urgent": 0})
    yield from _attributes(record, words)
    for test, shows in _table(record, "tests").items():
        if test not in words.get("test", {}):
            yield ("tests", test), f"unknown test {test!r}; [test] of attributes.toml lists them"
        yield from ((("tests", test, *keys[1:]), text) for keys, text in _names({"tests": shows}, "tests"))


def rule_faults(record: Record) -> Iterator[Fault]:
    """Faults of one danger rule."""
    yield from _unknown(record, _RULE_KEYS)
    yield from _word(record, "level", ("emergency", "urgent"))
    yield from _origin(record)
    for key in ("name", "action"):
        yield from _names(record, key)
    yield from _word({"sex": record.get("sex", "any")}, "sex", ("any", "female", "male"))
    yield from _word({"pregnant": record.get("pregnant", "any")}, "pregnant", ("any", "yes", "postpartum"))
    low, high = record.get("age_min_days", 0), record.get("age_max_days", 1e9)
    if not all(isinstance(x, int | float) for x in (low, high)) or low >= high:
        yield ("age_min_days",), "age_min_days must be a number below age_max_days"
    clauses = record.get("when")
    if not isinstance(clauses, list) or not clauses:
        yield (), "[[when]] must hold at least one clause"
        return
    for clause in clauses:
        yield from ((("when", *keys), text) for keys, text in _unknown(clause, _CLAUSE_KEYS))
        if sum(key in clause for key in ("any", "none", "vital", "score")) != 1:
            yield ("when",), "each clause needs exactly one of any, none, vital, score"


def retired_faults(record: Record) -> Iterator[Fault]:
    """Faults of a retired record: an id that was split or merged, kept because saved encounters point at it."""
    yield from _unknown(record, _RETIRED_KEYS)
    yield from _names(record, "name")
    yield from _strings(record, "replaced_by")


def _numbers_of(record: Record) -> Iterator[Fault]:
    codes = record.get("icd10")
    if not isinstance(codes, list) or not 1 <= len(codes) <= 6:
        yield ("icd10",), "icd10 must list one to six codes"
    else:
        yield from ((("icd10",), f"icd10 code {c!r} is not of WHO's form") for c in codes if not ICD10.match(str(c)))
    if not isinstance(record.get("must_not_miss"), bool):
        yield ("must_not_miss",), "must_not_miss must be true or false"
    prevalence = record.get("prevalence")
    if isinstance(prevalence, bool) or not isinstance(prevalence, int | float) or not 0.5 <= prevalence <= 8:
        yield ("prevalence",), "prevalence must be the n of 1 in 10^n, from 0.5 to 8"
    months = record.get("months", [])
    if not isinstance(months, list) or any(month not in range(1, 13) for month in months):
        yield ("months",), "months must be whole numbers from 1 to 12"


def _attributes(record: Record, words: Words) -> Iterator[Fault]:
    for finding, entry in _table(record, "attributes").items():
        place = ("attributes", finding)
        if finding not in _table(record, "findings"):
            yield place, f"attributes.{finding}: the finding must also stand in [findings]"
        if not isinstance(entry, dict):
            yield place, f"attributes.{finding} must be a table of {', '.join(ATTRIBUTES)}"
            continue
        for key, values in entry.items():
            if key not in ATTRIBUTES:
                yield place, f"attributes.{finding}: unknown key {key!r}; one of {', '.join(ATTRIBUTES)}"
            elif not isinstance(values, list):
                yield place, f"attributes.{finding}.{key} must be a list of words"
            else:
                unknown = [v for v in values if v not in words.get(key, {})]
                yield from ((place, f"attributes.{finding}.{key}: unknown word {v!r}") for v in unknown)


def _unknown(record: Record, known: Iterable[str]) -> Iterator[Fault]:
    if "id" in known and not ID.match(str(record.get("id", ""))):
        yield ("id",), "the id must be lower case letters, digits and underscores"
    yield from (((key,), f"unknown key {key!r}") for key in record if key not in known)


def _word(record: Record, key: str, allowed: Iterable[str]) -> Iterator[Fault]:
    if record.get(key) not in tuple(allowed):
        yield (key,), f"{key} must be one of {', '.join(allowed)}"


def _origin(record: Record) -> Iterator[Fault]:
    sources = record.get("sources")
    if not isinstance(sources, list) or not sources or not all(isinstance(s, str) and s.strip() for s in sources):
        yield ("sources",), "sources must list at least one source"
    yield from _word(record, "review", REVIEW)


def _table(record: Record, key: str) -> Record:
    value = record.get(key, {})
    return value if isinstance(value, dict) else {}


def _names(record: Record, key: str) -> Iterator[Fault]:
    names = record.get(key)
    if not isinstance(names, dict):
        yield (key,), f"[{key}] is missing"
        return
    for language in LANGUAGES:
        if not isinstance(names.get(language), str) or not names[language].strip():
            yield (key, language), f"{key}.{language} is missing"


def _wordings(record: Record, key: str, *, least: int) -> Iterator[Fault]:
    words = record.get(key, {})
    if not isinstance(words, dict):
        yield (key,), f"[{key}] must be a table of languages"
        return
    for language in {*LANGUAGES, *words}:
        value = words.get(language, [])
        if not isinstance(value, list) or not all(isinstance(w, str) and w.strip() for w in value):
            yield (key, language), f"{key}.{language} must be a list of wordings"
        elif len(value) < least:
            yield (key, language), f"{key}.{language} must hold at least {least}"


def _strings(record: Record, key: str) -> Iterator[Fault]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield (key,), f"{key} must be a list of ids"


def _some(record: Record, key: str, allowed: Iterable[str]) -> Iterator[Fault]:
    value = record.get(key)
    if not isinstance(value, list) or not value or not set(value) <= set(allowed):
        yield (key,), f"{key} must list at least one of {', '.join(allowed)}"


def _grades(record: Record, key: str, grades: Iterable[str], names: tuple[str, ...] | None = None) -> Iterator[Fault]:
    table = record.get(key, {})
    if not isinstance(table, dict):
        yield (key,), f"[{key}] must be a table"
        return
    for name, grade in table.items():
        if grade not in grades:
            yield (key, name), f"{key}.{name}: unknown grade {grade!r}; one of {', '.join(grades)}"
        if names is not None and name not in names:
            yield (key, name), f"{key}: unknown name {name!r}; one of {', '.join(names)}"
