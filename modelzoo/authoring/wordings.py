"""Wordings: none belongs to two findings, Chinese is simplified, common findings are said in enough ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from modelzoo.authoring.schema import LANGUAGES
from modelzoo.authoring.sources import KINDS, Problem, Sources

COMMON = ("very_common", "common", "occasional")
LEAST_OF_A_COMMON = 4
# Simplified characters of medicine that the national standard of 1980 (GB 2312) does not hold.
_LATER = frozenset(
    "齲镧铊鲀酰嘌呤羟萘蟾蚴蠓螨痱癍瘀瘙痂皲跖踝髌骶髂腓胫腘腱膈膝睑睫眦耵聍龈龋颌颏颞颅囟疱疣疖痈疽啰疕蹚"
)


def wording_key(phrase: str) -> str:
    """Form under which two wordings count as the same."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", phrase).strip().lower())


def problems(sources: Sources) -> Iterator[Problem]:
    """Doubled wordings, traditional characters, findings that are said in too few ways."""
    yield from _doubled(sources)
    for kind in KINDS:
        for key, record in getattr(sources, kind).items():
            yield from _characters(kind, key, record)
    for key, record in sources.findings.items():
        if record["kind"] != "symptom" or record["background"] not in COMMON:
            continue
        for language in LANGUAGES:
            said = {wording_key(w) for w in (record["name"][language], *record["lay"].get(language, []))}
            if len(said) < LEAST_OF_A_COMMON:
                text = f"a common symptom needs at least {LEAST_OF_A_COMMON} wordings in {language}"
                yield Problem("findings", key, ("lay", language), text)


def _doubled(sources: Sources) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for key, record in sources.findings.items():
        phrases = [*record["name"].values(), *(p for ps in record.get("lay", {}).values() for p in ps)]
        for phrase in sorted({wording_key(p) for p in phrases}):
            if owner.setdefault(phrase, key) != key:
                yield Problem("findings", key, ("lay",), f"the wording {phrase!r} belongs to {owner[phrase]} too")


def _characters(kind: str, key: str, record: dict[str, Any]) -> Iterator[Problem]:
    for name, value in record.items():
        for keys, text in _chinese(value, (name,)):
            if found := sorted({c for c in text if _traditional(c)}):
                yield Problem(
                    kind, key, keys, f"{'.'.join(keys)} holds {''.join(found)}, which is not simplified Chinese"
                )


def _chinese(value: object, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "zh":
                yield (*keys, key), inner if isinstance(inner, str) else "".join(inner)
            else:
                yield from _chinese(inner, (*keys, key))


def _traditional(character: str) -> bool:
    """Whether a Han character is none of the simplified standard set."""
    if not "\u4e00" <= character <= "\u9fff" or character in _LATER:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
