"""The urgency reader adds to rules and findings, never takes away; and says so where no condition names the reason."""

from __future__ import annotations

import numpy as np
import pytest

from modelzoo.contract.assessment import TriageLevel
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.engine import PackEngine
from modelzoo.evidence.cases import open_cases
from modelzoo.evidence.metrics import outcome
from modelzoo.reasoning.urgency_reader import UrgencyReader, stored_bytes, untaught

LEVELS = list(TriageLevel)
RNG = np.random.default_rng(3)


def test_untaught_it_believes_the_differential() -> None:
    reader = UrgencyReader.of(stored_bytes(*untaught(6)))
    for said in ([0.02, 0.3], [0.9, 0.95], [0.5, 0.5]):
        assert reader.chances(np.array(said), RNG.normal(size=6).astype(np.float32)) == pytest.approx(said, abs=1e-6)


def test_certainty_breaks_nothing() -> None:
    reader = UrgencyReader.of(stored_bytes(*untaught(6)))
    chances = reader.chances(np.array([0.0, 1.0]), np.full(6, 1e6, dtype=np.float32))
    assert np.isfinite(chances).all()
    assert 0.0 < chances[0] < chances[1] < 1.0


def test_a_louder_gist_is_more_urgent() -> None:
    weights = np.zeros((2, 6), np.float32)
    weights[0, 0] = 1.0
    mix = np.array([[1, 0, 1, 0, 0], [0, 1, 0, 1, 0]], dtype=np.float32)
    reader = UrgencyReader.of(stored_bytes(weights, np.zeros(2, np.float32), mix))
    quiet, loud = (reader.chances(np.array([0.1, 0.3]), np.full(6, v, dtype=np.float32)) for v in (-1.0, 1.0))
    assert loud[0] > quiet[0]
    assert loud[1] == quiet[1]


@pytest.mark.parametrize("part", ["weights", "bias", "mix"])
def test_a_file_of_another_form_is_refused(part: str) -> None:
    shapes = {"weights": (2, 6), "bias": (2,), "mix": (2, 5)} | {part: (3, 3)}
    with pytest.raises(ValueError, match="another form"):
        UrgencyReader.of(stored_bytes(*(np.zeros(shape, np.float32) for shape in shapes.values())))


SOME = open_cases()[::53]


@pytest.mark.parametrize("worked", SOME, ids=[w.case.id for w in SOME])
def test_it_never_lowers_urgency(engine: Engine, worked: object) -> None:
    assert isinstance(engine, PackEngine)
    case: Case = worked.case  # type: ignore[attr-defined]
    alone = engine.urgency_by_findings(engine.weigh(case))
    level = engine.assess(case).triage.level
    if level is not TriageLevel.SELF_CARE:  # which takes more than findings: a known age, a complaint that is covered
        assert LEVELS.index(level) <= LEVELS.index(alone)


def test_what_it_calls_is_explained_in_both_languages(engine: Engine) -> None:
    """Where neither rule nor condition names the reason, the answer says that it is the story as a whole."""
    told = [engine.assess(w.case, language) for w in open_cases()[::9] for language in ("en", "zh")]
    stories = [r for a in told for r in a.triage.because if r.rule.startswith("story_")]
    assert all(r.action and r.text for r in stories)
    for answer in told:
        assert answer.triage.because
        assert answer.triage.level == answer.triage.because[0].level


def test_most_emergencies_of_the_open_cases_are_called(engine: Engine) -> None:
    cases = [w for w in open_cases() if w.lowest == "emergency"][::4]
    caught = [outcome(w, engine.assess(w.case)).level == "emergency" for w in cases]
    assert sum(caught) / len(caught) >= 0.9


@pytest.mark.parametrize(
    "text",
    ["thank you doctor", "I came for my certificate", "你好医生", "repeat prescription please", "goats got out again",
     "The bus was late and the road was so muddy that we had to walk the last mile", "开点药", "我来开个证明"],
)  # fmt: skip
def test_small_talk_raises_no_alarm(engine: Engine, text: str) -> None:
    level = engine.assess(Case(id="t", text=text, age_years=30)).triage.level
    assert level in (TriageLevel.ROUTINE, TriageLevel.SELF_CARE)


def test_a_story_of_which_no_finding_was_understood_may_be_urgent_all_the_same(engine: Engine) -> None:
    """Where reading fails, how the story sounds is all there is; it is said to be that."""
    stories = [w for w in open_cases() if w.lowest in ("urgent", "emergency")]
    unread = [w for w in stories if not any(f.source == "text" for f in engine.assess(w.case).findings)]
    levels = [engine.assess(w.case) for w in unread]
    called = [a for a in levels if any(r.rule.startswith("story_") for r in a.triage.because)]
    assert unread
    assert called
