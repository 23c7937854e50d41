"""Simulated interviews: a worked case is told as far as its first complaint, the rest is asked for, question by question.

``python -m tests.benchmarks.interviews [--every N]``. A question is answered from what the program reads in the whole
case; where that is silent, what the right condition shows in less than half of its patients is denied, and the rest is
not known. Three ways to choose the question: the program's, by chance among what its candidates show, and a fixed list.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

import modelzoo
from modelzoo.contract.assessment import Assessment
from modelzoo.contract.case import Assertion, Case, Observation
from modelzoo.contract.engine import Engine
from modelzoo.evidence.cases import NONE, WorkedCase, open_cases
from modelzoo.evidence.metrics import Share
from modelzoo.knowledge.model import Knowledge

TURNS = (0, 3, 5, 10)
Choose = Callable[[Assessment, frozenset[str], np.random.Generator], str | None]


def answers(engine: Engine, knowledge: Knowledge, worked: WorkedCase) -> Callable[[str], Assertion | None]:
    """How the patient of ``worked`` answers a question about a finding; None: does not know."""
    read = {f.id: f.assertion for f in engine.assess(worked.case).findings}
    present = {f for f, said in read.items() if said is Assertion.PRESENT}
    holds = present | {a for f in present for a in knowledge.ancestors(f)}
    usual = knowledge.conditions[worked.expected].findings

    def answer(finding: str) -> Assertion | None:
        if finding in holds:
            return Assertion.PRESENT
        if read.get(finding) is Assertion.ABSENT or usual.get(finding, 0.0) < 0.5:
            return Assertion.ABSENT
        return None

    return answer


def strategies(knowledge: Knowledge) -> dict[str, Choose]:
    """The three ways to choose."""
    askable = [f.id for f in knowledge.findings.values() if f.kind == "symptom" and f.ask.get("en")]
    common = sorted(
        askable, key=lambda f: -sum(c.prevalence * c.findings.get(f, 0.0) for c in knowledge.conditions.values())
    )

    def own(answer: Assessment, asked: frozenset[str], _: np.random.Generator) -> str | None:
        return next((q.finding for q in answer.questions if q.finding not in asked), None)

    def chance(answer: Assessment, asked: frozenset[str], rng: np.random.Generator) -> str | None:
        shown = sorted({f for c in answer.differential for f in c.not_yet_known} - asked)
        return shown[int(rng.integers(len(shown)))] if shown else None

    def fixed(_: Assessment, asked: frozenset[str], __: np.random.Generator) -> str | None:
        return next((f for f in common if f not in asked), None)

    return {"own order": own, "by chance": chance, "fixed list": fixed}


def opening(engine: Engine, case: Case) -> Case:
    """The case as far as the sentence that first names a complaint."""
    sentences = re.split(r"(?<=[.!?。！？])", case.text.strip())
    for count in range(1, len(sentences) + 1):
        told = "".join(sentences[:count])
        if any(f.assertion is Assertion.PRESENT for f in engine.understand(told)):
            break
    return replace(case, text=told, vitals={}, tests=(), history=(), medicines=(), exposures=())


def interview(
    engine: Engine, start: Case, reply: Callable[[str], Assertion | None], choose: Choose
) -> Iterator[Assessment]:
    """The answer before the first question and after each."""
    rng = np.random.default_rng(zlib.crc32(start.id.encode()))
    told: tuple[Observation, ...] = ()
    for _ in range(max(TURNS) + 1):
        now = engine.assess(replace(start, observations=told))
        yield now
        finding = choose(now, frozenset(o.finding for o in told), rng)
        if finding is not None:
            told = (*told, Observation(finding, reply(finding)))


def main() -> None:
    """Print a row for each way to choose and number of questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=20)
    cases = [w for w in open_cases() if w.expected != NONE][:: parser.parse_args().every]
    engine, knowledge = modelzoo.open_engine(), modelzoo.open_knowledge().knowledge
    for name, choose in strategies(knowledge).items():
        places: dict[int, list[int]] = {turn: [] for turn in TURNS}
        for worked in cases:
            start = opening(engine, worked.case)
            reply = answers(engine, knowledge, worked)
            for turn, now in enumerate(interview(engine, start, reply, choose)):
                if turn in places:
                    named = [c.id in worked.right for c in now.differential]
                    places[turn].append(named.index(True) + 1 if True in named else 99)
        for turn, ranks in places.items():
            shares = [Share(sum(rank <= depth for rank in ranks), len(ranks)) for depth in (1, 3, 5)]
            print(f"{name:<12}{turn:>3} questions: " + "; ".join(map(str, shares)), flush=True)


if __name__ == "__main__":
    main()
