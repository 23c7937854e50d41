"""Losses of the two training stages. Vectors are ``(n, width)`` fp32, of length 1 where not said otherwise."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

RELATION_TEMPERATURE = 0.1
CONTRAST_TEMPERATURE = 0.05


def token_loss(student: Tensor, teacher: Tensor, mask: Tensor) -> Tensor:
    """Squared error of the last token states, over real tokens, in units of the teacher's variance."""
    keep = mask.unsqueeze(-1).to(student.dtype)
    error = ((student - teacher).square() * keep).sum()
    spread = ((teacher - teacher.mean(dim=(0, 1))).square() * keep).sum()
    return error / spread.clamp(min=1e-6)


def sentence_loss(student: Tensor, teacher: Tensor, centre: Tensor) -> Tensor:
    """One minus cosine after taking the teacher's mean vector ``centre`` off both.

    All vectors of this base share one large direction (two unrelated texts have cosine 0.85), so a plain cosine
    would be pleased with a student that learnt that direction and nothing else.
    """
    return (1.0 - functional.cosine_similarity(student - centre, teacher - centre, dim=-1)).mean()


def relation_loss(student: Tensor, teacher: Tensor, centre: Tensor) -> Tensor:
    """Kullback-Leibler divergence between who is near whom inside the batch, self left out."""
    logits = []
    for vectors in (student, teacher):
        unit = functional.normalize(vectors - centre, dim=-1)
        similarity = unit @ unit.T / RELATION_TEMPERATURE
        same = torch.eye(len(unit), dtype=torch.bool)
        logits.append(similarity.masked_fill(same, -1e4).log_softmax(dim=-1))
    return functional.kl_div(logits[0], logits[1], log_target=True, reduction="batchmean")


def contrast_loss(vectors: Tensor, labels: Tensor) -> Tensor:
    """Supervised InfoNCE: each row is pulled to the rows that share its label and pushed from all others."""
    similarity = vectors @ vectors.T / CONTRAST_TEMPERATURE
    same_row = torch.eye(len(vectors), dtype=torch.bool)
    logs = similarity.masked_fill(same_row, -1e4).log_softmax(dim=-1)
    positive = (labels.unsqueeze(0) == labels.unsqueeze(1)) & ~same_row
    has_positive = positive.any(dim=-1)
    per_row = (logs * positive).sum(dim=-1) / positive.sum(dim=-1).clamp(min=1)
    return -per_row[has_positive].mean()
