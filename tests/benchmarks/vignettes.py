"""Scores the running build on published vignettes: ``python -m tests.benchmarks.vignettes FILE.jsonl``.

Each line needs ``case_description``, ``correct_diagnosis`` and ``urgency_level`` (``em``, ``ne``, ``sc``), as the set of
Semigran et al. 2015 has. A candidate counts as right when one of its names or synonyms and the diagnosis name each other:
every content word of the shorter one stands in the longer one. For reporting only: nothing in the
program was chosen by these figures.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from pathlib import Path

import modelzoo
from modelzoo.contract.assessment import Candidate
from modelzoo.contract.case import Case
from modelzoo.understanding.tokens import stem

_EMPTY = frozenset(
    "acute chronic of the and or a an with disease syndrome infection due to in acceptable viral bacterial".split()
)
_ACCEPTED = {"em": ("emergency",), "ne": ("urgent", "routine"), "sc": ("self_care",)}
_ORDER = ("self_care", "routine", "urgent", "emergency")
_LOWEST = {"em": 3, "ne": 1, "sc": 0}


def words(name: str) -> frozenset[str]:
    """Stems of the words of a name that carry it."""
    found = {stem(w) for w in re.findall(r"[a-z]+", name.lower())}
    return frozenset(found - {stem(w) for w in _EMPTY}) or frozenset(found)


def is_right(candidate: Candidate, diagnosis: str) -> bool:
    """Whether a candidate names the diagnosis; alternatives stand in brackets or after a comma or "or"."""
    wanted = [words(part) for part in re.split(r"[(),;/]|\bor\b", diagnosis) if words(part)]
    offered = [words(name) for name in (candidate.label, *candidate.synonyms)]
    return any(w <= o or o <= w for w in wanted for o in offered if w and o)


def interval(hits: int, total: int) -> str:
    """A share with its 95 % Wilson interval."""
    p, z = hits / total, 1.96
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{hits}/{total} = {100 * p:.1f} % ({100 * (middle - half):.0f} to {100 * (middle + half):.0f})"


def main() -> None:
    """Print the figures, the misses too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="name each vignette that was not right in three")
    options = parser.parse_args()
    engine = modelzoo.open_engine()
    hits: Counter[int] = Counter()
    triage: Counter[str] = Counter()
    table: Counter[tuple[str, str]] = Counter()
    cases = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, case in enumerate(cases):
        answer = engine.assess(Case(id=str(number), text=case["case_description"]))
        right = [is_right(c, case["correct_diagnosis"]) for c in answer.differential]
        for depth in (1, 3, 5, 20):
            hits[depth] += any(right[:depth])
        level, urgency = str(answer.triage.level), case["urgency_level"]
        table[urgency, level] += 1
        triage["right"] += level in _ACCEPTED[urgency]
        triage["too low"] += _ORDER.index(level) < _LOWEST[urgency]
        if options.misses and not any(right[:3]):
            print(f"not in three: {case['correct_diagnosis']}: {[c.id for c in answer.differential[:3]]} {level}")
    for depth in (1, 3, 5, 20):
        print(f"first {depth:>2}: {interval(hits[depth], len(cases))}")
    print(f"triage right:   {interval(triage['right'], len(cases))}")
    print(f"triage too low: {interval(triage['too low'], len(cases))}")
    for urgency, levels in _ACCEPTED.items():
        print(urgency, {level: table[urgency, level] for level in reversed(_ORDER)}, "accepted:", ", ".join(levels))


if __name__ == "__main__":
    main()
