"""What worked cases say about a build: how often the right condition came first, whether triage was in its limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from modelzoo.contract.assessment import Assessment, Band
from modelzoo.evidence.cases import LEVELS, NONE, WorkedCase
from modelzoo.knowledge.model import age_band

_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with its answer: ``rank`` of the first right condition from 1, None where it is not named at all;
    ``said``: probability of the first candidate, 0 where none is named; ``none``: that of none of the conditions;
    ``heard``: the text reader's part of all weights of the first three candidates, None where none is named;
    ``gap``: the largest distance between a candidate's score and the sum of the weights that explain it."""

    worked: WorkedCase
    rank: int | None
    named: tuple[str, ...]
    level: str
    rules: tuple[str, ...]
    inside: bool
    likely: bool
    said: float = 0.0
    none: float = 1.0
    heard: float | None = None
    gap: float = 0.0

    @property
    def too_low(self) -> bool:
        """Triage below the lowest acceptable level."""
        return LEVELS.index(self.level) < LEVELS.index(self.worked.lowest)

    @property
    def too_high(self) -> bool:
        """Triage above the highest acceptable level."""
        return LEVELS.index(self.level) > LEVELS.index(self.worked.highest)


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total`` with the 95 % Wilson interval."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 where there is no case."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end of the 95 % Wilson interval."""
        if not self.total:
            return 0.0, 1.0
        p, n, z2 = self.value, self.total, _Z * _Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:5.1f} % ({100 * low:.0f} to {100 * high:.0f}), {self.hits} of {self.total}"


def outcome(worked: WorkedCase, answer: Assessment) -> Outcome:
    """Compare one answer with what was expected."""
    named = tuple(candidate.id for candidate in answer.differential)
    return Outcome(
        worked=worked,
        rank=next((place for place, name in enumerate(named, 1) if name in worked.right), None),
        named=named,
        level=str(answer.triage.level),
        rules=tuple(fired.rule for fired in answer.triage.because),
        inside=answer.coverage.inside,
        likely=any(candidate.band is Band.LIKELY for candidate in answer.differential),
        said=answer.differential[0].probability if answer.differential else 0.0,
        none=1.0 - answer.coverage.score,
        heard=_heard(answer),
        gap=max((abs(sum(e.weight for e in c.evidence) - c.score) for c in answer.differential), default=0.0),
    )


def _heard(answer: Assessment) -> float | None:
    weights = [(e.source, abs(e.weight)) for c in answer.differential[:3] for e in c.evidence]
    total = sum(weight for _, weight in weights)
    return sum(weight for source, weight in weights if source == "text_reader") / total if total else None


def within(outcomes: Iterable[Outcome], depth: int) -> Share:
    """Share with the right condition among the first ``depth``, of the cases that expect one."""
    expecting = [o for o in outcomes if o.worked.expected != NONE]
    return Share(sum(o.rank is not None and o.rank <= depth for o in expecting), len(expecting))


def share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> Share:
    """Share of the outcomes of which ``holds`` is true."""
    return Share(sum(map(holds, outcomes)), len(outcomes))


def figures(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """The figures by name, in the order in which they are printed."""
    nothing = [o for o in outcomes if o.worked.expected == NONE]
    at_home = [o for o in outcomes if o.worked.highest == "self_care"]
    emergencies = [o for o in outcomes if o.worked.lowest == "emergency"]
    return {
        "first": within(outcomes, 1),
        "in three": within(outcomes, 3),
        "in five": within(outcomes, 5),
        "in twenty": within(outcomes, 20),
        "triage right": share(outcomes, lambda o: not (o.too_low or o.too_high)),
        "triage too low": share(outcomes, lambda o: o.too_low),
        "triage too high": share(outcomes, lambda o: o.too_high),
        "emergencies caught": share(emergencies, lambda o: o.level == "emergency"),
        "self-care called emergency": share(at_home, lambda o: o.level == "emergency"),
        "nothing expected, none likely": share(nothing, lambda o: not o.likely or not o.inside),
    }


def age_group(outcome: Outcome) -> str:
    """Name of the age band of the case."""
    years = outcome.worked.case.age_years
    return "age not given" if years is None else age_band(years)
