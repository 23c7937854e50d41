"""What the 12-layer base says about every training text, computed once and kept on disk.

Token states of the last layer are kept as fp16; a sentence vector is their mean, so both targets come from one file.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import BertModel

MAX_TOKENS = 64
PAD_ID = 1


@dataclass(frozen=True)
class TokenisedTexts:
    """Texts cut into pieces, laid end to end: text ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> npt.NDArray[np.int64]:
        return np.diff(self.starts)

    def batch(self, rows: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
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


def length_batches(lengths: npt.NDArray[np.int64], size: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Every row once, in batches of about equal length, in an order that ``rng`` fixes."""
    # A little noise on the length keeps the batches of one epoch from being those of the next.
    order = np.argsort(lengths + rng.uniform(0, 2.0, size=len(lengths)), kind="stable")
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    for index in rng.permutation(len(batches)):
        yield batches[index].tolist()


def cache_states(teacher: BertModel, texts: TokenisedTexts, path: Path, batch: int = 64) -> npt.NDArray[np.float16]:
    """Last token states of ``teacher``, shape ``(all tokens, width)``, memory-mapped from ``path``.

    An unfinished file has another name, so what stands at ``path`` is complete.
    """
    width = int(teacher.config.hidden_size)
    shape = (int(texts.starts[-1]), width)
    if path.exists():
        return np.memmap(path, dtype=np.float16, mode="r", shape=shape)
    partial = path.with_suffix(".partial")
    states = np.memmap(partial, dtype=np.float16, mode="w+", shape=shape)
    started = time.monotonic()
    rng = np.random.default_rng(0)
    for number, rows in enumerate(length_batches(texts.lengths(), batch, rng)):
        ids, mask = texts.batch(rows)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            found = teacher(ids, attention_mask=mask).last_hidden_state.float().numpy()
        for row, state in zip(rows, found, strict=True):
            start, end = texts.starts[row], texts.starts[row + 1]
            states[start:end] = state[: end - start]
        if number % 200 == 0:
            print(f"teacher: batch {number}, {time.monotonic() - started:.0f} s", flush=True)
    states.flush()
    partial.rename(path)
    return np.memmap(path, dtype=np.float16, mode="r", shape=shape)
