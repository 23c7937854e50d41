"""Whole cases of one condition: findings drawn as often as the knowledge says it shows them, told in frames.

What the text reader learns from. The other claims of a frame (denied, in the past, somebody else's) are filled with
what does not belong to the condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.complaints import BACKGROUND, PROBLEM, ComplaintWriter, Said
from modelzoo.corpora.frames import PROBLEM_SLOTS, VOICES, FrameBook, Part, Slot, pick
from modelzoo.knowledge.model import ConditionRecord, Knowledge

# How often a finding that is there gets into the text, by its kind.
SAID: Mapping[str, float] = {
    "symptom": 0.65, "sign": 0.35, "history": 0.5, "exposure": 0.5, "test": 0.15, "measurement": 0.15,
}  # fmt: skip
MOST_FINDINGS, MOST_SENTENCES = 8, 9
FEW, DENYING, IDLING = 0.25, 0.12, 0.2
_TRIES = 4


class CaseTeller(ComplaintWriter):
    """Tells cases; the same generator tells the same ones."""

    def __init__(self, sources: Path, knowledge: Knowledge) -> None:
        """``sources``: the folder of the records that ``knowledge`` was compiled from."""
        super().__init__(sources)
        self._knowledge = knowledge
        self._queue: list[str] = []

    def tell(self, condition: str, language: str, rng: np.random.Generator) -> Passage:
        """One case of ``condition`` in ``language``, its group the condition's id."""
        book = self._books[language]
        voice = VOICES[int(rng.choice(len(VOICES), p=self.VOICE_SHARES))]
        self._queue = self.shown(self._knowledge.conditions[condition], rng)
        said = [Said(self.opening(book, voice, rng))]
        for sentence in range(MOST_SENTENCES):
            if not self._queue:
                break
            if sentence:
                said.append(Said(pick(book.joining[voice], rng)))
            if rng.random() < IDLING:
                said += [Said(pick(book.idle[voice], rng)), Said(pick(book.joining[voice], rng))]
            claim = Assertion.ABSENT if rng.random() < DENYING else Assertion.PRESENT
            said += self._sentence(book, self._frame(book, voice, claim, rng), [], rng, len(said))
        return self.typed(said, book, voice, condition, rng)

    def shown(self, record: ConditionRecord, rng: np.random.Generator) -> list[str]:
        """Findings that are there and said, at least one, in any order."""
        chance = {f: c * SAID[self._kind(f)] for f, c in record.findings.items()}
        for finding, odds in record.risk_factors.items():
            background = self._knowledge.findings[finding].background
            chance.setdefault(finding, SAID[self._kind(finding)] * max(0.1 * (odds > 1), min(0.3, odds * background)))
        names, few = list(chance), 0.5 if rng.random() < FEW else 1.0
        weights = np.array([chance[n] for n in names])
        drawn = [n for n, w in zip(names, weights * few, strict=True) if rng.random() < w]
        if not drawn:
            drawn = [names[int(rng.choice(len(names), p=weights / weights.sum()))]]
        return [drawn[i] for i in rng.permutation(len(drawn))[:MOST_FINDINGS].tolist()]

    def _kind(self, finding: str) -> str:
        return self._knowledge.findings[finding].kind

    def _frame(self, book: FrameBook, voice: str, claim: Assertion, rng: np.random.Generator) -> list[Part]:
        """Of a few frames the one in which least stands that is not this patient's."""
        drawn = [book.draw(voice, claim, rng) for _ in range(_TRIES)]
        return min(drawn, key=lambda parts: abs(sum(map(_is_present, parts)) - min(2, len(self._queue))))

    def _filled(self, book: FrameBook, slot: Slot, among: list[str], rng: np.random.Generator) -> Said:
        if not _is_present(slot):
            return super()._filled(book, slot, among, rng)
        for finding in self._queue:
            word = self._pool.own(finding, book.language, slot.name, rng)
            if word:
                self._queue.remove(finding)
                return Said(word.text, PROBLEM if word.problem else BACKGROUND, slot.claim, finding)
        return super()._filled(book, slot, among, rng)


def _is_present(part: Part) -> bool:
    return isinstance(part, Slot) and part.name in PROBLEM_SLOTS and part.claim is Assertion.PRESENT
