"""The report on worked cases, and the readers of public sets, on cases made up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modelzoo.contract.assessment import Band, Candidate
from modelzoo.contract.case import Case
from modelzoo.contract.errors import BadInput
from modelzoo.evidence.benchmarks import Told, benchmarks, named, score
from modelzoo.evidence.cases import NONE, WorkedCase
from modelzoo.evidence.metrics import Outcome, Share
from modelzoo.evidence.printed import as_data
from modelzoo.evidence.report import alarms, calibrations, report
from tests.fake_engine import FakeEngine


def told(number: int, expected: str, *, lowest: str = "routine", highest: str = "routine") -> WorkedCase:
    case = Case(id=f"c{number}", text="x", age_years=30.0, sex="female")
    return WorkedCase(case, "en", "typical", "patient", expected, expected, (), lowest, highest)


def answered(
    worked: WorkedCase, rank: int | None, said: float, level: str = "routine", rules: tuple[str, ...] = ()
) -> Outcome:
    return Outcome(worked, rank, ("a",), level, rules, True, False, said=said, none=1 - said, heard=0.2)


def test_the_two_samplings_weigh_cases_differently() -> None:
    outcomes = [answered(told(1, "common"), 1, 0.9), answered(told(2, "rare"), None, 0.9)]
    evenly, met = calibrations(outcomes, {"common": 0.1, "rare": 0.0001})
    assert evenly.error == pytest.approx(0.4)
    assert met.error == pytest.approx(0.1, abs=0.01)
    assert met.brier < evenly.brier


def test_alarms_are_counted_on_mild_cases_alone() -> None:
    outcomes = [
        answered(told(1, "a"), 1, 0.5, "urgent", ("risk:a", "risk:b")),
        answered(told(2, "a"), 1, 0.5, "routine", ("no_danger_routine",)),
        answered(told(3, "a", lowest="urgent", highest="emergency"), 1, 0.5, "emergency", ("shock",)),
    ]
    assert alarms(outcomes) == {"risk": 50.0}


def test_the_report_is_plain_data_and_says_how_sure_it_is() -> None:
    outcomes = [answered(told(1, "a"), 1, 0.5), answered(told(2, NONE), None, 0.1)]
    data = json.loads(json.dumps(as_data(report(outcomes, {"a": 0.01}))))
    first = data["figures"]["first"]
    assert (first["hits"], first["total"]) == (1, 1)
    assert first["low"] < 1.0 == first["high"]
    assert data["none_of_these_auroc"] == 1.0
    assert data["text_reader_median_share"] == pytest.approx(0.2)
    assert set(data["groups"]["language"]) == {"en"}
    assert data["largest_gap_of_an_explanation"] == 0.0


@pytest.mark.parametrize(
    ("diagnosis", "name", "strict", "same"),
    [
        ("Myocardial infarction (heart attack)", "Heart attack", False, True),
        ("Influenza", "Influenza", True, True),
        ("Uterine rupture", "Rupture", True, False),
        ("Uterine rupture", "Rupture", False, True),
        ("Malaria", "Measles", False, False),
    ],
)
def test_when_two_names_are_one(diagnosis: str, name: str, strict: bool, same: bool) -> None:
    candidate = Candidate("x", name, (), (), 0.5, Band.POSSIBLE, 0.0, ())
    assert named(diagnosis, strict=strict)(candidate) is same


def test_public_sets_are_read_from_a_folder(tmp_path: Path) -> None:
    vignette = {"case_description": "chest pain", "correct_diagnosis": "Angina", "urgency_level": "em"}
    (tmp_path / "semigran_vignettes.jsonl").write_text(json.dumps(vignette) + "\n", encoding="utf-8")
    (tmp_path / "symptom2disease.csv").write_text(",label,text\n0,Malaria,I shake\n", encoding="utf-8")
    exam = {
        "Patient_Actor": {"Demographics": "35-year-old female", "Symptoms": {"Primary_Symptom": "Double vision"}},
        "Physical_Examination_Findings": {"Vital_Signs": {"Heart_Rate": "72 bpm"}},
        "Test_Results": {"Secret": "the answer"}, "Correct_Diagnosis": "Angina",
    }  # fmt: skip
    (tmp_path / "agentclinic_medqa.jsonl").write_text(json.dumps({"OSCE_Examination": exam}), encoding="utf-8")
    sets = {name: list(read()) for name, read in benchmarks(tmp_path).items()}
    assert [case.urgency for case in sets["semigran_vignettes.jsonl"]] == ["em"]
    (examined,) = sets["agentclinic_medqa.jsonl"]
    assert "Heart Rate: 72 bpm." in examined.text
    assert "answer" not in examined.text
    assert sets["symptom2disease.csv"][0].diagnosis == "Malaria"


@pytest.mark.parametrize("text", ["{}\n", "not json\n", '{"case_description": 1}\n'])
def test_a_set_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "semigran_vignettes.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"semigran_vignettes\.jsonl is not of the form"):
        list(benchmarks(tmp_path)["semigran_vignettes.jsonl"]())


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds none of"):
        benchmarks(tmp_path)


def test_a_set_is_scored_by_depth_and_by_urgency() -> None:
    cases = [
        Told("fever and cough", "x", lambda c: False, urgency="em"),
        Told("fever and cough", "y", lambda c: True, urgency="ne"),
    ]
    scored = score(FakeEngine(), cases)
    assert scored["in 1"] == scored["in 3"] == Share(1, 2)
    assert scored["triage right"].total == 2
    assert scored["diagnoses never in three"] == ["x"]
