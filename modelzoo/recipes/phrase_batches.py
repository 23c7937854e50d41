"""Wordings to be drawn together or pushed apart, chosen around the findings that a batch of complaints mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from modelzoo.corpora.phrases import Phrase
from modelzoo.recipes.wordings import disturb, tokenise

WORDINGS = 3


@dataclass(frozen=True)
class PhraseBatch:
    """``ids`` and ``mask`` ``(p, tokens)``; ``owners``: the finding of each; ``rows``: its place in ``wordings``."""

    ids: Tensor
    mask: Tensor
    owners: tuple[str, ...]
    rows: tuple[int, ...]


class PhraseSource:
    """Draws wordings that are not held out; neighbours of a finding are those that share a parent or a word with it."""

    def __init__(self, tokenizer: Tokenizer, phrases: Sequence[Phrase]) -> None:
        self._tokenizer = tokenizer
        self._wordings: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            if not phrase.held_out:
                self._wordings[phrase.finding].append(phrase.text)
        self._findings = sorted(self._wordings)
        self._near: dict[str, list[str]] = {}
        self.wordings = [(finding, text) for finding in self._findings for text in self._wordings[finding]]
        self._first = {finding: row for row, (finding, _) in reversed(list(enumerate(self.wordings)))}

    def set_neighbours(self, vectors: Tensor, nearest: int = 8) -> None:
        """Take as neighbours the findings whose ``vectors`` ``(findings, width)`` lie nearest."""
        order = (vectors @ vectors.T).topk(min(nearest + 1, len(self._findings)), dim=-1).indices.tolist()
        self._near = {f: [self._findings[i] for i in row] for f, row in zip(self._findings, order, strict=True)}

    @property
    def names(self) -> list[str]:
        """One wording of each finding, in the order that ``set_neighbours`` expects."""
        return [self._wordings[finding][0] for finding in self._findings]

    def draw(self, mentioned: Sequence[str], count: int, rng: np.random.Generator) -> PhraseBatch:
        """Wordings of up to ``count`` findings: those mentioned, some neighbours of theirs, and others at random."""
        chosen = dict.fromkeys(f for f in mentioned if f in self._wordings)
        for finding in list(chosen)[: count // 4]:
            near = self._near.get(finding)
            if near:
                chosen.setdefault(near[int(rng.integers(len(near)))])
        chosen = dict.fromkeys(list(chosen)[:count])
        for index in rng.permutation(len(self._findings)).tolist():
            if len(chosen) >= count:
                break
            chosen.setdefault(self._findings[index])
            near = self._near.get(self._findings[index], [])
            for other in near[1:3]:
                if len(chosen) < count:
                    chosen.setdefault(other)
        texts, owners, rows = [], [], []
        for finding in chosen:
            own = self._wordings[finding]
            for pick in rng.permutation(len(own))[:WORDINGS].tolist():
                texts.append(disturb(own[pick], rng))
                owners.append(finding)
                rows.append(self._first[finding] + pick)
        ids, mask = tokenise(self._tokenizer, texts, 32).batch(range(len(texts)))
        return PhraseBatch(ids, mask, tuple(owners), tuple(rows))


def vectors_of(states: Tensor, mask: Tensor) -> Tensor:
    """Sentence vectors in fp32."""
    weights = mask.unsqueeze(-1).float()
    return torch.nn.functional.normalize((states.float() * weights).sum(1) / weights.sum(1), dim=-1)
