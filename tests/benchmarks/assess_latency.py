"""Latency of a whole assessment of a 64-token complaint, with nothing remembered between runs: p50 and p95 in ms.

``python -m tests.benchmarks.assess_latency [--runs N]``. Prints; asserts nothing.
"""

from __future__ import annotations

import argparse
import statistics
import time

import modelzoo
from modelzoo.contract.case import Case

TEXT = (
    "34-year-old woman, three days of fever and cough with yellow phlegm, breathing fast, no chest pain; 昨天开始头晕, "
    "没有呕吐，食欲差，夜里出汗，今天走路气短。 She has asthma and takes salbutamol when she needs it"
)


def main() -> None:
    """Print opening time, and the latency of ``assess`` and ``understand`` without and with remembered phrases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=60)
    options = parser.parse_args()
    start = time.perf_counter()
    engine = modelzoo.open_engine()
    print(f"open_engine: {1000 * (time.perf_counter() - start):.0f} ms")
    case = Case(id="1", text=TEXT)
    for name, remembered in (("assess, nothing remembered", False), ("assess, phrases remembered", True)):
        times = []
        for _ in range(options.runs):
            if not remembered:
                engine._encoder._vectors.clear()  # type: ignore[attr-defined]
            start = time.perf_counter()
            engine.assess(case)
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        p50, p95 = statistics.median(times), times[int(0.95 * (len(times) - 1))]
        print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms over {options.runs} runs")


if __name__ == "__main__":
    main()
