"""One training run: Accelerate, AdamW, warm-up, accumulation, mixed precision, checkpoints that resume, a log.

A step is ``micro_batches`` micro-batches, numbered from the step alone, so a resumed run goes on exactly where it
stopped and two processes share the micro-batches of a step that one process would take one after the other.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.tensorboard.writer import SummaryWriter
from tqdm import tqdm

Losses = dict[str, Tensor]


@dataclass(frozen=True)
class Schedule:
    """``steps`` optimiser steps; the rate rises over ``warm_up`` of them and falls linearly to zero."""

    steps: int
    peak_rate: float
    warm_up: int
    micro_batches: int = 1
    weight_decay: float = 0.01
    head_rate: float = 1.0
    save_minutes: float = 4.0
    log_every: int = 20
    seed: int = 20261123


class Stopped(Exception):
    """The run stopped before its last step because its time was up or a signal came; its checkpoint is whole."""


class Run:
    """Trains ``model`` in place. ``name`` names checkpoint, log and TensorBoard folder in ``work``."""

    def __init__(
        self, name: str, model: nn.Module, schedule: Schedule, work: Path, minutes: float | None = None
    ) -> None:
        torch.manual_seed(schedule.seed)
        work.mkdir(parents=True, exist_ok=True)
        self.name, self.schedule, self.work = name, schedule, work
        self.accelerator = Accelerator(
            mixed_precision="bf16" if has_bf16() else "no", cpu=not torch.cuda.is_available()
        )
        self.plain = model
        optimiser = AdamW(_groups(model, schedule), lr=schedule.peak_rate, betas=(0.9, 0.98), eps=1e-6)
        self.model, self.optimiser = self.accelerator.prepare(model, optimiser)
        self.rate = LambdaLR(optimiser, lambda step: _rate(step, schedule))
        self.step = 0
        self.deadline = time.monotonic() + 60 * minutes if minutes else float("inf")
        self.stop = False
        if self.checkpoint.exists():
            self._load()

    @property
    def checkpoint(self) -> Path:
        return self.work / f"{self.name}.pt"

    def train(
        self,
        micro_batch: Callable[[int], Any],
        loss_of: Callable[[nn.Module, Any], Losses],
        check: Callable[[int], Mapping[str, float]] | None = None,
        check_every: int = 0,
    ) -> None:
        """Go on to the last step. ``micro_batch(n)`` is micro-batch number n of the whole run.

        ``check`` is called every ``check_every`` steps for figures to log. Raises ``Stopped`` where the time is up.
        """
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stop", True))
        log, saved = _Log(self), time.monotonic()
        self.model.train()
        with tqdm(total=self.schedule.steps, initial=self.step, desc=self.name, mininterval=10.0) as bar:
            while self.step < self.schedule.steps:
                log.add(self._one_step(micro_batch, loss_of))
                bar.update()
                if check and check_every and self.step % check_every == 0:
                    self.model.eval()
                    log.figures(check(self.step))
                    self.model.train()
                over = self.stop or time.monotonic() > self.deadline
                if over or time.monotonic() - saved > 60 * self.schedule.save_minutes:
                    self._save()
                    saved = time.monotonic()
                if over and self.step < self.schedule.steps:
                    raise Stopped(f"{self.name}: stopped after {self.step} of {self.schedule.steps} steps")
        self._save()
        self.model.eval()

    def _one_step(self, micro_batch: Callable[[int], Any], loss_of: Callable[[nn.Module, Any], Losses]) -> Losses:
        count, share = self.schedule.micro_batches, self.accelerator.num_processes
        own = range(self.accelerator.process_index, count, share)
        total: Losses = {}
        for index in own:
            losses = loss_of(self.model, micro_batch(self.step * count + index))
            # Processes average their gradients, and each has its share of the step's micro-batches.
            self.accelerator.backward(torch.stack(list(losses.values())).sum() * share / count)
            for name, loss in losses.items():
                total[name] = total.get(name, torch.zeros(())) + loss.detach().float() / len(own)
        self.accelerator.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.rate.step()
        self.step += 1
        return total

    def _save(self) -> None:
        """Written beside its name and renamed, so that a stop at any moment leaves a whole file."""
        if not self.accelerator.is_main_process:
            return
        state = {
            "model": self.plain.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "rate": self.rate.state_dict(),
            "step": self.step,
            "schedule": asdict(self.schedule),
            "random": torch.get_rng_state(),
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.rename(self.checkpoint)

    def _load(self) -> None:
        saved = torch.load(self.checkpoint, weights_only=True)
        if saved["schedule"] != asdict(self.schedule):
            raise ValueError(f"{self.checkpoint} belongs to a run with other settings; move it away to start anew")
        self.plain.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.rate.load_state_dict(saved["rate"])
        self.step = int(saved["step"])
        torch.set_rng_state(saved["random"])


def _groups(model: nn.Module, schedule: Schedule) -> list[dict[str, Any]]:
    """No decay on biases and norms; heads, which start from nothing, learn ``head_rate`` times as fast."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((parameter.ndim > 1, name.startswith("heads.")), []).append(parameter)
    return [
        {
            "params": parameters,
            "weight_decay": schedule.weight_decay if matrix else 0.0,
            "lr": schedule.peak_rate * (schedule.head_rate if head else 1.0),
        }
        for (matrix, head), parameters in groups.items()
    ]


def _rate(step: int, schedule: Schedule) -> float:
    warm = max(1, schedule.warm_up)
    return min((step + 1) / warm, max(0.0, (schedule.steps - step) / max(1, schedule.steps - warm)))


class _Log:
    """Means of the losses every ``log_every`` steps: a JSON line in the work folder, and TensorBoard."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.sums: dict[str, float] = {}
        self.started, self.first = time.monotonic(), run.step
        main = run.accelerator.is_main_process
        self.board = SummaryWriter(str(run.work / "tensorboard" / run.name)) if main else None

    def add(self, losses: Losses) -> None:
        for name, loss in losses.items():
            self.sums[name] = self.sums.get(name, 0.0) + loss.item()
        every = self.run.schedule.log_every
        if self.run.step % every == 0:
            pace = (time.monotonic() - self.started) / max(1, self.run.step - self.first)
            self.figures({name: total / every for name, total in self.sums.items()} | {"s_per_step": pace})
            self.sums = {}

    def figures(self, figures: Mapping[str, float]) -> None:
        if self.board is None:
            return
        for name, value in figures.items():
            self.board.add_scalar(name, value, self.run.step)
        rounded = {name: round(float(value), 4) for name, value in figures.items()}
        line = json.dumps({"time": time.strftime("%H:%M:%S"), "step": self.run.step, **rounded})
        with (self.run.work / f"{self.run.name}.log").open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def has_bf16() -> bool:
    """Whether this machine multiplies in bfloat16 faster than in fp32."""
    return bool(torch.cpu._is_avx512_bf16_supported()) or torch.cuda.is_available()


def mixed() -> torch.autocast:
    """The precision of a run, for models that do not belong to one: a teacher, a model that is scored."""
    return torch.autocast("cuda" if torch.cuda.is_available() else "cpu", torch.bfloat16, enabled=has_bf16())


def quiet() -> None:
    """Neither progress bars where nobody watches nor telemetry of a library; two threads, as the machine has cores."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
