"""Units: the smallest stretches of a text that a label can be put on, read off the tokenizer's pieces.

A unit begins with a piece that begins a word (a run of letters, a run of digits, a Han character, a mark) and holds
the pieces that go on with it. Training puts labels on the first piece of each unit, and reading decodes there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
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


def decode(logits: FloatArray) -> list[tuple[int, int]]:
    """Best path under "inside only after begin or inside": logits ``(units, 3)`` to spans of units."""
    if not len(logits):
        return []
    never = np.float32(-1e9)
    allowed = np.array([[0, 0, never], [0, 0, 0], [0, 0, 0]], dtype=np.float32)  # from row to column
    best = logits[0] + allowed[0]
    back = np.zeros(logits.shape, dtype=np.int64)
    for index in range(1, len(logits)):
        paths = best[:, None] + allowed
        back[index] = paths.argmax(axis=0)
        best = paths.max(axis=0) + logits[index]
    label = int(best.argmax())
    labels = [label]
    for index in range(len(logits) - 1, 0, -1):
        label = int(back[index][label])
        labels.append(label)
    labels.reverse()
    spans: list[tuple[int, int]] = []
    for index, value in enumerate(labels):
        if value == 1:
            spans.append((index, index + 1))
        elif value == 2:
            spans[-1] = (spans[-1][0], index + 1)
    return spans
