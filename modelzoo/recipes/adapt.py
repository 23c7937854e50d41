"""Masked language modelling: the base reads medical English and Chinese before it is taught any task."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from transformers import BertModel

from modelzoo.recipes.run import Losses, Run, Schedule
from modelzoo.recipes.wordings import PAD_ID

MASK_SHARE = 0.15
BLOCK = 128
_FIRST_WORD = 4  # ids below are special pieces


class MaskedModel(nn.Module):
    """The encoder with the row of a mask piece put behind its words, and its own word embeddings as the decoder."""

    def __init__(self, encoder: BertModel, mask_row: Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.mask_row = nn.Parameter(mask_row.clone())
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))
        width = int(encoder.config.hidden_size)
        self.turn = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))

    def forward(self, ids: Tensor, mask: Tensor, hidden: Tensor, wanted: Tensor) -> Tensor:
        """Mean loss over the positions where ``wanted`` is not -100. ``hidden``: where the mask piece stands."""
        words = self.encoder.embeddings.word_embeddings.weight
        vectors = nn.functional.embedding(ids, words)
        vectors = torch.where(hidden.unsqueeze(-1), self.mask_row, vectors)
        states = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        asked = wanted >= 0
        logits = self.turn(states[asked]) @ words.T + self.bias
        return nn.functional.cross_entropy(logits.float(), wanted[asked])


def blocks_of(rows: Sequence[Sequence[int]], begin: int = 0, end: int = 2) -> list[list[int]]:
    """Texts (ids without special pieces) laid after each other, a separator between, in blocks of ``BLOCK``."""
    blocks: list[list[int]] = [[begin]]
    for row in rows:
        for at in range(0, len(row), BLOCK - 2):
            part = [*row[at : at + BLOCK - 2], end]
            if len(blocks[-1]) + len(part) > BLOCK:
                blocks.append([begin])
            blocks[-1].extend(part)
    return blocks


def mask_block(ids: npt.NDArray[np.int64], rng: np.random.Generator) -> tuple[Tensor, ...]:
    """BERT's masking of ``(n, tokens)`` ids: of the chosen pieces eight in ten hidden, one replaced, one left."""
    real = ids >= _FIRST_WORD
    chosen = real & (rng.random(ids.shape) < MASK_SHARE)
    draw = rng.random(ids.shape)
    hidden = chosen & (draw < 0.8)
    shown = ids.copy()
    replaced = chosen & (draw >= 0.9)
    shown[replaced] = rng.integers(_FIRST_WORD, int(ids.max()) + 1, size=int(replaced.sum()))
    wanted = np.where(chosen, ids, -100)
    mask = (ids != PAD_ID).astype(np.int64)
    return tuple(torch.from_numpy(a) for a in (shown, mask, hidden, wanted))


def adapt(
    encoder: BertModel, mask_row: Tensor, blocks: Sequence[Sequence[int]], schedule: Schedule, size: int,
    work: Path, minutes: float | None = None, name: str = "adapt",
) -> None:  # fmt: skip
    """Train ``encoder`` in place on ``blocks``, ``size`` of them a micro-batch. Raises ``Stopped``."""
    model = MaskedModel(encoder, mask_row)
    run = Run(name, model, schedule, work, minutes)
    per_epoch = len(blocks) // size

    def micro_batch(number: int) -> tuple[Tensor, ...]:
        epoch, place = divmod(number, per_epoch)
        order = np.random.default_rng([schedule.seed, epoch]).permutation(len(blocks))
        rows = [blocks[i] for i in order[place * size : (place + 1) * size]]
        ids = np.full((len(rows), max(map(len, rows))), PAD_ID, dtype=np.int64)
        for row, block in enumerate(rows):
            ids[row, : len(block)] = block
        return mask_block(ids, np.random.default_rng([schedule.seed, 1, number]))

    def loss_of(wrapped: nn.Module, batch: tuple[Tensor, ...]) -> Losses:
        return {"masked": wrapped(*batch)}

    run.train(micro_batch, loss_of)
