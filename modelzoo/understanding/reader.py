"""Reads a text: findings with what is claimed about them, and the facts that the text states of the patient."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from modelzoo.contract.assessment import Finding, Stated
from modelzoo.contract.case import Assertion
from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding import attributes, measurements, patient_facts
from modelzoo.understanding.context import Context, Span
from modelzoo.understanding.durations import Duration, durations
from modelzoo.understanding.lexicon import Lexicon
from modelzoo.understanding.linker import Linker
from modelzoo.understanding.patterns import NOTHING, join, load_sayings, match_sayings
from modelzoo.understanding.spelling import Speller
from modelzoo.understanding.text import PlainText, is_cjk, plain_text
from modelzoo.understanding.tokens import Token, sentences, tokenize

MAX_TOKENS_LINKED = 1_500  # the encoder reads the first part of a very long text; the lexicon reads all of it
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


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    last: int
    finding: str
    confidence: float
    denied: bool = False


class Reader:
    """Everything that reading needs, built once from one pack."""

    def __init__(
        self, knowledge: Knowledge, lexicon: Lexicon, speller: Speller, context: Context, linker: Linker
    ) -> None:
        self._knowledge = knowledge
        self._lexicon = lexicon
        self._speller = speller
        self._context = context
        self._linker = linker
        sayings = load_sayings(knowledge.findings)
        self._winners, self._sayings = [s for s in sayings if s.wins], [s for s in sayings if not s.wins]
        self._negative = _negative_findings(knowledge)

    def read(self, text: str, language: str = "en") -> Reading:
        """Read ``text``; labels are in ``language``. Works for any string; nothing in it is ever obeyed."""
        plain = plain_text(text)
        tokens = tokenize(plain.plain)
        if not any(t.kind in ("word", "han") for t in tokens):
            return Reading(readable=not plain.plain.strip())
        mentions, ranges = self._mentions(plain, tokens)
        found = self._findings(plain, tokens, ranges, mentions, language)
        reading = Reading(
            findings=tuple(found),
            readable=_readable(tokens, self._speller),
            unlinked_share=_unlinked(tokens, mentions),
        )
        return _with_facts(reading, plain)

    def _mentions(self, plain: PlainText, tokens: list[Token]) -> tuple[list[_Mention], list[tuple[int, int]]]:
        ranges = sentences(tokens)
        fixed = self._speller.corrections(tokens)
        winners = match_sayings(self._winners, plain.plain, tokens, set())
        matches = join(self._lexicon.match(tokens, fixed), winners)
        known = {i for m in matches for i in range(m.first, m.last)}
        matches += match_sayings(self._sayings, plain.plain, tokens, known)
        passed_over = {i for m in matches if m.finding == NOTHING for i in range(m.first, m.last)}
        matches = [m for m in matches if m.finding != NOTHING]
        linkable = [r for r in ranges if r[1] <= MAX_TOKENS_LINKED]
        sharper = self._linker.refine(plain.plain, tokens, matches, linkable)
        mentions = [_Mention(k.first, k.last, k.finding, round(k.similarity, 4)) for k in sharper]
        refined = {i for k in sharper for i in range(k.first, k.last)}
        kept = [m for m in matches if m.first not in refined]
        mentions += [_Mention(m.first, m.last, m.finding, 0.8 if m.corrected else 1.0, m.denied) for m in kept]
        taken = refined | passed_over | {i for m in kept for i in range(m.first, m.last)}
        for link in self._linker.link(plain.plain, tokens, taken, linkable):
            first = _with_its_negation(tokens, link.first) if link.finding in self._negative else link.first
            mentions.append(_Mention(first, link.last, link.finding, round(link.similarity, 4), link.denied))
        return sorted(mentions, key=lambda m: m.first), ranges

    def _findings(
        self,
        plain: PlainText,
        tokens: list[Token],
        ranges: list[tuple[int, int]],
        mentions: list[_Mention],
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
            out += self._sentence(plain, tokens, sentence, here, lasting, answer, language)
        return out

    def _sentence(
        self,
        plain: PlainText,
        tokens: list[Token],
        sentence: tuple[int, int],
        mentions: list[_Mention],
        lasting: list[Duration],
        answer: Assertion | None,
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


_NEGATIVE = re.compile(r"\b(?:cannot|can't|unable|not|no|won't|will not|refuses?|loss of|never)\b")
_NEGATIONS = frozenset(("not", "cannot", "no", "never", "won't", "can't", "doesn't", "didn't", "不", "没", "无"))


def _negative_findings(knowledge: Knowledge) -> frozenset[str]:
    """Findings that are the lack of something ("cannot stand on the leg"): a negation is part of what they mean."""
    out = []
    for finding in knowledge.findings.values():
        wordings = [finding.name["en"].lower(), *finding.lay.get("en", ())]
        if sum(bool(_NEGATIVE.search(w)) for w in wordings) * 2 >= len(wordings):
            out.append(finding.id)
    return frozenset(out)


def _with_its_negation(tokens: list[Token], first: int) -> int:
    """First token of a linked window, moved over a negation right before it ("will *not* stand on the leg")."""
    for index in range(first - 1, max(first - 3, -1), -1):
        if tokens[index].text in _NEGATIONS:
            return index
    return first


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


def _readable(tokens: list[Token], speller: Speller) -> bool:
    words = [t for t in tokens if t.kind == "word"]
    han = sum(t.kind == "han" for t in tokens)
    if han >= 2 or not words:
        return han > 0
    known = sum(speller.knows(t.text) for t in words)
    return known * 2 >= len(words)


def _unlinked(tokens: list[Token], mentions: list[_Mention]) -> float:
    content = [i for i, t in enumerate(tokens) if t.kind in ("word", "han")]
    taken = {i for m in mentions for i in range(m.first, m.last)}
    return 1.0 - sum(i in taken for i in content) / len(content) if content else 0.0


def other_script(text: str) -> bool:
    """Whether most letters belong to a script that is neither Latin nor Han."""
    letters = [c for c in text if c.isalpha()]
    strange = sum(not (is_cjk(c) or c < "\u0250") for c in letters)
    return bool(letters) and strange * 2 > len(letters)
