"""What each task of the reading model costs. Every function gives zero where a batch asks nothing of its task."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from modelzoo.corpora.pieces import ATTRIBUTES
from modelzoo.recipes.blocks import IGNORE, Batch
from modelzoo.recipes.losses import contrast_loss
from modelzoo.recipes.reader_model import Read, mean_over, unit

_NEVER = -1e4


def span_loss(read: Read, batch: Batch, smoothing: float = 0.0) -> Tensor:
    """Cross entropy of the span labels, summed over the kinds asked for, a mean over the units."""
    asked = batch.labels != IGNORE
    if not asked.any():
        return read.spans.sum() * 0.0
    logits, wanted = read.spans.float()[asked], batch.labels[asked]
    total = functional.cross_entropy(logits, wanted, reduction="sum", label_smoothing=smoothing)
    return total / asked.any(dim=-1).sum()


def claim_loss(read: Read, batch: Batch) -> Tensor:
    """Minus the log of what the allowed assertions have together, a mean over the mentions that say."""
    asked = batch.claims.any(dim=-1)
    if not asked.any():
        return read.claims.sum() * 0.0
    logs = mean_over(batch.mentions[asked], read.claims.float()).log_softmax(dim=-1)
    allowed = logs.masked_fill(~batch.claims[asked], _NEVER).logsumexp(dim=-1)
    return -allowed.mean()


def attach_scores(read: Read, batch: Batch) -> tuple[Tensor, Tensor]:
    """For each attribute that belongs to something: scores of all mentions ``(k, m)``, and which is right."""
    query = mean_over(batch.mentions, read.query.float())[batch.attached[:, 0]]
    key = mean_over(batch.mentions, read.key.float())
    rivals = torch.tensor([kind not in ATTRIBUTES for kind in batch.kinds])
    same = batch.rows.unsqueeze(0) == batch.rows[batch.attached[:, 0]].unsqueeze(1)
    scores = (query @ key.T / 8.0).masked_fill(~(same & rivals), _NEVER)
    return scores, batch.attached[:, 1]


def attach_loss(read: Read, batch: Batch) -> Tensor:
    """Cross entropy of the problem that an attribute belongs to, among the problems of its block."""
    if not len(batch.attached):
        return (read.query.sum() + read.key.sum()) * 0.0
    return functional.cross_entropy(*attach_scores(read, batch))


def phrase_loss(read: Read, batch: Batch, phrases: Tensor, owners: tuple[str, ...]) -> Tensor:
    """Mentions of a finding in their context and its wordings alone lie together, other findings apart.

    ``phrases`` ``(p, width)`` of length 1 belong to the findings ``owners``.
    """
    known = [m for m, finding in enumerate(batch.findings) if finding is not None]
    in_context = unit(mean_over(batch.mentions[known], read.states.float()))
    names = [str(batch.findings[m]) for m in known] + list(owners)
    numbers = {name: index for index, name in enumerate(dict.fromkeys(names))}
    return contrast_loss(torch.cat([in_context, phrases]), torch.tensor([numbers[name] for name in names]))
