"""Passages as the tokenizer's pieces, and what goes into one reading together; the kinds that models are taught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from tokenizers import Tokenizer

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Passage, part_of
from modelzoo.runtime.listening import windows
from modelzoo.runtime.units import Unit, units

MAX_TOKENS = 128
ASSERTIONS = tuple(Assertion)
ATTRIBUTES = tuple(f"clinic.{name}" for name in ("duration", "onset", "severity", "site", "side", "value"))
PROBLEM, BACKGROUND = "clinic.problem", "clinic.background"
KINDS: tuple[str, ...] = (
    PROBLEM, BACKGROUND, *ATTRIBUTES,
    "bc5cdr.chemical", "bc5cdr.disease", "ncbi.disease",
    "psytar.adr", "psytar.wd", "psytar.ssi", "psytar.di",
    *(f"maccrobat.{name}" for name in (
        "sign_symptom disease_disorder biological_structure severity duration medication history family_history age "
        "sex detailed_description lab_value diagnostic_procedure therapeutic_procedure frequency date dosage").split()),
    "cmdd.symptom",
    *(f"cmedqaner.{name}" for name in
      "disease symptom body treatment crowd drug test physiology feature time department".split()),
)  # fmt: skip
UNVERIFIED_KINDS = ("anatem.anatomy", *(f"cmeee.{k}" for k in "dis sym dru equ pro bod ite mic dep".split()))


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage as pieces, without special ones; ``units`` count from its first piece."""

    passage: Passage
    ids: list[int]
    units: list[Unit]


def cut(tokenizer: Tokenizer, passages: Sequence[Passage]) -> list[Piece]:
    """Passages as pieces; one that is longer than a block becomes several, parted where sentences end."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = []
    for start in range(0, len(passages), 2_000):
        part = passages[start : start + 2_000]
        encodings = tokenizer.encode_batch([p.text for p in part], add_special_tokens=False)
        for passage, encoding in zip(part, encodings, strict=True):
            pieces += _parts(passage, encoding.ids, encoding.offsets)
    return pieces


def _parts(passage: Passage, ids: list[int], offsets: list[tuple[int, int]]) -> Iterator[Piece]:
    found = units(passage.text, offsets)
    if len(ids) <= MAX_TOKENS - 2:
        yield Piece(passage, ids, found)
        return
    for first, last in windows(passage.text, found, len(ids), MAX_TOKENS - 2):
        low = offsets[first][0]
        own = [(max(a - low, 0), b - low) for a, b in offsets[first:last]]
        part = part_of(passage, low, offsets[last - 1][1])
        yield Piece(part, ids[first:last], units(part.text, own))


def pack(pieces: Iterable[Piece], rng: np.random.Generator | None = None) -> Iterator[list[Piece]]:
    """What goes into one block each: passages that follow each other in one group.

    Without ``rng`` each block is as full as it goes; with it, lengths vary so that short texts are met as well.
    """
    for _, group in groupby(pieces, key=lambda p: (p.passage.source, p.passage.group)):
        held: list[Piece] = []
        room = _room(rng)
        for piece in group:
            if held and sum(len(p.ids) for p in held) + len(piece.ids) > room:
                yield held
                held, room = [], _room(rng)
            held.append(piece)
        yield held


def _room(rng: np.random.Generator | None) -> int:
    if rng is None or rng.random() < 0.6:
        return MAX_TOKENS - 2
    return int(rng.integers(16, MAX_TOKENS - 2))
