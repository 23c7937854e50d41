"""Reads a text: findings with what is claimed about them, and the facts that the text states of the patient."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from modelzoo.contract.assessment import Finding, Stated
from modelzoo.contract.case import Assertion
from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding import attributes, measurements, patient_facts
from modelzoo.understanding.context import Context, Span
from modelzoo.understanding.durations import Duration, durations
from modelzoo.understanding.hearing import Hearing, decide
from modelzoo.understanding.mentions import Found, Mention, MentionFinder
from modelzoo.understanding.text import PlainText, is_cjk, plain_text
from modelzoo.understanding.tokens import Token, sentences, tokenize

Hear = Callable[[PlainText, list[Token]], Hearing]
_YES = re.compile(
    r"\s*(?:[-:]|patient:|pt:|a:|病人[:：]|患者[:：]|答[:：])?\s*(?:yes|yeah|yep|有的?|是的?|对)(?![a-z])(?!没有)"
)
_NO = re.compile(r"\s*(?:[-:]|patient:|pt:|a:|病人[:：]|患者[:：]|答[:：])?\s*(?:no|nope|none|没有?|无|不)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. ``readable`` is False when it holds no word of a language that is understood."""

    findings: tuple[Finding, ...] = ()
    age_years: Stated | None = None
    sex: Stated | None = None
    pregnant: Stated | None = None
    weight_kg: Stated | None = None
    vitals: dict[str, Stated] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    readable: bool = True
    unlinked_share: float = 0.0


