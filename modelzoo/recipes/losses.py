"""Losses that more than one lesson uses."""

from __future__ import annotations

import torch
from torch import Tensor

CONTRAST_TEMPERATURE = 0.05


def token_loss(student: Tensor, teacher: Tensor, mask: Tensor) -> Tensor:
    """Squared error of the last token states, over real tokens, in units of the teacher's variance."""
    keep = mask.unsqueeze(-1).to(student.dtype)
    error = ((student - teacher).square() * keep).sum()
    spread = ((teacher - teacher.mean(dim=(0, 1))).square() * keep).sum()
    return error / spread.clamp(min=1e-6)


def contrast_loss(vectors: Tensor, labels: Tensor) -> Tensor:
    """Supervised InfoNCE: each row is pulled to the rows that share its label and pushed from all others."""
    similarity = vectors @ vectors.T / CONTRAST_TEMPERATURE
    same_row = torch.eye(len(vectors), dtype=torch.bool)
    logs = similarity.masked_fill(same_row, -1e4).log_softmax(dim=-1)
    positive = (labels.unsqueeze(0) == labels.unsqueeze(1)) & ~same_row
    has_positive = positive.any(dim=-1)
    per_row = (logs * positive).sum(dim=-1) / positive.sum(dim=-1).clamp(min=1)
    return -per_row[has_positive].mean()
