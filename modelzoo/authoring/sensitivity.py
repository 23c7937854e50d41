"""How much hangs on the numbers behind the grades: each is moved, and the open worked cases are run again.

A frequency is moved in its log odds, every other number by a factor, once down and once up. What a change of a
judgement does to the answers is what a reviewer needs to know before arguing about it.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence

from modelzoo.authoring.engine import engine_over
from modelzoo.authoring.sources import Sources
from modelzoo.evidence.cases import WorkedCase
from modelzoo.evidence.metrics import Outcome, figures
from modelzoo.evidence.report import run

TABLES = ("frequency", "background", "strength", "multiplier", "scoring", "alone", "joined", "triage")
SHOWN = ("first", "in three", "triage right", "triage too low")
FACTOR = 1.5
SHIFT = 0.7  # of the log odds: 0.55 becomes 0.38 or 0.71
_PROBABILITIES = ("frequency", "background")
_SHARES = 1.0  # other numbers of a share stay below this


def report(sources: Sources, cases: Sequence[WorkedCase]) -> str:
    """One line for each number: what moving it changes in the figures, in percentage points; the largest first."""
    base = _values(list(run(engine_over(sources), cases)))
    rows = []
    for table, key, value, outcomes in _moved(sources, cases):
        changes = {name: now - base[name] for name, now in _values(outcomes).items()}
        rows.append((max(map(abs, changes.values())), f"{table}.{key} = {value:.3g}", changes))
    rows.sort(key=lambda row: -row[0])
    head = f"{len(cases)} open cases; as it stands: " + ", ".join(f"{name} {base[name]:.1f} %" for name in SHOWN)
    lines = [head, f"{'moved to':<34}" + "".join(f"{name:>16}" for name in SHOWN)]
    lines += [f"{name:<34}" + "".join(f"{changes[n]:>+16.1f}" for n in SHOWN) for _, name, changes in rows]
    return "\n".join(lines)


def _moved(sources: Sources, cases: Sequence[WorkedCase]) -> Iterator[tuple[str, str, float, list[Outcome]]]:
    for table in TABLES:
        for key, value in sources.numbers[table].items():
            for up in (False, True):
                moved = _move(table, float(value), up=up)
                if moved == value:
                    continue
                changed = copy.copy(sources)
                changed.numbers = copy.deepcopy(sources.numbers)
                changed.numbers[table][key] = moved
                yield table, key, moved, list(run(engine_over(changed), cases))


def _move(table: str, value: float, *, up: bool) -> float:
    if table in _PROBABILITIES:
        odds = math.log(value / (1 - value)) + (SHIFT if up else -SHIFT)
        return 1 / (1 + math.exp(-odds))
    moved = value * FACTOR if up else value / FACTOR
    return min(moved, 0.95) if table in ("scoring", "triage") and value < _SHARES else moved


def _values(outcomes: Sequence[Outcome]) -> dict[str, float]:
    found = figures(outcomes)
    return {name: 100 * found[name].value for name in SHOWN}
