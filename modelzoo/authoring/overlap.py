"""Worked cases are written blind; this measures how much of their wording they share with the records all the same.

A run is a sequence of seven words of English or ten Han characters. A case that shares a run with a wording, a question
or a text of any record was perhaps not written blind, and is to be written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from modelzoo.authoring.sources import KINDS, Sources
from modelzoo.evidence.cases import WorkedCase

RUN_WORDS, RUN_HAN = 7, 10
MOST_SHARED = 0  # runs that a case may share


def shared_runs(cases: Iterable[WorkedCase], sources: Sources) -> Iterator[tuple[str, str]]:
    """Every (case id, run) that a case shares with the records."""
    known: set[str] = set()
    for kind in KINDS:
        for record in getattr(sources, kind).values():
            for text in _texts(record):
                known |= _runs(text)
    for worked in cases:
        yield from ((worked.case.id, run) for run in sorted(_runs(worked.case.text) & known))


def problems(cases: Iterable[WorkedCase], sources: Sources) -> Iterator[str]:
    """Cases that share more than they may."""
    shared: dict[str, list[str]] = {}
    for case, run in shared_runs(cases, sources):
        shared.setdefault(case, []).append(run)
    for case, runs in shared.items():
        if len(runs) > MOST_SHARED:
            yield f"{case}: shares {len(runs)} runs of words with the records, the first: {runs[0]!r}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _runs(text: str) -> set[str]:
    words = re.findall(r"[a-z']+|[0-9]+", text.lower())
    out = {" ".join(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1)}
    for stretch in re.findall(r"[\u4e00-\u9fff]+", text):
        out |= {stretch[i : i + RUN_HAN] for i in range(len(stretch) - RUN_HAN + 1)}
    return out
