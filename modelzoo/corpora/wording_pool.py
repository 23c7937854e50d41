"""Wordings of the knowledge's findings and names of its conditions, ready to be put into frames."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from modelzoo.corpora.phrases import read_phrases

_VERBS = (
    "cannot can't could couldn't does doesn't do don't did didn't is isn't has hasn't have keeps feels looks gets got "
    "lost takes drinks eats ate drank fell falls swallowed hurts cries vomits passes wakes sleeps walks talks sees "
    "hears wants refuses stopped stops will won't was never"
).split()
_SUBJECT = re.compile(
    r"^(?:[a-z]+ ){1,3}(?:is|are|was|hurts?|aches?|feels?|keeps?|looks?|burns?|itch(?:es)?|bleeds?|swells?|peels?|"
    r"gets?|turns?|runs?|cannot|can't|won't|does|has|have|comes?|goes|went|gives)\b"
)
LISTED_KINDS = frozenset(("symptom", "sign"))


def slot_of(text: str, language: str) -> str:
    """Which slot of a frame takes ``text``: ``n``, ``v`` or ``s``; Chinese wordings fit everywhere and are ``n``."""
    lower = text.lower()
    if language != "en":
        return "n"
    if lower.split()[0] in _VERBS:
        return "v"
    return "s" if _SUBJECT.match(lower) else "n"


@dataclass(frozen=True, slots=True)
class Worded:
    """``text`` words ``finding`` (None: a condition's name). ``problem``: not merely an exposure or a result."""

    text: str
    finding: str | None
    problem: bool


class WordingPool:
    """Draws wordings that belong together: those of the findings of one condition, or any."""

    def __init__(self, sources: Path) -> None:
        """``sources``: the folder of the knowledge's records. Wordings held out for measuring are left out."""
        kinds: dict[str, str] = {}
        for path in sorted((sources / "findings").glob("*.toml")):
            with path.open("rb") as source:
                kinds[path.stem] = str(tomllib.load(source)["kind"])
        self._own: dict[tuple[str, str, str], list[Worded]] = defaultdict(list)
        self._any: dict[tuple[str, str], list[Worded]] = defaultdict(list)
        for phrase in read_phrases(sources / "findings"):
            if phrase.held_out:
                continue
            text = _tidy(phrase.text, phrase.language)
            word = Worded(text, phrase.finding, kinds[phrase.finding] in LISTED_KINDS)
            slot = slot_of(text, phrase.language)
            self._own[phrase.finding, phrase.language, slot].append(word)
            self._any[phrase.language, slot].append(word)
        self._conditions: list[list[str]] = []
        self._names: dict[str, list[Worded]] = defaultdict(list)
        for path in sorted((sources / "conditions").glob("*.toml")):
            with path.open("rb") as source:
                record = tomllib.load(source)
            found = [f for f, grade in record.get("findings", {}).items() if grade != "excluded" and f in kinds]
            self._conditions.append(found)
            for language, name in record.get("name", {}).items():
                self._names[language].append(Worded(_tidy(name, language), None, True))

    def together(self, rng: np.random.Generator) -> list[str]:
        """Findings of one condition, now and then of none in particular."""
        return self._conditions[int(rng.integers(len(self._conditions)))] if rng.random() < 0.7 else []

    def draw(self, language: str, slot: str, among: list[str], rng: np.random.Generator) -> Worded:
        """A wording for ``slot`` (``p`` takes any), of one of the findings ``among`` where one fits."""
        slots = ("n", "v", "s") if slot == "p" else (slot,)
        if language != "en":
            slots = ("n",)
        slot = slots[int(rng.integers(len(slots)))]
        for index in rng.permutation(len(among))[:4].tolist():
            own = self._own.get((among[index], language, slot))
            if own:
                return own[int(rng.integers(len(own)))]
        pool = self._any[language, slot]
        return pool[int(rng.integers(len(pool)))]

    def own(self, finding: str, language: str, slot: str, rng: np.random.Generator) -> Worded | None:
        """A wording of ``finding`` that fits ``slot``, or None where it has none."""
        slots = "n" if language != "en" else "nvs" if slot == "p" else slot
        words = [word for s in slots for word in self._own.get((finding, language, s), ())]
        return words[int(rng.integers(len(words)))] if words else None

    def named(self, language: str, rng: np.random.Generator) -> Worded:
        """The name of a condition."""
        names = self._names[language]
        return names[int(rng.integers(len(names)))]


def _tidy(text: str, language: str) -> str:
    """A name's first capital goes in the middle of a sentence, an abbreviation's stays."""
    text = re.sub(r"[（(][^（()）]*[)）]", "", text).strip() or text
    return text[0].lower() + text[1:] if language == "en" and text[1:2].islower() else text
