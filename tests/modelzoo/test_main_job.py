"""The main job on real input: what three complaints must give, and the sayings that reading must survive."""

from __future__ import annotations

from typing import Any

import pytest

from modelzoo.contract.assessment import Assessment
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.contract.wire import assessment_to_mapping

ACUTE_CORONARY = {"acute_myocardial_infarction", "unstable_angina"}


def ask(engine: Engine, text: str, **fields: Any) -> Assessment:
    return engine.assess(Case(id="t", text=text, **fields))


def claims(assessment: Assessment) -> set[tuple[str, str]]:
    return {(f.id, str(f.assertion)) for f in assessment.findings}


def test_a_woman_with_a_chest_infection(engine: Engine) -> None:
    text = "34-year-old woman, three days of fever and cough with yellow phlegm, breathing fast, no chest pain"
    answer = ask(engine, text)
    assert {
        ("fever", "present"), ("cough", "present"), ("purulent_sputum", "present"), ("fast_breathing", "present"),
        ("chest_pain", "absent"),
    } <= claims(answer)  # fmt: skip
    assert answer.patient.age_years is not None
    assert answer.patient.age_years.value == 34
    assert answer.patient.sex is not None
    assert answer.patient.sex.value == "female"
    assert "community_acquired_pneumonia" in [c.id for c in answer.differential[:3]]
    assert answer.triage.level != "self_care"
    assert next(f.duration_days for f in answer.findings if f.id == "fever") == 3


def test_a_child_that_cannot_drink(engine: Engine) -> None:
    answer = ask(engine, "孩子2岁，发热三天，咳嗽，今天呼吸急促，喝不进奶，没有抽搐")
    expected = {("fever", "present"), ("cough", "present"), ("fast_breathing", "present"), ("seizure", "absent")}
    assert expected <= claims(answer)
    assert ("unable_to_drink", "present") in claims(answer)
    assert answer.triage.level == "emergency"
    assert any("unable_to_drink" in rule.findings for rule in answer.triage.because)
    assert {"community_acquired_pneumonia", "bronchiolitis"} & {c.id for c in answer.differential[:3]}


def test_a_heart_attack_in_two_languages(engine: Engine) -> None:
    answer = ask(engine, "Pt 55M, 突发剧烈胸痛 2 hours, sweating, 放射到左臂, denies fever, 无咳嗽")
    assert {("fever", "absent"), ("cough", "absent"), ("sweating", "present")} <= claims(answer)
    assert answer.triage.level == "emergency"
    assert ACUTE_CORONARY & {c.id for c in answer.differential[:3]}


SAYINGS = [
    ("denies fever, chills or rash", [("fever", "absent"), ("chills", "absent"), ("rash", "absent")]),
    ("no chest pain but has fever", [("chest_pain", "absent"), ("fever", "present")]),
    ("fever: none", [("fever", "absent")]),
    ("is negative for stroke", [("stroke_history", "absent")]),
    ("mother had asthma", [("asthma_history", "family")]),
    ("if he vomits, return", [("vomiting", "hypothetical")]),
    ("no change in cough", [("cough", "present")]),
    ("无发热、咳嗽，但有胸闷", [("fever", "absent"), ("cough", "absent"), ("chest_tightness", "present")]),
    ("否认药物过敏史", [("allergy_history", "absent")]),
    ("不怎么咳嗽了", [("cough", "present")]),
    ("他妈妈有哮喘", [("asthma_history", "family")]),
    ("feaver and diarhea", [("fever", "present"), ("diarrhea", "present")]),
    ("hedache 三天, with vomitting, 没有皮疹", [("headache", "present"), ("vomiting", "present"), ("rash", "absent")]),
]


@pytest.mark.parametrize(("text", "expected"), SAYINGS, ids=[s[0] for s in SAYINGS])
def test_sayings_that_reading_must_survive(engine: Engine, text: str, expected: list[tuple[str, str]]) -> None:
    assert set(expected) <= {(f.id, str(f.assertion)) for f in engine.understand(text)}


def test_every_offset_points_at_its_words(engine: Engine) -> None:
    text = "🙂🙂 ３天　fever，Cough!! 👩‍⚕️ 没有\u200b胸痛"
    found = [f for f in engine.understand(text) if f.start is not None]
    assert {f.id for f in found} == {"fever", "cough", "chest_pain"}
    assert all(text[f.start : f.end] == f.text for f in found)


def test_the_weights_of_every_candidate_add_up_to_its_score(engine: Engine) -> None:
    answer = ask(engine, "fever and cough for three days, no rash, maybe chest pain", age_years=40)
    assert len(answer.differential) == 20
    for candidate in answer.differential:
        assert sum(e.weight for e in candidate.evidence) == pytest.approx(candidate.score, abs=1e-9)
    probabilities = [c.probability for c in answer.differential]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) <= 1.0


def test_the_wire_form_has_every_promised_key(engine: Engine) -> None:
    wire = assessment_to_mapping(ask(engine, "34-year-old woman with cough"))
    assert set(wire) >= {
        "id", "patient", "findings", "differential", "must_not_miss", "triage", "questions", "coverage", "warnings",
        "provenance",
    }  # fmt: skip
    assert wire["patient"]["age_years"]["from"] == "text"
    assert len(wire["provenance"]["manifest_sha256"]) == 64
