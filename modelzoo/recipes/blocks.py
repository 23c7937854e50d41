"""Blocks: passages cut into pieces, laid after each other as they follow in the source, with labels on the pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from modelzoo.corpora.pieces import ASSERTIONS, BACKGROUND, KINDS, PROBLEM, Piece
from modelzoo.recipes.wordings import PAD_ID

IGNORE = -100
OUTSIDE, BEGIN, INSIDE = 0, 1, 2


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
