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
    """Answers whose probability lies in ``[low, high)``, the last bin closed: their weight (how many, where each counts
    one), what they said on average, what share came true."""

    low: float
    high: float
    count: float
    said: float
    came: float


def reliability(
    said: Sequence[float], came: Sequence[bool], bins: int = BINS, counts: Sequence[float] | None = None
) -> tuple[Bin, ...]:
    """The reliability curve of probabilities ``said`` of events that ``came`` or not; empty bins are left out.
    ``counts``: how much each answer counts, 1 where nothing is given.

    Raises ``ValueError`` where the lengths differ or a probability lies outside 0 to 1.
    """
    p, y = _checked(said, came)
    w = _counts(counts, len(p))
    places = np.minimum((p * bins).astype(int), bins - 1)
    found = []
    for place in range(bins):
        inside = places == place
        if (count := float(w[inside].sum())) > 0.0:
            said_here, came_here = (float((w * x)[inside].sum()) / count for x in (p, y))
            found.append(Bin(place / bins, (place + 1) / bins, count, said_here, came_here))
    return tuple(found)


def expected_calibration_error(
    said: Sequence[float], came: Sequence[bool], bins: int = BINS, counts: Sequence[float] | None = None
) -> float:
    """Mean distance between what was said and what came, over equal bins, each by its count (Naeini et al. 2015)."""
    curve = reliability(said, came, bins, counts)
    total = sum(b.count for b in curve)
    return sum(b.count * abs(b.said - b.came) for b in curve) / total if curve else 0.0


def brier_score(said: Sequence[float], came: Sequence[bool], counts: Sequence[float] | None = None) -> float:
    """Mean squared distance between probability and outcome (0 is best; 0.25 is what always saying 0.5 gives)."""
    p, y = _checked(said, came)
    return float(np.average((p - y) ** 2, weights=_counts(counts, len(p)))) if len(p) else 0.0


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


def _counts(counts: Sequence[float] | None, total: int) -> Floats:
    w = np.ones(total) if counts is None else np.asarray(counts, dtype=np.float64)
    if w.shape != (total,) or (total and not (w.min() >= 0.0 and w.sum() > 0.0)):
        raise ValueError(f"each of {total} answers counts something, and none less than nothing")
    return w


def _checked(said: Sequence[float], came: Sequence[bool]) -> tuple[Floats, Floats]:
    p, y = np.asarray(said, dtype=np.float64), np.asarray(came, dtype=np.float64)
    if p.shape != y.shape:
        raise ValueError(f"{p.size} probabilities for {y.size} outcomes")
    if p.size and not (p.min() >= 0.0 and p.max() <= 1.0):
        raise ValueError("a probability lies between 0 and 1")
    return p, y
