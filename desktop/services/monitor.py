"""How the program fares in this clinic, month by month: from saved visits, on this machine, for the clinic alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.tally import VisitTally


@dataclass(frozen=True, slots=True)
class Month:
    """One month. ``assessed``: visits with an assessment; of these ``outside``: outside what the program knows,
    ``alarms``: called an emergency; ``judged``: with a diagnosis of the clinician's chosen from the list, of these
    ``overridden``: it was not among the program's first three."""

    name: str
    visits: int
    assessed: int
    outside: int
    alarms: int
    judged: int
    overridden: int


def months(tallies: Iterable[VisitTally]) -> Iterator[Month]:
    """Return the months in which there were visits, oldest first, by this machine's local time."""
    by_month: dict[str, list[VisitTally]] = defaultdict(list)
    for tally in tallies:
        by_month[tally.started_at.astimezone().strftime("%Y-%m")].append(tally)
    for name in sorted(by_month):
        own = by_month[name]
        assessed = [t for t in own if t.inside is not None]
        judged = [t for t in assessed if t.own]
        yield Month(
            name=name,
            visits=len(own),
            assessed=len(assessed),
            outside=sum(not t.inside for t in assessed),
            alarms=sum(t.level == "emergency" for t in assessed),
            judged=len(judged),
            overridden=sum(not set(t.own) & set(t.first) for t in judged),
        )
