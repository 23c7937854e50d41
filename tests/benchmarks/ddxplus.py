"""Generated patients of DDXPlus, told in the first person by rules and scored as they are: for reporting alone.

    python -m tests.benchmarks.ddxplus --patients PATIENTS.csv --questions release_evidences.json [--every N]

The set (Fansi Tchango et al. 2022, CC BY 4.0) gives a patient as codes of questions answered. Each question becomes a
statement; an answer that is the question's default says nothing and is left out. Severity is read from
``release_conditions.json`` beside the questions, where it lies. ``--show`` prints the first texts and scores nothing.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import modelzoo
from desktop.progress import progress
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.evidence.benchmarks import DEPTHS
from modelzoo.evidence.metrics import Share
from tests.benchmarks.ddxplus_told import Questions, told

CONDITIONS = Path(modelzoo.__file__).parent / "authoring" / "ddxplus" / "conditions.csv"
GRAVE = (1, 2)  # of severities from 1, the worst, to 5


def patients(path: Path, questions: Questions) -> Iterator[tuple[str, Case]]:
    """Diagnosis and case of every patient; age 0 is taken for half a year."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            text = told(ast.literal_eval(row["features"]), row["feature_id"], questions)
            sex = {"F": "female", "M": "male"}.get(row["sex"])
            yield row["diagnosis"], Case(id=str(number), text=text, age_years=float(row["age"]) or 0.5, sex=sex)


def run(engine: Engine, cases: Sequence[tuple[str, Case]], severity: Mapping[str, int]) -> Iterator[str]:
    """The figures, line by line. A diagnosis that the map does not name counts as missed."""
    with CONDITIONS.open(encoding="utf-8", newline="") as lines:
        known = {row["diagnosis"]: row["condition"] for row in csv.DictReader(lines)}
    places: list[int] = []
    in_three: Counter[str] = Counter()
    grave = [0, 0]
    for diagnosis, case in progress(cases, len(cases), sys.stderr):
        answer = engine.assess(case)
        named = [candidate.id for candidate in answer.differential]
        right = known.get(diagnosis)
        places.append(named.index(right) + 1 if right in named else DEPTHS[-1] + 1)
        in_three[diagnosis] += places[-1] <= DEPTHS[1]
        if severity.get(diagnosis) in GRAVE:
            grave[0] += str(answer.triage.level) in ("routine", "self_care")
            grave[1] += 1
    for title, chosen in (
        ("all patients", places),
        ("those whose diagnosis has a map", [p for p, (d, _) in zip(places, cases, strict=True) if d in known]),
    ):
        yield title
        yield from (f"  in {depth:<4}{Share(sum(p <= depth for p in chosen), len(chosen))}" for depth in DEPTHS)
    if grave[1]:
        yield "severity 1 or 2 called routine or self-care (a rough measure: the set's severity is no triage level)"
        yield f"  {Share(*grave)}"
    yield f"no map, counted as missed: {_counted(d for d, _ in cases if d not in known)}"
    yield f"never in three though mapped: {_counted(d for d, _ in cases if d in known and not in_three[d])}"


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in sorted(Counter(names).items())) or "none"


def main() -> None:
    """Score the shipped engine on every N-th patient, or show texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--pack", type=Path, default=modelzoo.PACK)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    questions = json.loads(options.questions.read_text(encoding="utf-8"))
    cases = list(patients(options.patients, questions))[:: options.every]
    if options.show:
        for diagnosis, case in cases[: options.show]:
            print(f"{diagnosis}, {case.age_years:g}, {case.sex}: {case.text}\n")
        return
    graded = options.questions.with_name("release_conditions.json")
    found = json.loads(graded.read_text(encoding="utf-8")) if graded.is_file() else {}
    severity = {name: int(one["severity"]) for name, one in found.items()}
    print(f"{len(cases)} patients of {options.patients.name}")
    print("\n".join(run(modelzoo.open_engine(options.pack), cases, severity)))


if __name__ == "__main__":
    main()
