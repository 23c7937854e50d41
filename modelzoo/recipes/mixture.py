"""Which blocks a run meets, in which order: a function of the seed and the number of the micro-batch alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from tokenizers import Tokenizer

from modelzoo.corpora.annotated import Passage, share_of
from modelzoo.corpora.pieces import Piece, cut, pack
from modelzoo.recipes.blocks import Batch, block, collate

TOKENS = 2_048  # padded tokens of a micro-batch
Generate = Callable[[int], list[Passage]]


@dataclass(frozen=True)
class Shares:
    """``per_epoch``: how often each set's groups are met in an epoch (0.5: every second group, another half each
    time); ``one_in``: keep only one group in so many, chosen by hash, for comparisons on a part of the data."""

    per_epoch: Mapping[str, float]
    one_in: int = 1


class Mixture:
    """``generate(epoch)`` gives the generated passages of an epoch, fresh each time."""

    def __init__(
        self, tokenizer: Tokenizer, passages: Sequence[Passage], generate: Generate, shares: Shares,
        kinds: Sequence[str], seed: int,
    ) -> None:  # fmt: skip
        self._tokenizer, self._generate, self._kinds, self._seed = tokenizer, generate, kinds, seed
        kept = [
            p for p in passages
            if p.source in shares.per_epoch
            and (shares.one_in == 1 or share_of(f"part:{p.source}:{p.group}", shares.one_in))
        ]  # fmt: skip
        pieces = cut(tokenizer, kept)
        self.groups = [list(g) for _, g in groupby(pieces, key=lambda p: (p.passage.source, p.passage.group))]
        self._shares = shares
        self._starts = [0]
        self._plan: tuple[int, list[list[list[Piece]]]] = (-1, [])

    def batch(self, number: int) -> Batch:
        """Micro-batch ``number``; asking in rising order is cheap."""
        epoch = next((e for e, start in enumerate(self._starts) if start > number), len(self._starts)) - 1
        while True:
            if self._plan[0] != epoch:
                self._plan = (epoch, self._epoch(epoch))
            end = self._starts[epoch] + len(self._plan[1])
            if len(self._starts) == epoch + 1:
                self._starts.append(end)
            if number < end:
                held = self._plan[1][number - self._starts[epoch]]
                return collate([block(one, self._kinds) for one in held])
            epoch += 1

    def _epoch(self, epoch: int) -> list[list[list[Piece]]]:
        rng = np.random.default_rng([self._seed, 7, epoch])
        chosen: list[list[Piece]] = []
        for group in self.groups:
            share = self._shares.per_epoch[group[0].passage.source]
            times = int(share) + (rng.random() < share % 1)
            for _ in range(times):
                chosen += pack(group, rng)
        chosen += pack(cut(self._tokenizer, self._generate(epoch)), rng)
        return batches_of(chosen, rng)


def batches_of(blocks: list[list[Piece]], rng: np.random.Generator) -> list[list[list[Piece]]]:
    """Blocks of about equal length together, at most ``TOKENS`` padded tokens a batch, batches in random order."""
    lengths = np.array([sum(len(p.ids) for p in held) + 2 for held in blocks])
    order = np.argsort(lengths + rng.uniform(0, 12, size=len(lengths)), kind="stable")
    batches: list[list[list[Piece]]] = [[]]
    longest = 0
    for index in order.tolist():
        longest = max(longest, int(lengths[index]))
        if batches[-1] and longest * (len(batches[-1]) + 1) > TOKENS:
            batches.append([])
            longest = int(lengths[index])
        batches[-1].append(blocks[index])
    return [batches[i] for i in rng.permutation(len(batches)).tolist()]
