"""Blocks: passages cut into pieces, laid after each other as they follow in the source, with labels on the pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Passage
from modelzoo.recipes.teacher import PAD_ID
from modelzoo.runtime.units import Unit, units

MAX_TOKENS = 128
IGNORE = -100
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
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


@dataclass(frozen=True, slots=True)
class Marked:
    """One mention in a block: the pieces that begin its units, the claims allowed, the finding meant."""

    kind: str
    pieces: tuple[int, ...]
    claims: tuple[int, ...]
    finding: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """``ids`` with special pieces; ``labels`` ``(tokens, kinds)`` int8, ``IGNORE`` where nothing is asked; ``parts``:
    each passage and the number of its first piece."""

    ids: tuple[int, ...]
    labels: npt.NDArray[np.int8]
    marked: tuple[Marked, ...]
    attached: tuple[tuple[int, int], ...]
    parts: tuple[tuple[Piece, int], ...]


def cut(tokenizer: Tokenizer, passages: Sequence[Passage]) -> list[Piece]:
    """Passages as pieces; what is longer than a block is cut off at its end."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = []
    for start in range(0, len(passages), 2_000):
        part = passages[start : start + 2_000]
        for passage, encoding in zip(
            part, tokenizer.encode_batch([p.text for p in part], add_special_tokens=False), strict=True
        ):
            ids = encoding.ids[: MAX_TOKENS - 2]
            pieces.append(Piece(passage, ids, units(passage.text, encoding.offsets[: len(ids)])))
    return pieces


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


def block(held: Sequence[Piece], kinds: Sequence[str] = KINDS) -> Block:
    """One block of ``held``, which must fit."""
    ids: list[int] = [0]
    parts: list[tuple[Piece, int]] = []
    for piece in held:
        parts.append((piece, len(ids)))
        ids += piece.ids
    ids.append(2)
    labels = np.full((len(ids), len(kinds)), IGNORE, dtype=np.int8)
    marked: list[Marked] = []
    attached: list[tuple[int, int]] = []
    for piece, at in parts:
        numbers = _label(piece, at, kinds, labels, marked)
        links = ((numbers.get(a.attribute), numbers.get(a.problem)) for a in piece.passage.attachments)
        attached += [(a, p) for a, p in links if a is not None and p is not None]
    return Block(tuple(ids), labels, tuple(marked), tuple(attached), tuple(parts))


def _label(
    piece: Piece, at: int, kinds: Sequence[str], labels: npt.NDArray[np.int8], marked: list[Marked]
) -> dict[int, int]:
    """Fill in ``labels`` and ``marked``; where each mention of the passage stands in ``marked``."""
    firsts = [at + unit.first for unit in piece.units]
    for column, kind in enumerate(kinds):
        if kind in piece.passage.kinds:
            labels[firsts, column] = OUTSIDE
    place = {kind: column for column, kind in enumerate(kinds)}
    numbers: dict[int, int] = {}
    for number, mention in enumerate(piece.passage.mentions):
        own = [at + u.first for u in piece.units if u.start < mention.end and mention.start < u.end]
        if not own or mention.kind not in place:
            continue
        labels[own, place[mention.kind]] = INSIDE
        labels[own[0], place[mention.kind]] = BEGIN
        if mention.kind == BACKGROUND and PROBLEM in place:
            # "takes lithium", "has asthma": whether it is also a problem of today, the sets do not agree on.
            labels[own, place[PROBLEM]] = IGNORE
        numbers[number] = len(marked)
        claims = tuple(ASSERTIONS.index(claim) for claim in mention.claims)
        marked.append(Marked(mention.kind, tuple(own), claims, mention.finding))
    return numbers


@dataclass(frozen=True)
class Batch:
    """Padded blocks. ``mentions`` ``(m, n * tokens)``: rows that average the pieces of each mention."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    mentions: Tensor
    claims: Tensor
    kinds: tuple[str, ...]
    rows: Tensor
    findings: tuple[str | None, ...]
    attached: Tensor


def collate(blocks: Sequence[Block]) -> Batch:
    """``claims``: ``(m, 6)`` bool, all false where nothing is asked; ``rows``: the block of each mention;
    ``attached``: ``(k, 2)`` numbers of attribute and problem mentions."""
    width = max(len(b.ids) for b in blocks)
    ids = np.full((len(blocks), width), PAD_ID, dtype=np.int64)
    labels = np.full((len(blocks), width, blocks[0].labels.shape[1]), IGNORE, dtype=np.int64)
    every: list[Marked] = []
    rows: list[int] = []
    attached: list[tuple[int, int]] = []
    for row, one in enumerate(blocks):
        ids[row, : len(one.ids)] = one.ids
        labels[row, : len(one.ids)] = one.labels
        attached += [(a + len(every), p + len(every)) for a, p in one.attached]
        every += one.marked
        rows += [row] * len(one.marked)
    places = [(m, rows[m] * width + p, 1.0 / len(x.pieces)) for m, x in enumerate(every) for p in x.pieces]
    weights = torch.zeros((len(every), len(blocks) * width))
    for m, column, weight in places:
        weights[m, column] = weight
    claims = torch.zeros((len(every), len(ASSERTIONS)), dtype=torch.bool)
    for m, x in enumerate(every):
        claims[m, list(x.claims)] = True
    return Batch(
        torch.from_numpy(ids), torch.from_numpy((ids != PAD_ID).astype(np.int64)), torch.from_numpy(labels), weights,
        claims, tuple(x.kind for x in every), torch.tensor(rows, dtype=torch.long),
        tuple(x.finding for x in every), torch.tensor(attached, dtype=torch.long).reshape(-1, 2),
    )  # fmt: skip
