"""Why a condition stands no higher, for every condition; and that what would bring it up does bring it up."""

from __future__ import annotations

import pytest

from modelzoo.contract.case import Assertion, Case, Observation
from modelzoo.contract.engine import Engine
from modelzoo.evidence.cases import open_cases
from modelzoo.knowledge.model import Knowledge

COUGH = Case(id="t", text="fever and cough with yellow phlegm for three days, no chest pain", age_years=34, sex="male")


def test_every_condition_has_an_answer_in_both_languages(engine: Engine, knowledge: Knowledge) -> None:
    for number, condition in enumerate(knowledge.conditions):
        language = ("en", "zh")[number % 2]
        why = engine.why_not(COUGH, condition, language)
        assert why.candidate.id == condition
        assert why.place == 1 or why.reasons, condition
        assert sum(e.weight for e in why.candidate.evidence) == pytest.approx(why.candidate.score, abs=1e-6)


def test_its_place_is_the_one_in_the_list(engine: Engine) -> None:
    answer = engine.assess(COUGH)
    for place, candidate in enumerate(answer.differential[:5], 1):
        assert engine.why_not(COUGH, candidate.id).place == place


def test_what_would_bring_it_up_brings_it_up(engine: Engine) -> None:
    why = engine.why_not(COUGH, "pulmonary_tuberculosis")
    assert why.changes
    for change in why.changes[:2]:
        told = Case(
            id="t", text=COUGH.text, age_years=34, sex="male",
            observations=(Observation(change.finding, Assertion.PRESENT),),
        )  # fmt: skip
        assert engine.why_not(told, why.candidate.id).place == change.place < why.place


def test_reasons_name_sex_age_and_what_is_absent(engine: Engine) -> None:
    def said(condition: str, **fields: object) -> str:
        return " ".join(engine.why_not(Case(id="t", text="bad belly pain, no fever", **fields), condition).reasons)  # type: ignore[arg-type]

    assert "this sex" in said("ectopic_pregnancy", age_years=30, sex="male")
    assert "this age" in said("dementia", age_years=6)
    assert "There is no Fever." in said("malaria", age_years=30)
    assert "Nothing that was said" in said("ankle_sprain", age_years=30)


def test_an_unknown_condition_is_no_answer(engine: Engine) -> None:
    with pytest.raises(KeyError):
        engine.why_not(COUGH, "dragons")


def test_questions_say_what_their_answer_would_change(engine: Engine) -> None:
    """The condition that a question promises to bring first does come first, in nearly all of the cases."""
    kept = broken = 0
    for worked in open_cases()[::60]:
        answer = engine.assess(worked.case)
        for question in answer.questions:
            if question.because is None or not question.because.startswith("If so, "):
                continue
            label = question.because[len("If so, ") :].split(" comes first.")[0]
            observed = (*worked.case.observations, Observation(question.finding, Assertion.PRESENT))
            fields = {name: getattr(worked.case, name) for name in Case.__slots__} | {"observations": observed}
            after = engine.assess(Case(**fields))
            kept += after.differential[0].label == label
            broken += after.differential[0].label != label
    assert kept >= 5
    assert kept / (kept + broken) >= 0.8
