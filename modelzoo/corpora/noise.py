"""What hurried hands do to a text: small letters, lost marks, slips of the keyboard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_MARKS_EN, _MARKS_ZH = ",.;:", "，。；、：？"
_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """How one complaint is typed. ``case``: "lower", "upper" or "as is"; ``marks``: whether marks are kept;
    ``slips``: share of longer words with a slip."""

    case: str
    marks: bool
    slips: float

    @classmethod
    def draw(cls, language: str, voice: str, rng: np.random.Generator) -> Noise:
        """Patients and scribblers type worse than those who write notes."""
        hurried = voice in ("patient", "relative", "scribble")
        case = "lower" if rng.random() < 0.4 else "upper" if rng.random() < 0.03 else "as is"
        marks = rng.random() > (0.2 if hurried else 0.03)
        slips = float(rng.choice((0.0, 0.05, 0.15), p=(0.6, 0.28, 0.12))) if hurried and language == "en" else 0.0
        return cls(case, marks, slips)

    def apply(self, text: str, mention: bool, rng: np.random.Generator) -> str:
        """``text`` as it is typed; a mention's own marks stay, they may belong to a number."""
        if not self.marks and not mention and "\n" not in text:
            text = "".join(" " if c in _MARKS_EN else "" if c in _MARKS_ZH and rng.random() < 0.5 else c for c in text)
            text = " ".join(text.split()) if text.strip() else text[:1]
        if self.slips:
            text = " ".join(_slip(w, rng) if rng.random() < self.slips else w for w in text.split(" "))
        if self.case == "lower":
            return text.lower()
        return text.upper() if self.case == "upper" else text


def _slip(word: str, rng: np.random.Generator) -> str:
    """One letter lost, doubled, swapped with its neighbour or hit beside; short words and numbers stay."""
    if len(word) < 5 or not (word.isascii() and word.isalpha()):
        return word
    at = int(rng.integers(1, len(word) - 1))
    match int(rng.integers(4)):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            near = _NEAR.get(word[at].lower(), word[at])
            return word[:at] + near[int(rng.integers(len(near)))] + word[at + 1 :]
