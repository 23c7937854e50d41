"""Whether a probability means what it says: reliability curve, expected calibration error, Brier score, and AUROC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose probability lies in ``[low, high)``, the last bin closed: how many, what they said on average,
    how many came true."""

    low: float
    high: float
    count: int
    said: float
    came: float


def reliability(said: Sequence[float], came: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """The reliability curve of probabilities ``said`` of events that ``came`` or not; empty bins are left out.

    Raises ``ValueError`` where the lengths differ or a probability lies outside 0 to 1.
    """
    p, y = _checked(said, came)
    places = np.minimum((p * bins).astype(int), bins - 1)
    found = []
    for place in range(bins):
        inside = places == place
        if count := int(inside.sum()):
            low, high = place / bins, (place + 1) / bins
            found.append(Bin(low, high, count, float(p[inside].mean()), float(y[inside].mean())))
    return tuple(found)


def expected_calibration_error(said: Sequence[float], came: Sequence[bool], bins: int = BINS) -> float:
    """Mean distance between what was said and what came, over equal bins, each by its count (Naeini et al. 2015)."""
    curve = reliability(said, came, bins)
    return sum(b.count * abs(b.said - b.came) for b in curve) / max(1, sum(b.count for b in curve))


def brier_score(said: Sequence[float], came: Sequence[bool]) -> float:
    """Mean squared distance between probability and outcome (0 is best; 0.25 is what always saying 0.5 gives)."""
    p, y = _checked(said, came)
    return float(((p - y) ** 2).mean()) if len(p) else 0.0


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Chance that a positive has a higher score than a negative, ties halved.

    Raises ``ValueError`` where one of the two is missing.
    """
    s, y = np.asarray(scores, dtype=np.float64), np.asarray(positive, dtype=bool)
    if s.shape != y.shape or y.all() or not y.any():
        raise ValueError("AUROC needs a score for each case, and cases of both kinds")
    _, places, counts = np.unique(s, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    hits = int(y.sum())
    return float((ranks[y].sum() - hits * (hits + 1) / 2) / (hits * (len(y) - hits)))


def _checked(said: Sequence[float], came: Sequence[bool]) -> tuple[Floats, Floats]:
    p, y = np.asarray(said, dtype=np.float64), np.asarray(came, dtype=np.float64)
    if p.shape != y.shape:
        raise ValueError(f"{p.size} probabilities for {y.size} outcomes")
    if p.size and not (p.min() >= 0.0 and p.max() <= 1.0):
        raise ValueError("a probability lies between 0 and 1")
    return p, y
