"""Reads a text: findings with what is claimed about them, and the facts that the text states of the patient."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from modelzoo.contract.assessment import Finding, Stated
from modelzoo.contract.case import Assertion
from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding import attributes, measurements, patient_facts
from modelzoo.understanding.claims import Claims, Scene
from modelzoo.understanding.durations import Duration, durations
from modelzoo.understanding.gist import FloatArray
from modelzoo.understanding.hearing import Hearing
from modelzoo.understanding.mentions import Found, Mention, MentionFinder, findings_of_others
from modelzoo.understanding.text import PlainText, is_cjk, plain_text
from modelzoo.understanding.tokens import Token, sentences, tokenize

Hear = Callable[[PlainText, list[Token]], Hearing]
_A_STORY = 12  # words or Han characters; how fewer sound says little


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. ``readable`` is False when it holds no word of a language that is understood; ``gist``: what
    the second reader of the reasoning goes by, None where nothing was heard; ``complains``: in more than a
    few words a problem of the patient's own was heard, whether or not it was linked to a finding."""

    findings: tuple[Finding, ...] = ()
    age_years: Stated | None = None
    sex: Stated | None = None
    pregnant: Stated | None = None
    weight_kg: Stated | None = None
    vitals: dict[str, Stated] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    readable: bool = True
    unlinked_share: float = 0.0
    gist: FloatArray | None = field(default=None, compare=False)
    complains: bool = False


class Reader:
    """Everything that reading needs, built once from one pack."""

    def __init__(self, knowledge: Knowledge, finder: MentionFinder, claims: Claims, hear: Hear) -> None:
        self._knowledge, self._finder, self._claims, self._hear = knowledge, finder, claims, hear
        self._of_others = findings_of_others(knowledge)

    def read(self, text: str, language: str = "en") -> Reading:
        """Read ``text``; labels are in ``language``. Works for any string; nothing in it is ever obeyed."""
        plain = plain_text(text)
        tokens = tokenize(plain.plain)
        if not any(t.kind in ("word", "han") for t in tokens):
            return Reading(readable=not plain.plain.strip())
        scene = Scene(plain, tokens, sentences(tokens), self._hear(plain, tokens))
        seen = self._finder.find(plain, tokens, scene.sentences, scene.hearing)
        reading = Reading(
            findings=tuple(self._findings(scene, seen.mentions, language)),
            readable=_readable(tokens, self._finder.knows),
            unlinked_share=_unlinked(tokens, seen),
            gist=scene.hearing.gist(),
            complains=sum(t.kind in ("word", "han") for t in tokens) >= _A_STORY and scene.hearing.complains(),
        )
        return _with_facts(reading, plain)

    def assertion_of(self, text: str, start: int, end: int) -> Assertion:
        """What ``text`` claims of whatever its characters ``[start, end)`` name.

        Raises ``ValueError`` where no word stands there.
        """
        plain = plain_text(text)
        tokens = tokenize(plain.plain)
        places = (plain.origin(t.start, t.end) for t in tokens)
        own = [i for i, (low, high) in enumerate(places) if low < end and start < high]
        if not own:
            raise ValueError("no word stands at these characters")
        scene = Scene(plain, tokens, sentences(tokens), self._hear(plain, tokens))
        number = next(n for n, (first, last) in enumerate(scene.sentences) if first <= own[0] < last)
        mention = (own[0], own[-1] + 1)
        return self._claims.of(scene, number, [mention], [scene.span(*mention)])[0]

    def _findings(self, scene: Scene, mentions: Sequence[Mention], language: str) -> list[Finding]:
        out: list[Finding] = []
        every = durations(scene.plain.plain)
        starts, firsts = [d.start for d in every], [m.first for m in mentions]
        for number, (first, last) in enumerate(scene.sentences):
            here = mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]
            if here:
                low, high = scene.characters(number)
                lasting = every[bisect_left(starts, low) : bisect_left(starts, high)]
                out += self._sentence(scene, number, here, lasting, language)
        return out

    def _sentence(
        self, scene: Scene, number: int, mentions: Sequence[Mention], lasting: list[Duration], language: str
    ) -> list[Finding]:
        plain, sentence = scene.plain, scene.characters(number)
        spans = [scene.span(m.first, m.last, self._knowledge.findings[m.finding].kind == "history") for m in mentions]
        days = attributes.attach_durations(plain.plain, sentence, [(s.start, s.end) for s in spans], lasting)
        claims = self._claims.of(scene, number, [(m.first, m.last) for m in mentions], spans, days)
        out = []
        for index, (mention, span, claimed) in enumerate(zip(mentions, spans, claims, strict=True)):
            start, end = plain.origin(span.start, span.end)
            out.append(
                Finding(
                    id=mention.finding,
                    label=self._knowledge.findings[mention.finding].name[language],
                    assertion=self._settled(mention, claimed),
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

    def _settled(self, mention: Mention, claimed: Assertion) -> Assertion:
        """What is claimed of the finding, where its words say more or less than the mention in the sentence."""
        if mention.denied and claimed in (Assertion.PRESENT, Assertion.POSSIBLE):
            return Assertion.ABSENT
        if claimed is Assertion.FAMILY and mention.finding in self._of_others:
            return Assertion.PRESENT  # whose father has TB has had contact with it
        return claimed


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
