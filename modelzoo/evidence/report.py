"""What one build scores on worked cases: accuracy, triage, calibration twice, alarms by rule, each with its count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from modelzoo.contract.engine import Engine
from modelzoo.evidence.calibration import auroc, brier_score, expected_calibration_error, reliability
from modelzoo.evidence.cases import NONE, WorkedCase
from modelzoo.evidence.metrics import Outcome, Share, age_group, figures, outcome, within

_GROUPS = {
    "language": lambda one: one.worked.language,
    "age": age_group,
    "sex": lambda one: one.worked.case.sex or "not given",
    "kind": lambda one: one.worked.kind,
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the probability of the first candidate can be believed under one sampling of the cases."""

    sampling: str
    error: float
    brier: float
    curve: tuple[tuple[float, float, float], ...]  # what was said, what came, share of the cases


def run(engine: Engine, cases: Iterable[WorkedCase]) -> Iterator[Outcome]:
    """Assess each case, in order."""
    for worked in cases:
        yield outcome(worked, engine.assess(worked.case))


def report(outcomes: Sequence[Outcome], prevalence: Mapping[str, float]) -> dict[str, Any]:
    """All figures as plain data. ``prevalence``: of each condition, for the second sampling."""
    return {
        "cases": len(outcomes),
        "figures": figures(outcomes),
        "groups": {title: _group(outcomes, key) for title, key in _GROUPS.items()},
        "calibration": [_calibration_data(c) for c in calibrations(outcomes, prevalence)],
        "none_of_these_auroc": _none_auroc(outcomes),
        "text_reader_median_share": _median_heard(outcomes),
        "largest_gap_of_an_explanation": max((o.gap for o in outcomes), default=0.0),
        "alarms_per_100_mild": alarms(outcomes),
    }


def calibrations(outcomes: Sequence[Outcome], prevalence: Mapping[str, float]) -> tuple[Calibration, ...]:
    """Cases drawn evenly, and as often as their condition is met; in the second those that expect none are left out."""
    evenly = [1.0] * len(outcomes)
    met = [prevalence.get(o.worked.expected, 0.0) for o in outcomes]
    return tuple(
        _calibration(name, outcomes, counts)
        for name, counts in (("evenly", evenly), ("by prevalence", met))
        if sum(counts) > 0.0
    )


def _calibration(name: str, outcomes: Sequence[Outcome], counts: Sequence[float]) -> Calibration:
    said, came = [o.said for o in outcomes], [o.rank == 1 for o in outcomes]
    total = sum(counts)
    curve = tuple((b.said, b.came, b.count / total) for b in reliability(said, came, counts=counts))
    error = expected_calibration_error(said, came, counts=counts)
    return Calibration(name, error, brier_score(said, came, counts), curve)


def alarms(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """How often each rule calls urgent or emergency, per 100 cases that need neither, most frequent first."""
    mild = [o for o in outcomes if o.worked.highest in ("self_care", "routine")]
    fired = Counter(rule for o in mild if o.level in ("urgent", "emergency") for rule in _kinds(o.rules))
    return {rule: 100.0 * count / len(mild) for rule, count in fired.most_common()}


def _kinds(rules: Iterable[str]) -> set[str]:
    """Rules without the condition that they name."""
    return {rule.split(":")[0] for rule in rules}


def _group(outcomes: Sequence[Outcome], key: Any) -> dict[str, Any]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[key(one)].append(one)
    return {name: _short(groups[name]) for name in sorted(groups)}


def _short(group: Sequence[Outcome]) -> dict[str, Share]:
    low, high = (Share(sum(getattr(o, side) for o in group), len(group)) for side in ("too_low", "too_high"))
    return {"first": within(group, 1), "in three": within(group, 3), "too low": low, "too high": high}


def _calibration_data(one: Calibration) -> dict[str, Any]:
    curve = [{"said": said, "came": came, "share": share} for said, came, share in one.curve]
    return {"sampling": one.sampling, "error": one.error, "brier": one.brier, "curve": curve}


def _none_auroc(outcomes: Sequence[Outcome]) -> float | None:
    none = [o.worked.expected == NONE for o in outcomes]
    return auroc([o.none for o in outcomes], none) if any(none) and not all(none) else None


def _median_heard(outcomes: Sequence[Outcome]) -> float | None:
    heard = [o.heard for o in outcomes if o.heard is not None]
    return median(heard) if heard else None
