"""How urgent a story is as a whole: what the differential leaves open, and how the text itself sounds, as one chance.

Two logistic layers, learnt from cases told out of the knowledge and from worked cases. It may only raise urgency: what
danger rules and findings alone call stays called.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt

from modelzoo.reasoning.differential import Ranking
from modelzoo.reasoning.tables import Floats, Tables

FloatArray = npt.NDArray[np.float32]
LEVELS = ("emergency", "urgent")  # a chance each: of an emergency, and of at least urgent
_LEAST = 1e-4


class UrgencyReader:
    """``weights`` ``(2, gist)`` and ``bias`` ``(2,)`` score the gist for each of ``LEVELS``; ``mix`` ``(2, 5)`` weighs
    the log odds of both levels' probabilities, both scores, and 1."""

    def __init__(self, weights: FloatArray, bias: FloatArray, mix: FloatArray) -> None:
        if weights.shape[0] != 2 or bias.shape != (2,) or mix.shape != (2, 5):
            raise ValueError("the urgency reader has another form")
        self._weights, self._bias, self._mix = weights, bias, mix

    @classmethod
    def of(cls, stored: bytes) -> UrgencyReader:
        """From what ``stored_bytes`` wrote. Raises ``ValueError``, ``KeyError`` or ``OSError`` where it is damaged."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as parts:
            return cls(parts["weights"].astype(np.float32), parts["bias"], parts["mix"])

    def chances(self, probabilities: Floats, gist: FloatArray) -> Floats:
        """Chances ``(2,)`` by level, from ``probabilities`` ``(2,)`` of the conditions of each level and the gist."""
        scores = self._weights @ gist + self._bias
        return sigmoid(self._mix @ np.concatenate([log_odds(probabilities), scores, [1.0]]))


def untaught(width: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weights, bias and mix of one that believes the differential and nothing else."""
    return np.zeros((2, width), np.float32), np.zeros(2, np.float32), np.eye(2, 5, dtype=np.float32)


def level_probabilities(tables: Tables, ranking: Ranking) -> Floats:
    """Probability ``(2,)`` that the cause needs care at once, and at least today."""
    at_once, today = tables.urgent_rows
    return np.array([ranking.posterior[at_once].sum(), ranking.posterior[at_once | today].sum()])


def log_odds(probability: Floats) -> Floats:
    """Natural-log odds, within bounds."""
    inside: Floats = np.clip(probability, _LEAST, 1.0 - _LEAST)
    odds: Floats = np.log(inside / (1.0 - inside))
    return odds


def sigmoid(score: Floats) -> Floats:
    """Chance of natural-log odds."""
    chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(score, -60.0, 60.0)))
    return chance


def stored_bytes(weights: FloatArray, bias: FloatArray, mix: FloatArray) -> bytes:
    """The file that a pack holds."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, weights=weights.astype(np.float16), bias=bias, mix=mix)
    return buffer.getvalue()
