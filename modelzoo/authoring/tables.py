"""The flat tables: ages and ranges that neither overlap nor point at nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from modelzoo.authoring.sources import Problem, Sources

Row = dict[str, str]
_NO_LIMIT = 1e9


def problems(sources: Sources) -> Iterator[Problem]:
    """Rows with unreadable numbers, unknown findings, or ages that overlap where they say different things."""
    for table, rows in sources.tables.items():
        faults = [text for row in rows for text in _row(row, sources)]
        yield from (Problem("tables", f"{table}.csv", (), text) for text in faults)
        if not faults and table != "test_findings":
            yield from (Problem("tables", f"{table}.csv", (), text) for text in _overlaps(rows))


def _row(row: Row, sources: Sources) -> Iterator[str]:
    about = ",".join(value or "" for value in row.values())
    if "finding" in row and row["finding"] not in sources.findings:
        yield f"{about}: unknown finding {row['finding']}"
    for low, high in (("age_min_days", "age_max_days"), ("at_least", "below"), ("low", "high")):
        try:
            first, last = number(row.get(low)), number(row.get(high))
        except ValueError:
            yield f"{about}: {low} and {high} must be numbers"
            continue
        if first is not None and last is not None and first >= last:
            yield f"{about}: {low} must be below {high}"


def number(text: str | None) -> float | None:
    """A cell as a number; None where it is empty. Raises ValueError."""
    return float(text) if text not in (None, "") else None


def _overlaps(rows: list[Row]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        ages = number(row["age_min_days"]) or 0.0, number(row["age_max_days"])
        groups[row["vital"], row.get("finding", "")].append((ages[0], _NO_LIMIT if ages[1] is None else ages[1]))
    for (vital, finding), spans in groups.items():
        for (_, upper), (lower, _) in pairwise(sorted(spans)):
            if lower < upper:
                yield f"{vital} {finding}: the ages from {lower:g} days overlap"
