"""The second reader adds to what findings say: bounded, shown, never alone, never towards less urgency."""

from __future__ import annotations

import numpy as np
import pytest

from modelzoo.contract.assessment import TriageLevel
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.engine import PackEngine
from modelzoo.evidence.cases import open_cases
from modelzoo.reasoning.text_reader import TextReader, stored_bytes

RNG = np.random.default_rng(5)
WEIGHTS, BIAS = RNG.normal(size=(3, 6)).astype(np.float32), RNG.normal(size=3).astype(np.float32)
LEVELS = list(TriageLevel)


def reader(conditions: list[str], strongest: float = 50.0) -> TextReader:
    stored = stored_bytes(["a", "b", "c"], WEIGHTS, BIAS)
    return TextReader.of(stored, conditions, strongest=strongest)


def test_weights_are_log_likelihoods_against_the_average() -> None:
    gist = RNG.normal(size=6).astype(np.float32)
    found = reader(["c", "a", "b"]).weights(gist)
    logits = (WEIGHTS @ gist + BIAS)[[2, 0, 1]]
    expected = logits - np.log(np.exp(logits).mean())
    assert found == pytest.approx(expected, abs=0.1)  # int8 rows
    assert np.exp(found).mean() == pytest.approx(1.0, abs=1e-6)


def test_weights_are_bounded() -> None:
    gist = 100 * RNG.normal(size=6).astype(np.float32)
    assert np.abs(reader(["a", "b", "c"], strongest=2.0).weights(gist)).max() == pytest.approx(2.0)


def test_a_condition_that_it_does_not_know_is_neither_favoured_nor_not() -> None:
    assert reader(["a", "new", "b"]).weights(np.ones(6, dtype=np.float32))[1] == 0.0


@pytest.fixture(scope="module")
def pack_engine(engine: Engine) -> PackEngine:
    assert isinstance(engine, PackEngine)
    return engine


SOME = open_cases()[::97]


@pytest.mark.parametrize("worked", SOME, ids=[w.case.id for w in SOME])
def test_it_never_lowers_urgency_nor_lifts_into_the_first_three(pack_engine: PackEngine, worked: object) -> None:
    case: Case = worked.case  # type: ignore[attr-defined]
    joined = pack_engine.assess(case)
    for place, candidate in enumerate(joined.differential):
        found = [e for e in candidate.evidence if e.source == "finding" and e.weight > 0]
        assert found or place >= 3, f"nothing said speaks for {candidate.id}"
        heard = [e for e in candidate.evidence if e.source == "text_reader" and e.weight > 0]
        assert found or heard, f"nothing at all speaks for {candidate.id}"
    scores = [candidate.score for candidate in joined.differential]
    assert scores == sorted(scores, reverse=True)
    alone = pack_engine.urgency_by_findings(pack_engine.weigh(case))
    if joined.triage.level is not TriageLevel.SELF_CARE:
        assert LEVELS.index(joined.triage.level) <= LEVELS.index(alone)


def test_its_share_is_shown_and_all_weights_sum_to_the_score(pack_engine: PackEngine) -> None:
    answer = pack_engine.assess(
        Case(id="t", text="cough and fever for three days, it hurts to breathe in", age_years=40)
    )
    assert any(e.source == "text_reader" for e in answer.differential[0].evidence)
    for candidate in answer.differential:
        assert sum(e.weight for e in candidate.evidence) == pytest.approx(candidate.score, abs=1e-6)
