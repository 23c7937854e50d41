"""The reading model: one encoder, and heads that read everything from its last token states.

All heads are computed for every token, so that one graph reads a text once: what is said of a mention is the mean of
what is said of its pieces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from transformers import BertModel

ASSERTION_CLASSES = 6
ATTACH_WIDTH = 64


@dataclass(frozen=True)
class Read:
    """What the model says of ``(n, tokens)`` pieces. ``states`` ``(n, tokens, width)``; ``spans`` logits ``(n, tokens,
    kinds, 3)``; ``claims`` logits ``(n, tokens, 6)``; ``query`` and ``key`` ``(n, tokens, 64)``: an attribute belongs
    to the problem whose mean key has the largest product with the attribute's mean query."""

    states: Tensor
    spans: Tensor
    claims: Tensor
    query: Tensor
    key: Tensor


class Heads(nn.Module):
    """Linear spans, a small perceptron for assertion, two projections for attachment."""

    def __init__(self, width: int, kinds: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.kinds = kinds
        self.drop = nn.Dropout(dropout)
        self.spans = nn.Linear(width, 3 * kinds)
        self.claims = nn.Sequential(nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, ASSERTION_CLASSES))
        self.query = nn.Linear(width, ATTACH_WIDTH)
        self.key = nn.Linear(width, ATTACH_WIDTH)

    def weights(self) -> dict[str, list[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]]:
        """Linear layers by output of the exported graph: weights ``(in, out)`` and bias."""
        parts = {
            "spans": [self.spans], "claims": [self.claims[0], self.claims[2]], "attach_query": [self.query],
            "attach_key": [self.key],
        }  # fmt: skip
        return {
            name: [(layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()) for layer in layers]
            for name, layers in parts.items()
        }

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        seen = self.drop(states)
        spans = self.spans(seen).unflatten(-1, (self.kinds, 3))
        return spans, self.claims(seen), self.query(seen), self.key(seen)


class ReaderModel(nn.Module):
    """``encoder`` with ``heads``."""

    def __init__(self, encoder: BertModel, kinds: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(int(encoder.config.hidden_size), kinds)

    def forward(self, ids: Tensor, mask: Tensor, vectors: Tensor | None = None) -> Read:
        """``vectors``: word embeddings to use in place of those of ``ids`` (adversarial training)."""
        words = {"input_ids": ids} if vectors is None else {"inputs_embeds": vectors}
        states = self.encoder(**words, attention_mask=mask).last_hidden_state
        return Read(states, *self.heads(states))


def mean_over(mentions: Tensor, tokens: Tensor) -> Tensor:
    """Mean of ``tokens`` ``(n, t, d)`` over the pieces of each mention: ``(m, n * t)`` weights give ``(m, d)``."""
    return mentions @ tokens.flatten(0, 1).to(mentions.dtype)


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Mean over real tokens, then length 1."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return nn.functional.normalize((states * weights).sum(1) / weights.sum(1).clamp(min=1.0), dim=-1)


def unit(vectors: Tensor) -> Tensor:
    """Rows of length 1."""
    return torch.nn.functional.normalize(vectors, dim=-1)
