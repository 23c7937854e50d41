"""Prints what came of the worked cases that were run against the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from modelzoo.authoring.sources import Sources
from modelzoo.evidence.cases import NONE
from modelzoo.evidence.metrics import Outcome, age_group, figures, within

WORST = 10


def table(outcomes: Sequence[Outcome], sources: Sources) -> str:
    """All figures, and first, three and triage by system, language, age and kind, and the worst conditions."""
    lines = [f"{name:<30}{value}" for name, value in figures(outcomes).items()]
    for title, key in _groupings(sources).items():
        lines += ["", f"{title:<26}{'cases':>6}{'first':>8}{'three':>8}{'five':>8}{'too low':>9}{'too high':>9}"]
        groups = defaultdict(list)
        for one in outcomes:
            groups[key(one)].append(one)
        lines += [_row(name, groups[name]) for name in sorted(groups)]
    return "\n".join([*lines, "", *worst(outcomes)])


def _groupings(sources: Sources) -> dict[str, Callable[[Outcome], str]]:
    def system(one: Outcome) -> str:
        record = sources.conditions.get(one.worked.about)
        return str(record["systems"][0]) if record else "retired"

    return {
        "system": system,
        "language": lambda one: one.worked.language,
        "age": age_group,
        "kind": lambda one: one.worked.kind,
        "voice": lambda one: one.worked.voice,
    }


def _row(name: str, group: Sequence[Outcome]) -> str:
    shares = [within(group, depth).value for depth in (1, 3, 5)]
    low, high = (sum(getattr(one, side) for one in group) / len(group) for side in ("too_low", "too_high"))
    return (
        f"{name:<26}{len(group):>6}"
        + "".join(f"{100 * s:>8.0f}" for s in shares)
        + f"{100 * low:>9.0f}{100 * high:>9.0f}"
    )


def worst(outcomes: Sequence[Outcome]) -> list[str]:
    """The conditions whose cases went worst: each case with what came first instead."""
    by_condition: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.worked.expected != NONE:
            by_condition[one.worked.expected].append(one)
    misses = {
        key: sum((one.rank or 21) > 3 for one in group) + 0.5 * sum(one.too_low for one in group)
        for key, group in by_condition.items()
    }
    lines = ["the conditions whose cases went worst"]
    for key in sorted(misses, key=lambda k: (-misses[k], k))[:WORST]:
        lines.append(f"  {key}")
        lines += [f"    {describe(one)}" for one in by_condition[key]]
    return lines


def describe(one: Outcome) -> str:
    """One line about a case: rank, triage and what was named instead."""
    place = "not named" if one.rank is None else f"place {one.rank}"
    limits = f"{one.level} (accepted {one.worked.lowest} to {one.worked.highest})"
    return f"{one.worked.case.id}: {place}; {limits}; first: {', '.join(one.named[:3])}"
