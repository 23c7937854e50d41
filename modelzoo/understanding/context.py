"""What is claimed about a finding: context rules in the manner of ConText, kept as data in ``rules/*.toml``.

A trigger ("denies", "无", "his mother had") reaches forwards or backwards over the findings of its sentence until a
stop ("but", "但"), until a comma that its rule does not pass, or until its reach ends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from modelzoo.contract.case import Assertion

RULES = Path(__file__).parent / "rules"
_COMMA = re.compile(r"[,，]")
# What a segment of a bare list may hold beside findings.
_LIST_WORDS = re.compile(
    r"\b(?:and|or|nor|any|the|a|an|of|no|not|in|on|with|is|s|also|either|significant|recent|severe|mild|abdominal|such|as|"
    r"other|symptoms?)\b|[和或及与且等也无、/&()\s.。;；:]|没有|以及|或者|明显|任何"
)
_CLOSES_LIST = re.compile(r"\b(?:or|nor)\b|或")
_NOT_BARE = re.compile(r"\d|\b(?:for|since|ago|started|began)\b|天|周|小时|以来|开始")
_NEW_SUBJECT = re.compile(r"\b(?:i|my|he|she|we|they|his|her|patient|pt)\b")


@dataclass(frozen=True, slots=True)
class ContextRule:
    """One rule as its file states it."""

    id: str
    effect: str
    pattern: re.Pattern[str]
    direction: str
    commas: str
    reach: int
    guard: str | None
    spares: str
    example: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that matched at plain[start:end]."""

    rule: ContextRule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A finding's place in the plain text; ``chronic`` when it is history rather than a complaint."""

    start: int
    end: int
    chronic: bool = False


# A claim that something is not so outranks how certain or how old it is; a condition outranks everything.
_PRECEDENCE = (
    Assertion.HYPOTHETICAL,
    Assertion.ABSENT,
    Assertion.FAMILY,
    Assertion.HISTORICAL,
    Assertion.POSSIBLE,
)


class Context:
    """All rules, compiled once."""

    def __init__(self, rules: Sequence[ContextRule]) -> None:
        self.rules = tuple(rules)

    @staticmethod
    def load(folder: Path = RULES) -> Context:
        """Read every ``context_*.toml`` of a folder."""
        rules = []
        for path in sorted(folder.glob("context_*.toml")):
            for raw in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
                edge = path.stem.endswith("_en")
                rules.append(_rule(raw, word_edges=edge))
        return Context(rules)

    def triggers(self, plain: str, start: int, end: int, spans: Sequence[Span]) -> list[Trigger]:
        """Triggers of one sentence; the longer one wins where two overlap, and none lies inside a finding."""
        masked = _mask(plain, start, end, spans)
        found = [
            Trigger(rule, start + m.start(), start + m.end())
            for rule in self.rules
            for m in rule.pattern.finditer(masked)
            if m.end() > m.start()
        ]
        found.sort(key=lambda t: (t.start - t.end, t.rule.effect != "pseudo", t.start))
        kept: list[Trigger] = []
        for trigger in found:
            same = (k for k in kept if k.start < trigger.end and trigger.start < k.end)
            if all((k.start, k.end) == (trigger.start, trigger.end) for k in same):
                kept.append(trigger)  # one word may reach both ways ("suspected")
        return sorted(kept, key=lambda t: t.start)

    def speaks_of_one_relative(self, plain: str) -> bool:
        """Whether ``plain`` speaks of one person alone, named by a relative ("my granny is confused"): the patient."""
        return bool(_NAMED.search(plain)) and not _OTHER_THAN_NAMED.search(plain)

    def assertion(
        self, plain: str, sentence: tuple[int, int], span: Span, spans: Sequence[Span], triggers: Sequence[Trigger]
    ) -> tuple[Assertion, Trigger | None]:
        """What is claimed of ``span`` and the trigger that says so (None for plain presence)."""
        reaching: dict[str, Trigger] = {}
        for trigger in triggers:
            if trigger.rule.effect in ("pseudo", "stop"):
                continue
            if _reaches(plain, sentence, trigger, span, spans, triggers):
                reaching.setdefault(trigger.rule.effect, trigger)
        for assertion in _PRECEDENCE:
            if assertion.value in reaching:
                return assertion, reaching[assertion.value]
        return Assertion.PRESENT, None


