"""Units: the smallest stretches of a text that a label can be put on, read off the tokenizer's pieces.

A unit begins with a piece that begins a word (a run of letters, a run of digits, a Han character, a mark) and holds
the pieces that go on with it. Training puts labels on the first piece of each unit, and reading decodes there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+|\d+|\S")


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces ``[first, last)`` cover the characters ``[start, end)``, blanks at the edges left out."""

    first: int
    last: int
    start: int
    end: int


def units(text: str, offsets: Sequence[tuple[int, int]]) -> list[Unit]:
    """Units of ``text``. ``offsets``: characters of each piece; special pieces have empty ones."""
    begins = {match.start() for match in _WORD.finditer(text)}
    found: list[Unit] = []
    for piece, (low, high) in enumerate(offsets):
        while low < high and text[low].isspace():
            low += 1
        if low == high:
            continue
        if low in begins or not found:
            found.append(Unit(piece, piece + 1, low, high))
        else:
            found[-1] = Unit(found[-1].first, piece + 1, found[-1].start, high)
    return found
