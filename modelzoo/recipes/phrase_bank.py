"""Every wording of the knowledge at once as rivals: a phrase is taught to find its finding among all of them.

A batch alone sets a phrase against two dozen findings; the program sets it against all. The bank holds a fixed model's
vectors of all wordings, as the pack does, and the score of a finding is that of its nearest wordings.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

TEMPERATURE = 0.05


class PhraseBank:
    """``vectors`` ``(wordings, width)`` of length 1; ``owners``: the finding of each."""

    def __init__(self, vectors: Tensor, owners: Sequence[str]) -> None:
        self._vectors = vectors
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(owners))}
        self._owners = torch.tensor([self._numbers[name] for name in owners])
        self._counts = torch.bincount(self._owners, minlength=len(self._numbers))

    def loss(self, asked: Tensor, findings: Sequence[str], own: Sequence[int]) -> Tensor:
        """Cross entropy of the right finding, a mean over ``asked`` ``(p, width)``.

        ``own``: the row of the bank that is the very wording asked, which must not answer itself, or -1. A phrase
        whose finding has no other wording is passed over.
        """
        wanted = torch.tensor([self._numbers.get(name, -1) for name in findings])
        rows = torch.tensor(own)
        others = self._counts[wanted.clamp(min=0)] - (rows >= 0).long()
        usable = (wanted >= 0) & (others > 0)
        if not usable.any():
            return asked.sum() * 0.0
        wanted, rows = wanted[usable], rows[usable]
        scores = asked[usable].float() @ self._vectors.T / TEMPERATURE
        itself = torch.arange(len(self._vectors)).unsqueeze(0) == rows.unsqueeze(1)
        raised = scores.exp().masked_fill(itself, 0.0)
        sums = torch.zeros((len(wanted), len(self._numbers))).index_add(1, self._owners, raised)
        return (sums.sum(dim=1).log() - sums.gather(1, wanted.unsqueeze(1)).squeeze(1).log()).mean()
