"""The assertion suites: sentences written by hand with one marked finding each, and what is claimed of it.

A suite is a table of lines ``claim<TAB>text``; the finding stands in the text in double brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from modelzoo.contract.case import Assertion

_MARKED = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class SuiteCase:
    """Characters ``[start, end)`` of ``text`` name a finding of which ``claim`` is claimed."""

    claim: Assertion
    text: str
    start: int
    end: int


ClaimOf = Callable[[str, int, int], Assertion]


def read_suite(path: Path) -> list[SuiteCase]:
    """Cases of a table. Raises ``ValueError`` with file and line."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        claim, _, marked = line.partition("\t")
        found = list(_MARKED.finditer(marked))
        if len(found) != 1 or claim not in {a.value for a in Assertion}:
            raise ValueError(f"{path}:{number}: expected a claim, a tab and a text with one [[finding]]")
        start = found[0].start()
        text = _MARKED.sub(r"\1", marked)
        cases.append(SuiteCase(Assertion(claim), text, start, start + len(found[0].group(1))))
    return cases


@dataclass(frozen=True)
class SuiteFigures:
    """F1 by class, their mean, and (wanted, said) of the cases that went wrong."""

    f1: dict[Assertion, float]
    wrong: Counter[tuple[Assertion, Assertion]]

    @property
    def macro(self) -> float:
        """Mean F1 over the six classes."""
        return sum(self.f1.values()) / len(self.f1)


def suite_figures(claim_of: ClaimOf, cases: Sequence[SuiteCase]) -> SuiteFigures:
    """What ``claim_of`` (text, start, end) says of ``cases``."""
    pairs = [(case.claim, claim_of(case.text, case.start, case.end)) for case in cases]
    f1 = {}
    for claim in Assertion:
        right = sum(wanted is said is claim for wanted, said in pairs)
        f1[claim] = 2 * right / max(1, sum((wanted is claim) + (said is claim) for wanted, said in pairs))
    return SuiteFigures(f1, Counter((wanted, said) for wanted, said in pairs if wanted is not said))
