"""What a text claims of each finding in it: by ear, by rules, and by what is answered in a dialogue."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from modelzoo.contract.case import Assertion
from modelzoo.understanding.context import Context, Span
from modelzoo.understanding.hearing import Hearing, RuleWeights, decide
from modelzoo.understanding.text import PlainText
from modelzoo.understanding.tokens import Token

_SPEAKER = r"\s*(?:[-:]|patient:|pt:|a:|病人[:：]|患者[:：]|答[:：])?\s*"
_YES = re.compile(_SPEAKER + r"(?:yes|yeah|yep|有的?|是的?|对)(?![a-z])(?!没有)")
_NO = re.compile(_SPEAKER + r"(?:no|nope|none|没有?|无|不)(?![a-z])")
_ASKED = re.compile(r"\s*(?:any|do|does|did|is|are|have|has|were|was|can|有没有|是否|有无)\b|.*[吗么呢]\s*\?")
_OWN_NEGATION = re.compile(r"\b(?:not|no|never|cannot|can't|won't|doesn't|didn't|without|un\w+)\b|[不没无未]")
_OPEN = (Assertion.PRESENT, Assertion.HYPOTHETICAL, Assertion.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Scene:
    """One text made ready to be read: its tokens, its sentences as token ranges, and what was heard of it."""

    plain: PlainText
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    hearing: Hearing

    def characters(self, number: int) -> tuple[int, int]:
        """Where sentence ``number`` stands in the plain text."""
        first, last = self.sentences[number]
        return self.tokens[first].start, self.tokens[last - 1].end

    def span(self, first: int, last: int, chronic: bool = False) -> Span:
        """Tokens ``[first, last)`` as a span of the plain text; ``chronic``: a condition that stays."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end, chronic)


class Claims:
    """Rules and the weight of their word against the ear's."""

    def __init__(self, context: Context, weights: RuleWeights) -> None:
        self._context, self._weights = context, weights

    def of(
        self, scene: Scene, number: int, mentions: Sequence[tuple[int, int]], spans: Sequence[Span],
        lasting: Collection[int] = (),
    ) -> list[Assertion]:  # fmt: skip
        """Claims of ``mentions`` (token ranges, with their ``spans``) of sentence ``number``; ``lasting``: numbers of
        those that have a duration of their own."""
        plain, sentence = scene.plain.plain, scene.characters(number)
        triggers = self._context.triggers(plain, *sentence, spans)
        answer = _answer(scene, number)
        claims = []
        for index, (mention, span) in enumerate(zip(mentions, spans, strict=True)):
            ruled, trigger = self._context.assertion(plain, sentence, span, spans, triggers)
            claimed = decide(ruled, trigger is not None, scene.hearing.claims(*mention), self._weights)
            if trigger is None:
                claimed = self._safer(scene, mention, span, claimed)
            if answer is not None and claimed in _OPEN:
                claimed = answer
            told = trigger is not None and trigger.rule.id == "history_of"
            if claimed is Assertion.HISTORICAL and told and index in lasting and not span.chronic:
                claimed = Assertion.PRESENT  # "history of fever for three days" is today's complaint
            claims.append(claimed)
        return claims

    def _safer(self, scene: Scene, mention: tuple[int, int], span: Span, claimed: Assertion) -> Assertion:
        """What was heard and no rule says, where being wrong would be dangerous.

        "My granny is confused" speaks of the patient while nobody else was spoken of; "unvaccinated" is not denied by
        its own "un".
        """
        plain = scene.plain.plain
        if claimed is Assertion.FAMILY and self._context.speaks_of_one_relative(plain):
            return Assertion.PRESENT
        own = plain[span.start : span.end]
        if claimed is Assertion.ABSENT and _OWN_NEGATION.search(own):
            return Assertion.PRESENT
        return claimed


def _answer(scene: Scene, number: int) -> Assertion | None:
    """In a dialogue, what the next sentence answers to this question; a question without answer claims nothing."""
    plain, tokens, ranges = scene.plain.plain, scene.tokens, scene.sentences
    first, last = ranges[number]
    if tokens[last - 1].text != "?" or first == last - 1:
        return None
    if number + 1 < len(ranges):
        following = tokens[ranges[number + 1][0]].start
        if _NO.match(plain, following):
            return Assertion.ABSENT
        if _YES.match(plain, following):
            return Assertion.PRESENT
    return Assertion.HYPOTHETICAL if _ASKED.match(plain[tokens[first].start : tokens[last - 1].end]) else None
