"""Frames: hand-written sentences with slots, by voice and by claim; their form is told in ``frames_en.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import CorpusError, lines_of

VOICES = ("patient", "relative", "scribble", "dialogue", "note")
PROBLEM_SLOTS = frozenset("pnvs")
ATTRIBUTE_SLOTS = frozenset(("duration", "onset", "severity", "site", "side", "value"))
PLAIN_SLOTS = frozenset(("who", "hist", "year", "time", "age", "number", "unit"))
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+)(?::([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """``name``: a problem slot, an attribute or a plain filling; ``claim``: what is claimed of a problem."""

    name: str
    claim: Assertion


Part = str | Slot


@dataclass(frozen=True)
class FrameBook:
    """The frames of one language. ``sentences``: (voice, claim) to frames; the rest are lists by name."""

    language: str
    sentences: Mapping[tuple[str, Assertion], tuple[str, ...]]
    idle: Mapping[str, tuple[str, ...]]
    opening: Mapping[str, tuple[str, ...]]
    joining: Mapping[str, tuple[str, ...]]
    fill: Mapping[str, tuple[str, ...]]

    def draw(self, voice: str, claim: Assertion, rng: np.random.Generator) -> list[Part]:
        """One frame of ``voice`` that claims ``claim``, its choices made, its plain fillings in place."""
        return self.parts(pick(self.sentences[voice, claim], rng), claim, rng)

    def parts(self, frame: str, claim: Assertion, rng: np.random.Generator) -> list[Part]:
        """``frame`` with its choices made, as text and slots."""
        chosen = _CHOICE.sub(lambda m: pick(m[1].split("|"), rng), frame)
        parts: list[Part] = []
        at = 0
        for match in _SLOT.finditer(chosen):
            parts.append(chosen[at : match.start()])
            name, at = match[1], match.end()
            if name in PROBLEM_SLOTS or name in ATTRIBUTE_SLOTS:
                parts.append(Slot(name, Assertion(match[2]) if match[2] else claim))
            else:
                parts.append(self.filled(name, rng))
        return [part for part in (*parts, chosen[at:]) if part]

    def filled(self, name: str, rng: np.random.Generator) -> str:
        """One filling of ``name``, its own slots filled."""
        return _SLOT.sub(lambda m: self.filled(m[1], rng), pick(self.fill[name], rng))


def pick(choices: tuple[str, ...] | list[str], rng: np.random.Generator) -> str:
    """One of ``choices``."""
    return choices[int(rng.integers(len(choices)))]


def read_frames(language: str, folder: Path = Path(__file__).parent) -> FrameBook:
    """The frames of ``language``. Raises ``KeyError`` where a voice lacks a claim."""
    with (folder / f"frames_{language}.toml").open("rb") as source:
        raw = tomllib.load(source)

    def table(name: str) -> dict[str, tuple[str, ...]]:
        return {key: tuple(values) for key, values in raw[name].items()}

    sentences = {(voice, claim): tuple(raw[voice][claim.value]["frames"]) for voice in VOICES for claim in Assertion}
    for voice, claim, frame in _more(folder / f"frames_{language}.tsv"):
        sentences[voice, claim] += (frame,)
    return FrameBook(language, sentences, table("idle"), table("open"), table("join"), table("fill"))


def _more(path: Path) -> Iterator[tuple[str, Assertion, str]]:
    """Further frames, one a line: voice, claim, frame. Raises ``CorpusError`` with file and line."""
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        parts = line.split("\t")
        slots = {match[1] for match in _SLOT.finditer(line)}
        sound = len(parts) == 3 and parts[0] in VOICES and parts[1] in set(Assertion) and slots & PROBLEM_SLOTS
        if not sound or slots - PROBLEM_SLOTS - ATTRIBUTE_SLOTS - PLAIN_SLOTS:
            raise CorpusError(f"{path}:{number}: expected voice, claim and a frame with a problem, found {line[:60]!r}")
        yield parts[0], Assertion(parts[1]), parts[2]
