"""Stage one: the six-layer student learns the base's sentence space and its last token states."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from transformers import BertModel

from modelzoo.recipes.bert import pool
from modelzoo.recipes.checkpoint import SAVE_EVERY, Progress, TrainingState, new_state
from modelzoo.recipes.losses import relation_loss, sentence_loss, token_loss
from modelzoo.recipes.teacher import TokenisedTexts, length_batches


@dataclass(frozen=True)
class DistillSettings:
    """``steps`` batches of ``batch`` texts; rates and seed of the run."""

    steps: int
    batch: int = 64
    peak_rate: float = 4e-4
    warm_up: int = 300
    weight_decay: float = 0.01
    seed: int = 20261122


@dataclass(frozen=True)
class DistillTargets:
    """Texts, the teacher's token states for them, and the mean ``(width,)`` of its sentence vectors."""

    texts: TokenisedTexts
    states: npt.NDArray[np.float16]
    centre: Tensor

    def batch(self, rows: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Input ids, attention mask and teacher states (zero where padded) of the rows."""
        ids, mask = self.texts.batch(rows)
        states = np.zeros((*ids.shape, self.states.shape[1]), dtype=np.float32)
        for position, row in enumerate(rows):
            start, end = self.texts.starts[row], self.texts.starts[row + 1]
            states[position, : end - start] = self.states[start:end]
        return ids, mask, torch.from_numpy(states)


def sentence_centre(texts: TokenisedTexts, states: npt.NDArray[np.float16], sample: int = 20_000) -> Tensor:
    """Mean of the teacher's sentence vectors over evenly spaced texts, shape ``(width,)``."""
    total = np.zeros(states.shape[1], dtype=np.float64)
    rows = range(0, len(texts), max(1, len(texts) // sample))
    for row in rows:
        mean = states[texts.starts[row] : texts.starts[row + 1]].astype(np.float64).mean(axis=0)
        total += mean / np.linalg.norm(mean)
    return torch.from_numpy((total / len(rows)).astype(np.float32))


def batches_from(lengths: npt.NDArray[np.int64], size: int, seed: int, step: int) -> Iterator[list[int]]:
    """Endless batches from ``step`` on; the order depends on the seed and the epoch alone, so a run can resume."""
    per_epoch = -(-len(lengths) // size)
    for epoch in itertools.count(step // per_epoch):
        skip = step - epoch * per_epoch if epoch == step // per_epoch else 0
        rng = np.random.default_rng([seed, epoch])
        yield from itertools.islice(length_batches(lengths, size, rng), skip, None)


def distill_loss(student: BertModel, targets: DistillTargets, rows: list[int]) -> dict[str, Tensor]:
    """The three losses of one batch by name, each a scalar that carries gradients."""
    ids, mask, wanted = targets.batch(rows)
    with torch.autocast("cpu", torch.bfloat16):
        found = student(ids, attention_mask=mask).last_hidden_state
    found = found.float()
    vectors, goal = pool(found, mask), pool(wanted, mask)
    return {
        "token": token_loss(found, wanted, mask),
        "sentence": sentence_loss(vectors, goal, targets.centre),
        "relation": relation_loss(vectors, goal, targets.centre),
    }


def take_step(state: TrainingState, losses: dict[str, Tensor]) -> None:
    """One optimiser step on the sum of the losses."""
    total = torch.stack(list(losses.values())).sum()
    state.optimiser.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
    state.optimiser.step()
    state.schedule.step()
    state.step += 1


def distill(student: BertModel, targets: DistillTargets, settings: DistillSettings, work: Path, resume: bool) -> None:
    """Train ``student`` in place. A checkpoint and a log stand in ``work``; ``resume`` goes on from the checkpoint."""
    torch.manual_seed(settings.seed)
    state = new_state(student, settings.peak_rate, settings.steps, settings.warm_up, settings.weight_decay)
    checkpoint = work / "distill.pt"
    if resume and checkpoint.exists():
        state.load(checkpoint)
    student.train()
    progress = Progress(work / "distill.log", state.step)
    for rows in batches_from(targets.texts.lengths(), settings.batch, settings.seed, state.step):
        if state.step >= settings.steps:
            break
        losses = distill_loss(student, targets, rows)
        take_step(state, losses)
        progress.add(state.step, losses)
        if state.step % SAVE_EVERY == 0:
            state.save(checkpoint)
    state.save(checkpoint)
    student.eval()
