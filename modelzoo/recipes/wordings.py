"""Short texts as the training meets them: cut into pieces, mistyped, and as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from modelzoo.recipes.bert import pool

MAX_TOKENS = 64
PAD_ID = 1
TYPO_SHARE = 0.10
LOWER_SHARE = 0.30
UPPER_SHARE = 0.05


@dataclass(frozen=True)
class TokenisedTexts:
    """Texts cut into pieces, laid end to end: text ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> npt.NDArray[np.int64]:
        return np.diff(self.starts)

    def batch(self, rows: Sequence[int]) -> tuple[Tensor, Tensor]:
        """``input_ids`` and ``attention_mask`` of the rows, padded to the longest, both ``(n, tokens)`` int64."""
        pieces = [self.ids[self.starts[row] : self.starts[row + 1]] for row in rows]
        width = max(len(piece) for piece in pieces)
        ids = np.full((len(pieces), width), PAD_ID, dtype=np.int64)
        mask = np.zeros((len(pieces), width), dtype=np.int64)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece)] = piece
            mask[row, : len(piece)] = 1
        return torch.from_numpy(ids), torch.from_numpy(mask)


def tokenise(tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int = MAX_TOKENS) -> TokenisedTexts:
    """Cut every text into at most ``max_tokens`` pieces, the two special ones counted."""
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    rows: list[list[int]] = []
    for start in range(0, len(texts), 2_000):
        rows.extend(encoding.ids for encoding in tokenizer.encode_batch(list(texts[start : start + 2_000])))
    starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    return TokenisedTexts(np.fromiter((i for row in rows for i in row), dtype=np.int32), starts)


def embed(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], batch: int = 64) -> Tensor:
    """Sentence vectors ``(len(texts), width)`` of length 1, fp32."""
    tokenised = tokenise(tokenizer, texts)
    order = np.argsort(tokenised.lengths(), kind="stable")
    vectors = torch.empty((len(texts), int(model.config.hidden_size)))
    for start in range(0, len(order), batch):
        rows = order[start : start + batch].tolist()
        ids, mask = tokenised.batch(rows)
        with torch.no_grad():
            vectors[rows] = pool(model(ids, attention_mask=mask).last_hidden_state, mask)
    return vectors


def disturb(text: str, rng: np.random.Generator) -> str:
    """``text`` as someone in a hurry types it: often in small letters, sometimes one letter gone or doubled."""
    draw = rng.random()
    if draw < LOWER_SHARE:
        return text.lower()
    if draw < LOWER_SHARE + UPPER_SHARE:
        return text.upper()
    if draw < LOWER_SHARE + UPPER_SHARE + TYPO_SHARE and text.isascii() and len(text) > 5:
        at = int(rng.integers(1, len(text) - 1))
        return text[:at] + text[at + 1 :] if rng.random() < 0.5 else text[:at] + text[at] + text[at:]
    return text
