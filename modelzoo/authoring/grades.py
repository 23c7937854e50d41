"""How the graded frequencies compare with those of DDXPlus, where the two overlap.

DDXPlus (Mila, CC BY 4.0) holds how often each of its evidences occurs over 1,025,602 patients that a generator made for
49 conditions. Its numbers are a generator's, not a clinic's: the comparison finds mistakes, it is no judge.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from modelzoo.authoring.sources import Sources
from modelzoo.contract.errors import BadInput

_MAPS = Path(__file__).parent / "ddxplus"
_LARGEST = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """One condition with one finding: frequency by grade here (background where no grade is given) and there."""

    condition: str
    finding: str
    ours: float
    theirs: float
    graded: bool

    @property
    def distance(self) -> float:
        """Difference of the log odds."""
        return abs(_log_odds(self.ours) - _log_odds(self.theirs))


def pairs(sources: Sources, folder: Path | None) -> list[Pair]:
    """Every pair that both know. Raises BadInput when the data is not there or has another form."""
    if folder is None:
        raise BadInput("Name the folder that holds evidence_frequencies.json with --data.", code="KNW-021")
    path = folder / "evidence_frequencies.json"
    try:
        frequencies = json.loads(path.read_text(encoding="utf-8"))
        conditions, findings = _table("conditions.csv"), _table("findings.csv")
        out = []
        for concept, condition in conditions.items():
            for evidence, theirs in frequencies[concept]["binary_freq"].items():
                if evidence in findings:
                    out.append(_pair(sources, condition, findings[evidence], float(theirs)))
        return out
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is missing or has another form ({error}).", code="KNW-021") from error


def _pair(sources: Sources, condition: str, finding: str, theirs: float) -> Pair:
    grade = sources.conditions[condition]["findings"].get(finding)
    background = sources.numbers["background"][sources.findings[finding]["background"]]
    ours = sources.numbers["frequency"][grade] if grade else background
    return Pair(condition, finding, float(ours), theirs, grade is not None)


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rank correlation; ties share their middle rank."""
    a, b = _ranks(first), _ranks(second)
    return float(np.corrcoef(a, b)[0, 1])


def report(sources: Sources, folder: Path | None) -> str:
    """Rank correlation and the ten largest disagreements, as text."""
    found = pairs(sources, folder)
    graded = [p for p in found if p.graded]
    lines = [
        f"{len({p.condition for p in found})} conditions of DDXPlus, {len(found)} pairs, {len(graded)} graded here"
    ]
    for name, chosen in (("graded pairs", graded), ("all pairs", found)):
        rho = rank_correlation([p.ours for p in chosen], [p.theirs for p in chosen])
        lines.append(f"Spearman's rank correlation over {name}: {rho:.2f}")
    lines.append("largest disagreements (ours, theirs):")
    for p in sorted(found, key=lambda p: -p.distance)[:_LARGEST]:
        note = "" if p.graded else "  (no grade here)"
        lines.append(f"  {p.condition} / {p.finding}: {p.ours:.2f} {p.theirs:.2f}{note}")
    return "\n".join(lines)


def _table(name: str) -> dict[str, str]:
    with (_MAPS / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))[1:]
    return {row[0]: row[1] for row in rows}


def _ranks(values: Sequence[float]) -> npt.NDArray[np.float64]:
    numbers = np.asarray(values, dtype=np.float64)
    _, where, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: npt.NDArray[np.float64] = last - (counts - 1) / 2.0
    return middle[where]


def _log_odds(p: float) -> float:
    inside = min(max(p, 0.003), 0.997)
    return math.log(inside / (1 - inside))
