"""Training state on disk: written beside its name and renamed, so that a stop at any moment leaves a whole file."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from transformers import BertModel

LOG_EVERY = 50
SAVE_EVERY = 500
NEW_ROW_RATE = 10.0


@dataclass
class TrainingState:
    """Everything that a resumed run needs to go on as if it had never stopped."""

    model: BertModel
    optimiser: AdamW
    schedule: LambdaLR
    step: int = 0

    def save(self, path: Path) -> None:
        partial = path.with_suffix(".partial")
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "schedule": self.schedule.state_dict(),
                "step": self.step,
            },
            partial,
        )
        partial.rename(path)

    def load(self, path: Path) -> None:
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.schedule.load_state_dict(saved["schedule"])
        self.step = int(saved["step"])


def new_state(
    model: BertModel, peak_rate: float, steps: int, warm_up: int, weight_decay: float, new_rows: int = 0
) -> TrainingState:
    """AdamW with a linear warm-up and a linear fall to zero.

    Word embeddings stay as they are: rows that training never meets must remain in the same space as rows it does.
    Only the last ``new_rows``, which have no meaning yet, are trained, and faster than the rest.
    """
    words = model.embeddings.word_embeddings.weight
    words.requires_grad_(False)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if new_rows:
        words.requires_grad_(True)
        fixed = len(words) - new_rows
        mask = (torch.arange(len(words)) >= fixed).unsqueeze(1).to(words.dtype)
        words.register_hook(lambda gradient: gradient * mask)
        # Without decay AdamW leaves a row alone whose gradient was always zero.
        groups.append({"params": [words], "weight_decay": 0.0, "lr": NEW_ROW_RATE * peak_rate})
    optimiser = AdamW(groups, lr=peak_rate, betas=(0.9, 0.98), eps=1e-6)
    warm = max(1, warm_up)

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return TrainingState(model, optimiser, LambdaLR(optimiser, rate))


class Progress:
    """Means of the losses over ``LOG_EVERY`` steps, one JSON object a line, to the log and to the screen."""

    def __init__(self, path: Path, first_step: int) -> None:
        self.path = path
        self.first_step = first_step
        self.started = time.monotonic()
        self.sums: dict[str, float] = {}

    def add(self, step: int, losses: Mapping[str, Tensor]) -> None:
        """Take the losses of ``step`` and write a line where one is due."""
        for name, loss in losses.items():
            self.sums[name] = self.sums.get(name, 0.0) + loss.item() / LOG_EVERY
        if step % LOG_EVERY:
            return
        pace = (time.monotonic() - self.started) / (step - self.first_step)
        values = {name: round(value, 4) for name, value in self.sums.items()}
        line = json.dumps({"time": time.strftime("%H:%M:%S"), "step": step, **values, "s_per_step": round(pace, 3)})
        with self.path.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        print(line, flush=True)
        self.sums = {}