def _mask(plain: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """One sentence with the findings' own words made unmatchable, so that "不能喝水" is no negation of anything."""
    characters = list(plain[start:end])
    for span in spans:
        characters[span.start - start : span.end - start] = "\x01" * (span.end - span.start)
    return "".join(characters)


def _rule(raw: dict[str, object], *, word_edges: bool) -> ContextRule:
    pattern = str(raw["pattern"])
    if word_edges:
        pattern = rf"(?<![a-z])(?:{pattern})(?![a-z])"
    example = raw["example"]
    assert isinstance(example, list)  # noqa: S101  the form of our own data file, checked by a test
    return ContextRule(
        id=str(raw["id"]),
        effect=str(raw["effect"]),
        pattern=re.compile(pattern),
        direction=str(raw.get("direction", "")),
        commas=str(raw.get("commas", "stop")),
        reach=int(str(raw.get("reach", 120))),
        guard=str(raw["guard"]) if "guard" in raw else None,
        spares=str(raw.get("spares", "")),
        example=(str(example[0]), str(example[1]), str(example[2])),
    )


def _reaches(
    plain: str,
    sentence: tuple[int, int],
    trigger: Trigger,
    span: Span,
    spans: Sequence[Span],
    triggers: Sequence[Trigger],
) -> bool:
    forward = trigger.rule.direction == "forward"
    low, high = (trigger.end, span.start) if forward else (span.end, trigger.start)
    if high < low or _uncovered(plain, low, high, spans) > trigger.rule.reach:
        return False
    between = (t for t in triggers if t.rule.effect == "stop" and low <= t.start < high)
    stops = (t for t in between if t.rule.spares != trigger.rule.effect)
    if any(plain[low : t.start].strip() or not forward for t in stops):
        return False  # but "no longer has": a verb right behind its trigger belongs to it
    if trigger.rule.guard == "other_person" and not _other_person(plain, trigger, span):
        return False
    if not forward:
        return not _COMMA.search(plain[low:high])
    if trigger.rule.effect == "absent" and (_new_subject(plain, low, high, spans) or _own_denial(plain, low, span)):
        return False
    return _passes_commas(plain, sentence, trigger, span, spans)


def _uncovered(plain: str, low: int, high: int, spans: Sequence[Span]) -> int:
    """Characters of plain[low:high] that belong to no finding: what a trigger's reach is counted in."""
    covered = sum(min(high, s.end) - max(low, s.start) for s in spans if s.start < high and low < s.end)
    return high - low - covered - plain.count(" ", low, high) // 2


def _passes_commas(plain: str, sentence: tuple[int, int], trigger: Trigger, span: Span, spans: Sequence[Span]) -> bool:
    commas = [m.start() for m in _COMMA.finditer(plain, trigger.end, span.start)]
    if not commas or trigger.rule.commas == "through":
        return True
    if trigger.rule.commas == "stop":
        return False
    following = _COMMA.search(plain, span.end, sentence[1])
    edges = [*commas, following.start() if following else sentence[1]]
    segments = list(pairwise(edges))
    if trigger.rule.commas == "list" and all(_bare(plain, low + 1, high, spans) for low, high in segments):
        return True
    closed = bool(_CLOSES_LIST.search(plain, commas[0], sentence[1]))
    return closed and not any(_NOT_BARE.search(plain, low + 1, high) for low, high in segments)


def _bare(plain: str, low: int, high: int, spans: Sequence[Span]) -> bool:
    left = [
        character
        for index, character in enumerate(plain[low:high], start=low)
        if not any(s.start <= index < s.end for s in spans)
    ]
    return not _LIST_WORDS.sub("", "".join(left)).strip()


def _new_subject(plain: str, low: int, high: int, spans: Sequence[Span]) -> bool:
    """After a trigger has its finding, a new subject starts a new claim ("no fever my head hurts")."""
    first = min((s.end for s in spans if low <= s.start < high), default=None)
    return first is not None and bool(_NEW_SUBJECT.search(plain, first, high))


_DENIAL = re.compile(r"(?:no|not|cannot|can't|unable|never|won't|refuses?)\b|[不没无未]")


def _own_denial(plain: str, low: int, span: Span) -> bool:
    """A wording that is a denial itself, behind a comma, starts its own claim ("no cough, not sleeping")."""
    return bool(_COMMA.search(plain, low, span.start)) and bool(_DENIAL.match(plain, span.start))


_PATIENT = re.compile(
    r"\b(?:i|he|she|patient|pt|child|boy|girl|baby|son|daughter|man|woman|yo|y/o|year-old|years old)\b"
    r"|患者|患儿|孩子|病人|宝宝|儿子|女儿|我(?!妈|爸|父|母|奶|爷|哥|弟|姐|妹)|岁"
)
_NAMED = re.compile(
    r"\b(?:my|our) (?:old )?(?:dad|mum|mom|mother|father|granny|gran|grandma|grandpa|grandmother|grandfather|husband|"
    r"wife|uncle|aunt|brother|sister|neighbou?r)\b|^(?:我)?(?:爸|妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|老伴|老公|老婆|父亲|母亲)"
    r"|一家人都|全家都"
)
_OTHER_THAN_NAMED = re.compile(
    r"\b(?:i|i'm|i've|i'd|me|mine|myself|we|us|patient|pt|child|boy|girl|baby|son|daughter|yo|y/o|year-old|died|used"
    r"|had(?! a\b)|history|fh|runs)\b|患者|患儿|孩子|病人|宝宝|本人|自己|我(?!爸|妈|爷|奶|父|母|老|外|姥)|儿子|女儿"
    r"|去世|家族|遗传|得过|[有是]"
)
_LOOK_BACK = 2_000  # characters before a named relative in which the patient may have been introduced
_POSSESSIVE = re.compile(r"\s*(?:his|her|their|patient's|child's|他的?|她的?|患者的?|患儿的?|孩子的?|病人的?|其)")


def _other_person(plain: str, trigger: Trigger, span: Span) -> bool:
    """Whether a named relative is somebody else than the patient ("my mother has chest pain" may be the patient)."""
    if span.chronic or _POSSESSIVE.match(plain, trigger.start):
        return True
    return bool(_PATIENT.search(plain, max(0, trigger.start - _LOOK_BACK), trigger.start))
