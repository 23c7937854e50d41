"""What one assessment costs against the number of conditions: 150, 600, all that ship, and 2,400 made of them.

``python -m tests.benchmarks.scaling [--runs N]``. The cost of all that ship, in the same run, is the measure. Prints.
"""

from __future__ import annotations

import argparse
import statistics
import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

import modelzoo
from modelzoo.authoring.engine import engine_over
from modelzoo.authoring.sources import load_sources
from modelzoo.contract.case import Case
from modelzoo.engine import PackEngine
from modelzoo.knowledge.model import Knowledge
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.reasoning.tables import Tables
from modelzoo.reasoning.text_reader import TextReader

TEXT = (
    "My mother is 61 and for four days she has had a fever that comes and goes, a cough with thick yellow phlegm and a "
    "stabbing pain on the right side when she breathes in. She is short of breath on the stairs, eats very little, and "
    "last night she was shivering so hard that the bed shook. She has no rash, no vomiting, no swelling of the legs and "
    "no pain in the belly. She takes tablets for blood pressure and had tuberculosis as a young woman. Yesterday she was "
    "a little confused in the evening but knows where she is today."
)


def sized(knowledge: Knowledge, count: int) -> Knowledge:
    """``knowledge`` with ``count`` conditions: some of it, or all of it and copies with a few findings left out."""
    rng = np.random.default_rng(count)
    ids = list(knowledge.conditions)
    kept = {i: knowledge.conditions[i] for i in (ids if count >= len(ids) else rng.permutation(ids)[:count])}
    for number in range(count - len(kept)):
        model = knowledge.conditions[ids[number % len(ids)]]
        findings = {f: v for f, v in model.findings.items() if rng.random() < 0.8}
        name = f"{model.id}_{number}"
        kept[name] = replace(model, id=name, findings=MappingProxyType(findings))
    return replace(knowledge, conditions=MappingProxyType(dict(sorted(kept.items()))))


def main() -> None:
    """Print median, 95th centile and ratio for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    engine: PackEngine = engine_over(load_sources())
    knowledge = read_knowledge((Path(modelzoo.PACK) / "knowledge.json").read_bytes())
    case, own = Case(id="1", text=TEXT), (engine._tables, engine._text_reader)
    silent = np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    found = {}
    for count in (len(knowledge.conditions), 150, 600, 2400):
        if count == len(knowledge.conditions):
            engine._tables, engine._text_reader = own
        else:
            engine._tables = Tables(sized(knowledge, count))
            engine._text_reader = TextReader([], *silent, engine._tables.conditions, strongest=6.0)
        times = []
        for _ in range(runs + 5):
            start = time.perf_counter()
            engine.assess(case)
            times.append(1000 * (time.perf_counter() - start))
        found[count] = sorted(times[5:])
    usual = statistics.median(found[len(knowledge.conditions)])
    for count, times in sorted(found.items()):
        middle, late = statistics.median(times), times[int(0.95 * (len(times) - 1))]
        bar = "#" * round(20 * middle / usual)
        print(
            f"{count:>5} conditions: median {middle:6.1f} ms, 95 in 100 under {late:6.1f} ms, x{middle / usual:.2f} {bar}"
        )


if __name__ == "__main__":
    main()
