"""One visit while it is written: the case it makes, what the clinician says of findings, saving and drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.domain.encounter import Encounter
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.services.consultation import AdviceUnavailable, Consultation, new_encounter
from desktop.vault.errors import DiskFull
from modelzoo.contract.assessment import FiredRule, Triage, TriageLevel
from modelzoo.contract.case import Assertion, ListStatus, TestResult
from modelzoo.contract.errors import ArtefactCorrupt, BadInput
from tests.fake_engine import FakeEngine

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
PATIENT = Patient(
    "p1",
    "Wanjiku",
    sex="female",
    birth_date=date(1992, 1, 1),
    allergies=StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"),)),
    problems=StatusList(ListStatus.KNOWN, (ListedItem("asthma"),)),
)


class Store:
    """Keeps visits in memory; ``failure`` is raised instead of saving."""

    def __init__(self) -> None:
        self.saved: list[Encounter] = []
        self.drafts: dict[str, Encounter] = {}
        self.failure: Exception | None = None

    def save_encounter(self, visit: Encounter) -> Encounter:
        self._fail()
        self.saved.append(visit)
        return visit

    def save_draft(self, visit: Encounter) -> None:
        self._fail()
        self.drafts[visit.id] = visit

    def discard_draft(self, encounter_id: str) -> None:
        self.drafts.pop(encounter_id, None)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def store() -> Store:
    return Store()


def visit(store: Store, engine: FakeEngine | None) -> Consultation:
    return Consultation(PATIENT, new_encounter(PATIENT, NOW), store, engine, NOW.date())


def test_the_case_holds_what_is_known_of_patient_and_visit(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_text("fever")
    c.set_vitals(("heart_rate",), {"heart_rate": 104.0})
    c.set_test(TestResult("glucose", None, 126.0, "mg/dL"))
    c.observe("cough", Assertion.ABSENT)
    case = c.case()
    assert case.age_years == pytest.approx(34.88, abs=0.01)
    assert (case.sex, case.month, case.text) == ("female", 11, "fever")
    assert case.history == ("asthma",)
    assert case.allergies.items == ("penicillin",)
    assert case.vitals == {"heart_rate": 104.0, "blood_glucose_mmol_l": pytest.approx(6.99, abs=0.01)}
    assert [(o.finding, o.assertion) for o in case.observations] == [("cough", Assertion.ABSENT)]


def test_the_last_word_on_a_finding_counts(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.observe("fever", Assertion.PRESENT)
    c.reject("fever")
    assert [(o.assertion, o.rejected) for o in c.encounter.observations] == [(None, True)]
    c.withdraw("fever")
    assert c.encounter.observations == ()


def test_a_value_that_is_withdrawn_is_gone(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_vitals(("systolic_mmhg", "diastolic_mmhg"), {"systolic_mmhg": 110.0, "diastolic_mmhg": 70.0})
    c.set_vitals(("systolic_mmhg", "diastolic_mmhg"), {})
    assert c.encounter.vitals == {}
    assert c.is_empty()


def test_an_impossible_test_result_leaves_the_earlier_one(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_test(TestResult("haemoglobin", None, 11.0, "g/dL"))
    with pytest.raises(BadInput):
        c.set_test(TestResult("haemoglobin", None, 110.0, "g/dL"))
    assert [t.value for t in c.encounter.tests] == [11.0]


def test_saving_keeps_the_assessment_of_exactly_what_is_saved(store: Store) -> None:
    engine = FakeEngine()
    c = visit(store, engine)
    c.set_text("fever")
    c.assess(c.case(), "en")
    c.set_text("fever and cough")
    saved = c.save("en")
    assert saved.assessment is not None
    assert [f["id"] for f in saved.assessment["findings"]] == ["fever", "cough"]  # type: ignore[union-attr,index]
    assert saved.assessment["provenance"]["pack"] == "fake.1"  # type: ignore[index]
    assert not c.is_unsaved


@pytest.mark.parametrize("failure", [RuntimeError("inside"), ArtefactCorrupt("damaged")])
def test_a_failing_engine_costs_the_advice_and_not_the_record(store: Store, failure: Exception) -> None:
    c = visit(store, FakeEngine(failure=failure))
    c.set_text("fever")
    with pytest.raises((AdviceUnavailable, ArtefactCorrupt)) as caught:
        c.assess(c.case(), "en")
    assert "fever" not in str(caught.value)
    assert c.save("en").assessment is None
    assert [v.text for v in store.saved] == ["fever"]


def test_without_an_engine_a_visit_is_saved_without_advice(store: Store) -> None:
    c = visit(store, None)
    c.set_text("fever")
    with pytest.raises(AdviceUnavailable):
        c.assess(c.case(), "en")
    assert c.usual("heart_rate") is None
    assert c.save("en").assessment is None


def test_a_visit_without_a_complaint_is_not_assessed(store: Store) -> None:
    engine = FakeEngine()
    c = visit(store, engine)
    c.set_plan("dressing changed")
    assert c.save("en").assessment is None
    assert engine.asked == []


def test_a_full_disk_loses_nothing(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_text("fever")
    store.failure = DiskFull("full")
    with pytest.raises(DiskFull):
        c.save("en")
    with pytest.raises(DiskFull):
        c.save_draft()
    assert c.encounter.text == "fever"
    assert c.is_unsaved
    store.failure = None
    assert c.save_draft()
    assert store.drafts[c.encounter.id].text == "fever"


def test_a_draft_is_written_only_after_a_change_and_ends_with_saving(store: Store) -> None:
    c = visit(store, FakeEngine())
    assert not c.save_draft()
    c.set_text("fever")
    assert c.save_draft()
    assert not c.save_draft()
    c.save("en")
    assert store.drafts == {}
    assert not c.save_draft()


def test_a_danger_needs_an_answer_with_a_reason_if_it_is_not_followed(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_vitals(("spo2_percent",), {"spo2_percent": 85.0})
    assessment = c.assess(c.case(), "en")
    assert [r.rule for r in c.unanswered_dangers(assessment)] == ["spo2_low"]
    with pytest.raises(BadInput):
        c.answer_rule("spo2_low", done=False, reason="  ")
    assert len(c.unanswered_dangers(assessment)) == 1
    c.answer_rule("spo2_low", done=False, reason="no oxygen here")
    assert c.unanswered_dangers(assessment) == ()
    assert c.save("en").rule_answers[0].reason == "no oxygen here"


def test_too_long_a_text_is_refused_and_the_earlier_one_stays(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_text("fever")
    with pytest.raises(BadInput):
        c.set_text("x" * 200_001)
    with pytest.raises(BadInput):
        c.set_text("\ud800")
    assert c.encounter.text == "fever"


def test_a_danger_stays_until_it_is_answered_or_its_findings_are_taken_back(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_text("fever and cough")
    calm = c.assess(c.case(), "en")
    rule = FiredRule("airway", TriageLevel.EMERGENCY, "Fever with cough", findings=("fever", "cough"))
    alarm = replace(calm, triage=Triage(TriageLevel.EMERGENCY, (rule,)))
    assert c.unanswered_dangers(calm) == ()
    assert c.unanswered_dangers(alarm) == (rule,)
    assert c.unanswered_dangers(calm) == (rule,)
    without = replace(calm, findings=tuple(f for f in calm.findings if f.id != "cough"))
    assert c.unanswered_dangers(without) == ()
    assert c.unanswered_dangers(alarm) == (rule,)
    c.answer_rule("airway", done=True)
    assert c.unanswered_dangers(alarm) == ()
    assert c.unanswered_dangers(calm) == ()


def test_a_sign_that_was_answered_is_not_asked_again_for_another_condition(store: Store) -> None:
    c = visit(store, FakeEngine())
    c.set_text("fever")
    calm = c.assess(c.case(), "en")
    signs = [FiredRule(f"danger_sign:{x}:fever", TriageLevel.EMERGENCY, x, findings=("fever",)) for x in "ab"]
    first, second = (replace(calm, triage=Triage(TriageLevel.EMERGENCY, (s,))) for s in signs)
    assert c.unanswered_dangers(first) == (signs[0],)
    c.answer_rule(signs[0].rule, done=True)
    assert c.unanswered_dangers(second) == ()
