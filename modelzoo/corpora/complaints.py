"""Turns the knowledge into labelled complaints, as patients say them, relatives tell them and clinicians note them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Attachment, Mention, Passage
from modelzoo.corpora.frames import ATTRIBUTE_SLOTS, PROBLEM_SLOTS, VOICES, FrameBook, Part, Slot, pick, read_frames
from modelzoo.corpora.noise import Noise
from modelzoo.corpora.wording_pool import WordingPool

PROBLEM, BACKGROUND = "clinic.problem", "clinic.background"
COMPLAINT_KINDS = frozenset((PROBLEM, BACKGROUND, *(f"clinic.{name}" for name in ATTRIBUTE_SLOTS)))
_CLAIMS = (
    Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE, Assertion.HYPOTHETICAL, Assertion.HISTORICAL,
    Assertion.FAMILY,
)  # fmt: skip
_CLAIM_SHARES = (0.30, 0.21, 0.12, 0.13, 0.12, 0.12)
OTHER_LANGUAGE, IDLE, CONDITION_NAME = 0.06, 0.3, 0.25


@dataclass(slots=True)
class Said:
    """A stretch of the complaint under way: plain text, or a mention with its kind and claim."""

    text: str
    kind: str | None = None
    claim: Assertion | None = None
    finding: str | None = None
    owner: int | None = None  # for an attribute, the number of the problem's stretch


class ComplaintWriter:
    """Writes complaints; the same seed writes the same ones."""

    VOICE_SHARES = (0.3, 0.15, 0.22, 0.18, 0.15)

    def __init__(self, sources: Path) -> None:
        self._pool = WordingPool(sources)
        self._books = {language: read_frames(language) for language in ("en", "zh")}

    def write(self, count: int, seed: int, epoch: int = 0) -> list[Passage]:
        """``count`` complaints, half in each language, those of ``epoch`` unlike those of another."""
        found = []
        for number in range(count):
            rng = np.random.default_rng([seed, epoch, number])
            found.append(self._complaint(self._books["en" if number % 2 else "zh"], f"{epoch}-{number}", rng))
        return found

    def _complaint(self, book: FrameBook, group: str, rng: np.random.Generator) -> Passage:
        voice = VOICES[int(rng.choice(len(VOICES), p=self.VOICE_SHARES))]
        among = self._pool.together(rng)
        said = [Said(self.opening(book, voice, rng))]
        for index in range(int(rng.choice((1, 2, 3, 4, 6), p=(0.25, 0.3, 0.25, 0.15, 0.05)))):
            if index:
                said.append(Said(pick(book.joining[voice], rng)))
            if rng.random() < IDLE:
                said += [Said(pick(book.idle[voice], rng)), Said(pick(book.joining[voice], rng))]
            claim = _CLAIMS[int(rng.choice(len(_CLAIMS), p=_CLAIM_SHARES))]
            said += self._sentence(book, book.draw(voice, claim, rng), among, rng, len(said))
        return self.typed(said, book, voice, group, rng)

    def opening(self, book: FrameBook, voice: str, rng: np.random.Generator) -> str:
        """How the complaint begins, its plain fillings in place."""
        parts = book.parts(pick(book.opening[voice], rng), _CLAIMS[0], rng)
        return "".join(p if isinstance(p, str) else book.filled(p.name, rng) for p in parts)

    def typed(self, said: list[Said], book: FrameBook, voice: str, group: str, rng: np.random.Generator) -> Passage:
        """``said`` as a hand of that voice types it."""
        noise = Noise.draw(book.language, voice, rng)
        return _passage([(s, noise.apply(s.text, s.kind is not None, rng)) for s in said], book.language, group)

    def _sentence(
        self, book: FrameBook, parts: list[Part], among: list[str], rng: np.random.Generator, at: int
    ) -> list[Said]:
        """Stretches of one frame; ``at`` is how many stretches stand before them."""
        said: list[Said] = []
        for part in parts:
            said.append(Said(part) if isinstance(part, str) else self._filled(book, part, among, rng))
        problems = [i for i, s in enumerate(said) if s.kind in (PROBLEM, BACKGROUND)]
        for index, one in enumerate(said):
            if one.kind not in (None, PROBLEM, BACKGROUND) and problems:
                before = [p for p in problems if p < index]
                one.owner = at + (before[-1] if before else problems[0])
        return said

    def _filled(self, book: FrameBook, slot: Slot, among: list[str], rng: np.random.Generator) -> Said:
        if slot.name not in PROBLEM_SLOTS:
            return Said(book.filled(slot.name, rng), f"clinic.{slot.name}")
        language = book.language
        if rng.random() < OTHER_LANGUAGE:
            language = "zh" if language == "en" else "en"
        old = slot.claim in (Assertion.HISTORICAL, Assertion.FAMILY, Assertion.POSSIBLE)
        if old and slot.name in "pn" and rng.random() < CONDITION_NAME:
            word = self._pool.named(language, rng)
        else:
            word = self._pool.draw(language, slot.name, among, rng)
        return Said(word.text, PROBLEM if word.problem else BACKGROUND, slot.claim, word.finding)


def _passage(said: list[tuple[Said, str]], language: str, group: str) -> Passage:
    text, mentions, attachments = "", [], []
    numbers: dict[int, int] = {}
    for index, (one, written) in enumerate(said):
        if language == "en" and text and written[:1].isalnum() and text[-1].isalnum():
            text += " "
        start = len(text) + len(written) - len(written.lstrip())
        text += written
        if one.kind is None or not written.strip():
            continue
        numbers[index] = len(mentions)
        claims = (one.claim,) if one.claim else ()
        mentions.append(Mention(start, start + len(written.strip()), one.kind, claims, one.finding))
    for index, (one, _) in enumerate(said):
        if one.owner in numbers and index in numbers:
            attachments.append(Attachment(numbers[index], numbers[one.owner]))
    return Passage("clinic", group, language, text, COMPLAINT_KINDS, tuple(mentions), tuple(attachments))
