"""Teaches the urgency reader: from the gist of told and worked cases, and from what the differential leaves open.

A told case is as urgent as its condition; a worked case as its limits say, and one whose limits hold both sides of a
level teaches nothing about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from modelzoo.evidence.cases import LEVELS as TRIAGE
from modelzoo.evidence.cases import WorkedCase
from modelzoo.evidence.metrics import Share
from modelzoo.knowledge.model import Knowledge
from modelzoo.reasoning.urgency_reader import log_odds, sigmoid
from modelzoo.recipes.text_reader import Heard

Floats = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
_GIST_DECAY, _MIX_DECAY, _WORKED = 3e-3, 1e-4, 4.0
_POINTS = (0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
_EMERGENCY, _URGENT = TRIAGE.index("emergency"), TRIAGE.index("urgent")


@dataclass(frozen=True)
class Limits:
    """Acceptable levels of worked cases as numbers, ``(cases,)`` each."""

    lowest: npt.NDArray[np.int64]
    highest: npt.NDArray[np.int64]

    def part(self, chosen: Flags) -> Limits:
        """Those of the ``chosen`` cases."""
        return Limits(self.lowest[chosen], self.highest[chosen])

    def known(self, level: int) -> Flags:
        """Cases that lie on one side of ``level``."""
        flags: Flags = (self.lowest >= level) | (self.highest < level)
        return flags


def limits_of(cases: Sequence[WorkedCase]) -> Limits:
    """The limits of worked cases."""
    return Limits(*(np.array([TRIAGE.index(getattr(c, end)) for c in cases]) for end in ("lowest", "highest")))


def gist_layer(told: Heard, knowledge: Knowledge, worked: FloatArray, limits: Limits) -> tuple[FloatArray, FloatArray]:
    """Weights ``(2, gist)`` and bias ``(2,)``; ``worked``: gists of the cases that ``limits`` are of."""
    urgency = np.array([TRIAGE.index(c.urgency) for c in knowledge.conditions.values()])[told.rows]
    weights, biases = [], []
    for level in (_EMERGENCY, _URGENT):
        known = limits.known(level)
        x = np.concatenate([told.gists, worked[known]])
        y = np.concatenate([urgency >= level, limits.lowest[known] >= level])
        counts = np.concatenate([np.ones(len(urgency)), np.full(int(known.sum()), _WORKED)])
        middle, spread = x.mean(0), np.maximum(x.std(0), 1e-4)
        found = _logistic((x - middle) / spread, y, counts, _GIST_DECAY)
        own = found[:-1] / spread
        weights.append(own)
        biases.append(found[-1] - own @ middle)
    return np.stack(weights).astype(np.float32), np.array(biases, dtype=np.float32)


def mix_layer(probabilities: Floats, scores: FloatArray, limits: Limits) -> FloatArray:
    """``mix`` ``(2, 5)`` of cases with ``probabilities`` ``(cases, 2)`` and gist ``scores`` ``(cases, 2)``."""
    x, rows = features(probabilities, scores), []
    for level in (_EMERGENCY, _URGENT):
        known = limits.known(level)
        rows.append(_logistic(x[known, :-1], limits.lowest[known] >= level, np.ones(int(known.sum())), _MIX_DECAY))
    return np.stack(rows).astype(np.float32)


def features(probabilities: Floats, scores: FloatArray) -> Floats:
    """What is mixed, ``(cases, 5)``."""
    return np.concatenate([log_odds(probabilities), scores, np.ones((len(scores), 1))], axis=1)


def chances_of(probabilities: Floats, scores: FloatArray, mix: FloatArray) -> Floats:
    """Chances ``(cases, 2)`` by level."""
    return sigmoid(features(probabilities, scores) @ mix.T)


def curve(chances: Floats, otherwise: npt.NDArray[np.int64], limits: Limits, single: Floats) -> str:
    """Under- against over-triage for each pair of working points. ``otherwise``: the level without this reader;
    ``single``: by how much the points lie higher in each case."""
    lines = ["points (emergency, urgent): right, too low, too high, emergencies caught, self-care called emergency"]
    for at_once in _POINTS:
        for today in _POINTS:
            called = np.where(chances[:, 0] >= at_once + single, _EMERGENCY, 0)
            called = np.maximum(called, np.where(chances[:, 1] >= today + single, _URGENT, 0))
            level = np.maximum(otherwise, called)
            low, high = level < limits.lowest, level > limits.highest
            caught, home = limits.lowest == _EMERGENCY, limits.highest == 0
            shares = (
                _share(~low & ~high), _share(low), _share(high),
                _share(level[caught] == _EMERGENCY), _share(level[home] == _EMERGENCY),
            )  # fmt: skip
            lines.append(f"  {at_once:.3f} {today:.3f}: " + ", ".join(f"{100 * s.value:.1f}" for s in shares))
    return "\n".join(lines)


def _share(holds: Flags) -> Share:
    return Share(int(holds.sum()), len(holds))


def _logistic(x: Floats, y: Flags, counts: Floats, decay: float) -> Floats:
    """Weights of the columns of ``x`` and, last, a bias."""
    inputs, wanted, weight = (torch.tensor(np.asarray(part), dtype=torch.float32) for part in (x, y, counts))
    found = torch.zeros(inputs.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=60)

    def loss() -> Tensor:
        optimiser.zero_grad()
        each = functional.binary_cross_entropy_with_logits(inputs @ found[:-1] + found[-1], wanted, reduction="none")
        total = (weight * each).sum() / weight.sum() + decay * found[:-1].square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    return found.detach().numpy().astype(np.float64)
