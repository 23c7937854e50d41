"""Reads a text once with the shipped graph: what its heads say of every unit, windows stitched so that none shows.

A window is read with some pieces before and after it that only give it context; of each unit one window speaks. Spans
are decoded later over the stitched text, so a seam can neither lose nor double a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from modelzoo.runtime.units import Unit, units

FloatArray = npt.NDArray[np.float32]
OUTPUTS = ("token_states", "spans", "claims", "attach_query", "attach_key")
CONTEXT = 16  # pieces read on each side of a window for its sake alone
MAX_PIECES = 4_096  # of a longer text the first part is heard; what comes after is for the lexicon alone
_BEGIN, _END = 0, 2
_STOPS = frozenset(".!?。！？;；\n")  # the empty string is none of them

Run = Callable[[Sequence[str], dict[str, Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of ``units``, in order. ``states`` ``(u, width)``; ``spans`` logits ``(u, kinds, 3)`` for outside,
    begin, inside; ``claims`` logits ``(u, 6)``; ``query`` and ``key`` ``(u, 64)``."""

    units: tuple[Unit, ...]
    states: FloatArray
    spans: FloatArray
    claims: FloatArray
    query: FloatArray
    key: FloatArray


def listen(run: Run, tokenizer: Tokenizer, text: str, kinds: int, max_tokens: int) -> Heard:
    """Hear ``text``. ``run`` takes output names and inputs as an ONNX Runtime session does; ``tokenizer`` must not
    truncate or pad."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = encoding.ids[:MAX_PIECES]
    found = units(text, encoding.offsets[: len(ids)])
    ranges = [(0, len(ids))] if found else []
    if len(ids) > max_tokens - 2:
        ranges = windows(text, found, len(ids), max_tokens - 2 - 2 * CONTEXT)
    parts: list[list[FloatArray]] = [[] for _ in OUTPUTS]
    for first, last in ranges:
        own = [u for u in found if first <= u.first < last]
        low, high = max(0, first - CONTEXT), min(len(ids), last + CONTEXT)
        row = np.array([[_BEGIN, *ids[low:high], _END]], dtype=np.int64)
        outputs = run(OUTPUTS, {"input_ids": row, "attention_mask": np.ones_like(row)})
        places = [u.first - low + 1 for u in own]
        for part, output in zip(parts, outputs, strict=True):
            part.append(np.asarray(output[0], dtype=np.float32)[places])
    joined = [np.concatenate(part) if part else np.zeros((0, 0), dtype=np.float32) for part in parts]
    states, spans, claims, query, key = joined
    return Heard(tuple(found), states, spans.reshape(len(found), kinds, 3), claims, query, key)


def windows(text: str, found: Sequence[Unit], pieces: int, room: int) -> list[tuple[int, int]]:
    """Pieces ``[first, last)`` of each window, ``room`` at most: ended at a sentence's end in its second half, else
    between units."""
    ranges: list[tuple[int, int]] = []
    first = 0
    while first < pieces:
        last = min(pieces, first + room)
        if last < pieces:
            inside = [u for u in found if first < u.first <= last]
            ends = [u.first for u in inside if u.first > first + room // 2 and _after_stop(text, u.start)]
            last = ends[-1] if ends else (inside[-1].first if inside else last)
        ranges.append((first, last))
        first = last
    return ranges


def _after_stop(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t\u3000")
    return before[-1:] in _STOPS
