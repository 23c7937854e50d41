"""Counting words: one layer from tf-idf to conditions, as logistic regression has it. Needs the workshop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from torch import Tensor
from torch.nn import functional

RATE, DECAY, EPOCHS, BATCH = 0.03, 0.01, 10, 256
FloatArray = npt.NDArray[np.float32]


def counted(texts: Sequence[str], rows: npt.NDArray[np.int64], asked: Sequence[str], count: int) -> FloatArray:
    """Scores of ``count`` conditions for the texts ``asked``, learnt from ``texts`` and the condition of each."""
    words = TfidfVectorizer(analyzer=words_of, sublinear_tf=True, min_df=2, dtype=np.float32)
    known, right = words.fit_transform(texts), torch.from_numpy(rows)
    torch.manual_seed(0)
    table = torch.zeros(known.shape[1], count, requires_grad=True)
    optimiser = torch.optim.AdamW([table], lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(right)).split(BATCH):
            optimiser.zero_grad()
            functional.cross_entropy(_summed(known[chosen.numpy()], table), right[chosen]).backward()
            optimiser.step()
    with torch.no_grad():
        return np.asarray(_summed(words.transform(asked), table).numpy())


def words_of(text: str) -> list[str]:
    """Words, and of Chinese every two characters that stand together."""
    found = re.findall(r"[a-z0-9']+", text.lower())
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        found += [run[i : i + 2] for i in range(max(1, len(run) - 1))]
    return found


def _summed(counts: Any, table: Tensor) -> Tensor:
    """The rows of ``table`` summed by the sparse matrix ``counts``."""
    places, starts = (torch.from_numpy(part.astype(np.int64)) for part in (counts.indices, counts.indptr[:-1]))
    weights = torch.from_numpy(counts.data)
    return functional.embedding_bag(places, table, starts, mode="sum", per_sample_weights=weights)