class Reader:
    """Everything that reading needs, built once from one pack."""

    def __init__(
        self, knowledge: Knowledge, finder: MentionFinder, context: Context, hear: Hear, rule_weight: float
    ) -> None:
        self._knowledge, self._finder, self._context, self._hear = knowledge, finder, context, hear
        self._rule_weight = rule_weight

    def read(self, text: str, language: str = "en") -> Reading:
        """Read ``text``; labels are in ``language``. Works for any string; nothing in it is ever obeyed."""
        plain = plain_text(text)
        tokens = tokenize(plain.plain)
        if not any(t.kind in ("word", "han") for t in tokens):
            return Reading(readable=not plain.plain.strip())
        ranges = sentences(tokens)
        hearing = self._hear(plain, tokens)
        seen = self._finder.find(plain, tokens, ranges, hearing)
        found = self._findings(plain, tokens, ranges, seen.mentions, hearing, language)
        reading = Reading(
            findings=tuple(found),
            readable=_readable(tokens, self._finder.knows),
            unlinked_share=_unlinked(tokens, seen),
        )
        return _with_facts(reading, plain)

    def _findings(
        self,
        plain: PlainText,
        tokens: list[Token],
        ranges: list[tuple[int, int]],
        mentions: Sequence[Mention],
        hearing: Hearing,
        language: str,
    ) -> list[Finding]:
        out: list[Finding] = []
        every = durations(plain.plain)
        starts, firsts = [d.start for d in every], [m.first for m in mentions]
        for number, (first, last) in enumerate(ranges):
            here = mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]
            if not here:
                continue
            sentence = (tokens[first].start, tokens[last - 1].end)
            lasting = every[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
            answer = _answer(plain.plain, tokens, ranges, number)
            out += self._sentence(plain, tokens, sentence, here, lasting, answer, hearing, language)
        return out

    def _sentence(
        self,
        plain: PlainText,
        tokens: list[Token],
        sentence: tuple[int, int],
        mentions: Sequence[Mention],
        lasting: list[Duration],
        answer: Assertion | None,
        hearing: Hearing,
        language: str,
    ) -> list[Finding]:
        spans = [
            Span(tokens[m.first].start, tokens[m.last - 1].end, self._knowledge.findings[m.finding].kind == "history")
            for m in mentions
        ]
        places = [(s.start, s.end) for s in spans]
        days = attributes.attach_durations(plain.plain, sentence, places, lasting)
        triggers = self._context.triggers(plain.plain, *sentence, spans)
        out = []
        for index, (mention, span) in enumerate(zip(mentions, spans, strict=True)):
            claimed, trigger = self._context.assertion(plain.plain, sentence, span, spans, triggers)
            claimed = decide(
                claimed, trigger is not None, hearing.claims(mention.first, mention.last), self._rule_weight
            )
            if answer is not None and claimed in (Assertion.PRESENT, Assertion.HYPOTHETICAL, Assertion.POSSIBLE):
                claimed = answer
            if (
                claimed is Assertion.HISTORICAL
                and trigger
                and trigger.rule.id == "history_of"
                and index in days
                and not span.chronic
            ):
                claimed = Assertion.PRESENT  # "history of fever for three days" is today's complaint
            if mention.denied and claimed in (Assertion.PRESENT, Assertion.POSSIBLE):
                claimed = Assertion.ABSENT
            start, end = plain.origin(span.start, span.end)
            record = self._knowledge.findings[mention.finding]
            out.append(
                Finding(
                    id=mention.finding,
                    label=record.name[language],
                    assertion=claimed,
                    start=start,
                    end=end,
                    text=plain.given[start:end],
                    duration_days=days.get(index),
                    severity=attributes.severity(plain.plain, span.start, span.end, sentence),
                    site=attributes.site(plain.plain, span.start, span.end, sentence),
                    confidence=mention.confidence,
                )
            )
        return out


def _answer(plain: str, tokens: list[Token], ranges: list[tuple[int, int]], number: int) -> Assertion | None:
    """In a dialogue, what the next sentence answers to this question; a question without answer claims nothing."""
    first, last = ranges[number]
    if tokens[last - 1].text != "?" or first == last - 1:
        return None
    if number + 1 < len(ranges):
        following = tokens[ranges[number + 1][0]].start
        if _NO.match(plain, following):
            return Assertion.ABSENT
        if _YES.match(plain, following):
            return Assertion.PRESENT
    asked = re.match(
        r"\s*(?:any|do|does|did|is|are|have|has|were|was|can|有没有|是否|有无)\b|.*[吗么呢]\s*\?",
        plain[tokens[first].start : tokens[last - 1].end],
    )
    return Assertion.HYPOTHETICAL if asked else None


def _with_facts(reading: Reading, plain: PlainText) -> Reading:
    """Add age, sex, pregnancy, weight and measurements that the text states."""

    def stated(fact: patient_facts.Fact | None) -> Stated | None:
        return None if fact is None else Stated(fact.value, "text", *plain.origin(fact.start, fact.end))

    age = patient_facts.stated_age(plain.plain)
    spans = ((age.start, age.end),) if age else ()
    measured = measurements.measurements(plain.plain, spans)
    return replace(
        reading,
        age_years=stated(age),
        sex=stated(patient_facts.stated_sex(plain.plain)),
        pregnant=stated(patient_facts.stated_pregnancy(plain.plain)),
        weight_kg=stated(patient_facts.stated_weight(plain.plain)),
        vitals={m.vital: Stated(m.value, "text", *plain.origin(m.start, m.end)) for m in measured if not m.doubt},
        doubts=tuple(m.doubt for m in measured if m.doubt),
    )


def _readable(tokens: list[Token], knows: Callable[[str], bool]) -> bool:
    words = [t for t in tokens if t.kind == "word"]
    han = sum(t.kind == "han" for t in tokens)
    if han >= 2 or not words:
        return han > 0
    return sum(knows(t.text) for t in words) * 2 >= len(words)


def _unlinked(tokens: list[Token], seen: Found) -> float:
    """Share of the words of content that no finding was read in."""
    content = [i for i, t in enumerate(tokens) if t.kind in ("word", "han")]
    taken = {i for m in seen.mentions for i in range(m.first, m.last)}
    return 1.0 - sum(i in taken for i in content) / len(content) if content else 0.0


def other_script(text: str) -> bool:
    """Whether most letters belong to a script that is neither Latin nor Han."""
    letters = [c for c in text if c.isalpha()]
    strange = sum(not (is_cjk(c) or c < "\u0250") for c in letters)
    return bool(letters) and strange * 2 > len(letters)
