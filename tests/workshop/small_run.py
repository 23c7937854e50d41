"""A small run, started by ``test_run`` in one process or two: ``small_run.py WORK STEPS``; prints the weights' digest."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torch import Tensor, nn

from modelzoo.recipes.run import Run, Schedule


def batch(number: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(number)
    given = torch.randn(8, 6, generator=generator)
    return given, (given.sum(dim=1, keepdim=True) > 0).float()


def loss_of(model: nn.Module, one: tuple[Tensor, Tensor]) -> dict[str, Tensor]:
    return {"loss": nn.functional.binary_cross_entropy_with_logits(model(one[0]).float(), one[1])}


def train(work: Path, steps: int, of: int, minutes: float | None = None) -> Tensor:
    """Weights after a run of ``of`` steps that is stopped after ``steps`` of them."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(6, 5), nn.GELU(), nn.Linear(5, 1))
    run = Run("small", model, Schedule(of, 1e-2, 2, micro_batches=4, log_every=2), work, minutes)

    def until(number: int) -> tuple[Tensor, Tensor]:
        run.stop = number >= 4 * steps - 1  # as a signal would set it
        return batch(number)

    run.train(until, loss_of)
    return torch.cat([p.detach().flatten() for p in model.parameters()])


if __name__ == "__main__":
    weights = train(Path(sys.argv[1]), 6, 6)
    print("weights", " ".join(f"{value:.5f}" for value in weights.tolist()))
