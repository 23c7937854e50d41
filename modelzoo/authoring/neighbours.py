"""Whether each condition can be told from its nearest neighbours: those with the most similar findings."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from modelzoo.authoring.sources import Problem, Record, Sources

NEAREST = 3
LEAST_SEPARATING = 2
SEPARATES_FROM = math.log(3)  # a finding three times as frequent in one as in the other
TELLS_APART = 1.5
_FLOOR = 0.01
Floats = npt.NDArray[np.float64]


def problems(sources: Sources) -> Iterator[Problem]:
    """Conditions too like one of their three nearest neighbours, and findings that tell no two conditions apart."""
    for key, other, separating in nearest(sources):
        if len(separating) < LEAST_SEPARATING:
            text = f"too like its neighbour {other}: {len(separating)} findings separate them, 2 are needed"
            yield Problem("conditions", key, ("findings",), text)
    for key, record in sources.conditions.items():
        for other, finding in record.get("confused_with", {}).items():
            first, second = (_chance(sources, condition, finding) for condition in (key, other))
            if max(first, second) < TELLS_APART * min(first, second):
                text = f"{finding} is about as frequent in {other} as here and tells nothing apart"
                yield Problem("conditions", key, ("confused_with", other), text)


def nearest(sources: Sources) -> Iterator[tuple[str, str, list[str]]]:
    """Every condition with each of its three nearest neighbours and the findings that separate the two."""
    keys = sorted(sources.conditions)
    column = {finding: i for i, finding in enumerate(sorted(sources.findings))}
    chances = np.full((len(keys), len(column)), _FLOOR)
    for row, key in enumerate(keys):
        for finding, chance in _chances(sources.conditions[key], sources.numbers).items():
            chances[row, column[finding]] = max(chance, _FLOOR)
    similarity = _cosines(chances - _FLOOR)
    names = sorted(column)
    for row, key in enumerate(keys):
        for other in np.argsort(-similarity[row])[:NEAREST]:
            far = np.abs(np.log(chances[row] / chances[other])) >= SEPARATES_FROM
            yield key, keys[other], [names[i] for i in np.flatnonzero(far)]


def _chance(sources: Sources, condition: str, finding: str) -> float:
    """Frequency of a finding in a condition; its background where the condition says nothing of it."""
    background = sources.numbers["background"][sources.findings[finding]["background"]]
    return _chances(sources.conditions[condition], sources.numbers).get(finding, float(background))


def _chances(record: Record, numbers: Record) -> dict[str, float]:
    """Frequencies of the findings; a risk factor counts as far as its odds lift it above the floor."""
    risks = {f: _FLOOR * float(numbers["strength"][s]) for f, s in record.get("risk_factors", {}).items()}
    return {**risks, **{f: float(numbers["frequency"][g]) for f, g in record["findings"].items()}}


def _cosines(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.maximum(length, 1e-12)
    out: Floats = unit @ unit.T
    np.fill_diagonal(out, -1.0)
    return out
