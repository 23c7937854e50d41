"""Learning from a clinic's own diagnoses: off by default and then without trace, bounded, helpful, hard to poison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.engine import PackEngine
from modelzoo.evidence.cases import NONE, WorkedCase, open_cases
from modelzoo.evidence.metrics import outcome, within
from modelzoo.knowledge.model import Knowledge
from modelzoo.reasoning.local_priors import local_weights
from modelzoo.reasoning.tables import Tables

SOME = open_cases()[::40]


@pytest.fixture(scope="module")
def tables(knowledge: Knowledge) -> Tables:
    return Tables(knowledge)


def usual_mix(knowledge: Knowledge, visits: int) -> dict[str, int]:
    total = sum(c.prevalence for c in knowledge.conditions.values())
    return {c.id: round(visits * c.prevalence / total) for c in knowledge.conditions.values()}


def test_too_few_diagnoses_teach_nothing(tables: Tables) -> None:
    assert local_weights(tables, {}) is None
    assert local_weights(tables, {"malaria": 29}) is None
    assert local_weights(tables, {"no such condition": 500}) is None


def test_no_condition_is_moved_by_more_than_the_bound(tables: Tables) -> None:
    most = tables.knowledge.numbers["local"]["most"]
    for counts in ({"malaria": 1_000_000}, {"malaria": 40}, dict.fromkeys(tables.conditions, 10000)):
        weights = local_weights(tables, counts)
        assert weights is not None
        assert np.abs(weights).max() <= most + 1e-12


def test_what_is_met_as_often_as_expected_hardly_moves(tables: Tables, knowledge: Knowledge) -> None:
    weights = local_weights(tables, usual_mix(knowledge, 5_000))
    assert weights is not None
    common = [r for r, c in enumerate(tables.conditions) if usual_mix(knowledge, 5_000)[c] >= 20]
    assert np.abs(weights[common]).max() < 0.1


def test_off_means_the_very_same_answer(engine: Engine) -> None:
    for worked in SOME[::6]:
        assert engine.assess(replace(worked.case, local_counts={})) == engine.assess(worked.case)


def test_urgency_and_what_must_not_be_missed_do_without_it(engine: Engine) -> None:
    counts = {"common_cold": 900, "tension_headache": 900, "malaria": 500}
    for worked in SOME:
        plain, taught = engine.assess(worked.case), engine.assess(replace(worked.case, local_counts=counts))
        assert taught.triage == plain.triage
        assert taught.must_not_miss == plain.must_not_miss
        for candidate in taught.differential:
            assert sum(e.weight for e in candidate.evidence) == pytest.approx(candidate.score, abs=1e-6)


def _first(engine: PackEngine, cases: list[WorkedCase], counts: dict[str, int], depth: int = 1) -> float:
    return within([outcome(w, engine.assess(replace(w.case, local_counts=counts))) for w in cases], depth).value


def test_it_helps_where_the_mix_is_another_and_poison_does_little(engine: Engine, knowledge: Knowledge) -> None:
    """A clinic that sees thirty conditions ten times as often as expected, replayed; then fifty wrong entries."""
    assert isinstance(engine, PackEngine)
    expecting = [w for w in open_cases() if w.expected != NONE]
    frequent = sorted({w.expected for w in expecting})[::24]
    theirs = [w for w in expecting if w.expected in frequent]
    counts = usual_mix(knowledge, 300)
    for condition in frequent:
        counts[condition] = 10 + 10 * counts.get(condition, 0)
    assert _first(engine, theirs, counts) > _first(engine, theirs, {})
    others = [w for w in expecting if w.expected not in frequent][::20]
    poisoned = {**usual_mix(knowledge, 100), "rabies": 50}
    assert _first(engine, others, poisoned, 3) >= _first(engine, others, {}, 3) - 0.03


@pytest.mark.parametrize("wrong", [{"malaria": -1}, {"malaria": 1.5}, {"malaria": True}, [1], {"malaria": 10**9}])
def test_counts_that_are_none_are_refused(wrong: object) -> None:
    from modelzoo.contract.errors import BadInput
    from modelzoo.contract.wire import case_from_mapping

    with pytest.raises(BadInput, match="local_counts"):
        case_from_mapping({"id": "1", "text": "cough", "local_counts": wrong})


def test_a_case_with_counts_keeps_them() -> None:
    from modelzoo.contract.wire import case_from_mapping, case_to_mapping

    case = Case(id="1", text="cough", local_counts={"malaria": 3})
    assert case_from_mapping(case_to_mapping(case)) == case
