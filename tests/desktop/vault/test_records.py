"""Patients, visits, drafts and small things: saved means it reads back, and nothing is overwritten silently."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.contact import Contact
from desktop.domain.encounter import Diagnosis, Encounter, EncounterKind, Prescription, RuleAnswer
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.vault import Vault
from desktop.vault.codec import patient_from_json, patient_to_json
from desktop.vault.errors import RevisionConflict, UnknownRecord
from modelzoo.contract.case import Assertion, ListStatus, Observation, TestResult
from modelzoo.contract.errors import BadInput

FULL_PATIENT = Patient(
    "p1",
    "Amina Nakato",
    sex="female",
    birth_date=date(1992, 2, 29),
    birth_date_is_estimate=True,
    village="上坝村",
    phone="+256 700 123456",
    local_number="A-17",
    allergies=StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"), ListedItem("磺胺"))),
    medicines=StatusList(ListStatus.NONE_KNOWN),
    problems=StatusList(ListStatus.KNOWN, (ListedItem("asthma"),)),
)
FULL_VISIT = Encounter(
    "e1",
    "p1",
    datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    text="three days of fever\n咳嗽 🤒",
    pregnant=False,
    weight_kg=52.5,
    vitals={"temperature_c": 38.9, "consciousness": "alert"},
    tests=(TestResult("malaria_rdt", "negative"), TestResult("glucose", None, 5.4, "mmol/L")),
    observations=(Observation("fever", Assertion.PRESENT), Observation("rash", None), Observation("x", None, True)),
    assessment={"id": "e1", "differential": [{"id": "a", "probability": 0.5}], "provenance": {"pack": "1"}},
    rule_answers=(RuleAnswer("low_oxygen", False, "no oxygen here"),),
    diagnoses=(Diagnosis("chest infection", "bronchitis", "J20.9"), Diagnosis("tired")),
    plan="rest\ncome back in two days",
    prescriptions=(Prescription("paracetamol", "as usual"),),
)


@pytest.fixture
def stocked(vault: Vault) -> Vault:
    vault.save_patient(FULL_PATIENT)
    return vault


def test_patient_reads_back_whole(stocked: Vault, clock: Any) -> None:
    saved = stocked.patient("p1")
    assert saved == replace(FULL_PATIENT, created_at=clock.now, updated_at=clock.now)
    assert patient_from_json(patient_to_json(saved)) == FULL_PATIENT


def test_changed_patient_keeps_history_and_refuses_stale_changes(stocked: Vault, clock: Any) -> None:
    first = stocked.patient("p1")
    clock.forward(5)
    second = stocked.save_patient(replace(first, village="Lower", allergies=StatusList()))
    assert second.created_at == first.created_at
    assert stocked.patient("p1") == second
    with pytest.raises(RevisionConflict):
        stocked.save_patient(replace(first, village="Other"))
    with pytest.raises(RevisionConflict):
        stocked.save_patient(FULL_PATIENT)
    with stocked._transaction() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM patient_revisions ORDER BY revision").scalars().all()
    assert [patient_from_json(body).village for body in bodies] == ["上坝村", "Lower"]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FULL_PATIENT, name="  "),
        replace(FULL_PATIENT, sex="other"),
        replace(FULL_PATIENT, birth_date=date(2026, 3, 3)),
        replace(FULL_PATIENT, birth_date=date(1899, 1, 1)),
        replace(FULL_PATIENT, name="x" * 201),
        replace(FULL_PATIENT, name="a\x00b"),
        replace(FULL_PATIENT, name="a\ud800"),
        replace(FULL_PATIENT, id="../../etc"),
        replace(FULL_PATIENT, allergies=StatusList(ListStatus.KNOWN)),
        replace(FULL_PATIENT, allergies=StatusList(ListStatus.NONE_KNOWN, (ListedItem("x"),))),
    ],
)
def test_impossible_patients_are_refused(vault: Vault, wrong: Patient) -> None:
    with pytest.raises(BadInput) as caught:
        vault.save_patient(wrong)
    assert caught.value.message.endswith(".")
    assert vault.recent_patients() == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("王", ["王小明"]),
        ("小明", ["王小明"]),
        ("王小明", ["王小明"]),
        ("明", ["王小明", "李明"]),
        ("欧阳", ["欧阳娜娜"]),
        ("娜", ["欧阳娜娜"]),
        ("明王", []),
        ("ami", ["Amina Nakato"]),
        ("NAKATO ami", ["Amina Nakato"]),
        ("jose", ["José Ángel"]),
        ("3456", ["Amina Nakato"]),
        ("+256 700 123456", ["Amina Nakato"]),
        ("256700-123456", ["Amina Nakato"]),
        ("0012 3456", ["Amina Nakato"]),
        ("上坝", ["Amina Nakato"]),
        ('" OR 1=1 --', []),
        ("words:*", []),
        ("NEAR(", []),
        ("😀", []),
        ("'; DROP TABLE patients", []),
    ],
)
def test_search(stocked: Vault, query: str, found: list[str]) -> None:
    for number, name in enumerate(("王小明", "李明", "欧阳娜娜", "José Ángel")):
        stocked.save_patient(Patient(f"q{number}", name))
    assert sorted(p.name for p in stocked.search_patients(query)) == sorted(found)


def test_renamed_patient_is_found_by_the_new_name_only(stocked: Vault) -> None:
    stocked.save_patient(replace(stocked.patient("p1"), name="陈丽"))
    assert stocked.search_patients("Amina") == []
    assert [p.id for p in stocked.search_patients("丽")] == ["p1"]


def test_empty_query_gives_recent_patients(stocked: Vault, clock: Any) -> None:
    clock.forward(10)
    stocked.save_patient(Patient("p2", "Second"))
    assert [p.id for p in stocked.search_patients("  ")] == ["p2", "p1"]
    clock.forward(10)
    stocked.save_encounter(FULL_VISIT)
    assert [p.id for p in stocked.recent_patients(1)] == ["p1"]


def test_visit_reads_back_whole_and_keeps_every_revision(stocked: Vault, clock: Any) -> None:
    first = stocked.save_encounter(FULL_VISIT)
    assert first == replace(FULL_VISIT, author="Amina", saved_at=clock.now, revision=1)
    clock.forward(60)
    second = stocked.save_encounter(replace(first, plan="changed my mind"))
    assert stocked.encounter("e1") == second
    assert stocked.encounter("e1", 1) == first
    assert stocked.encounter_revisions("e1") == [first, second]
    with pytest.raises(RevisionConflict):
        stocked.save_encounter(replace(first, plan="from another window"))
    with pytest.raises(RevisionConflict):
        stocked.save_encounter(FULL_VISIT)
    assert stocked.encounter("e1").plan == "changed my mind"


def test_visit_without_complaint_text(stocked: Vault) -> None:
    visit = Encounter("e9", "p1", datetime(2026, 3, 1, tzinfo=UTC), kind=EncounterKind.CERTIFICATE)
    assert stocked.encounter(stocked.save_encounter(visit).id).kind is EncounterKind.CERTIFICATE


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FULL_VISIT, text="x" * 200_001),
        replace(FULL_VISIT, vitals={"temperature_c": 389}),
        replace(FULL_VISIT, vitals={"systolic_mmhg": 80, "diastolic_mmhg": 120}),
        replace(FULL_VISIT, weight_kg=-1),
        replace(FULL_VISIT, tests=(TestResult("malaria_rdt", "maybe"),)),
        replace(FULL_VISIT, tests=(TestResult("haemoglobin", None, 12),)),
        replace(FULL_VISIT, started_at=datetime(2026, 3, 1)),  # noqa: DTZ001 - that is the mistake
        replace(FULL_VISIT, diagnoses=(Diagnosis(" "),)),
        replace(FULL_VISIT, assessment={"score": float("nan")}),
        replace(FULL_VISIT, plan="a\ud800"),
    ],
)
def test_impossible_visits_are_refused(stocked: Vault, wrong: Encounter) -> None:
    with pytest.raises(BadInput):
        stocked.save_encounter(wrong)
    with pytest.raises(BadInput):
        stocked.save_draft(wrong)
    assert stocked.encounters() == []
    assert stocked.drafts() == []


def test_visit_of_nobody_and_moved_visit(stocked: Vault) -> None:
    with pytest.raises(UnknownRecord):
        stocked.save_encounter(replace(FULL_VISIT, patient_id="nobody"))
    with pytest.raises(UnknownRecord):
        stocked.save_draft(replace(FULL_VISIT, patient_id="nobody"))
    with pytest.raises(UnknownRecord):
        stocked.encounter("nothing")
    saved = stocked.save_encounter(FULL_VISIT)
    stocked.save_patient(Patient("p2", "Other"))
    with pytest.raises(BadInput, match="another patient"):
        stocked.save_encounter(replace(saved, patient_id="p2"))


def test_lists_of_visits(stocked: Vault) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for number in range(3):
        stocked.save_encounter(Encounter(f"d{number}", "p1", start + timedelta(days=number)))
    assert [v.id for v in stocked.encounters()] == ["d2", "d1", "d0"]
    assert [v.id for v in stocked.encounters(1, 1)] == ["d1"]
    assert [v.id for v in stocked.encounters_of("p1")] == ["d2", "d1", "d0"]
    assert [v.id for v in stocked.encounters_on((start + timedelta(days=1)).astimezone().date())] == ["d1"]


def test_draft_survives_until_the_visit_is_saved(clinic: Any) -> None:
    with clinic.open() as vault:
        vault.save_patient(FULL_PATIENT)
        vault.save_draft(FULL_VISIT)
        vault.save_draft(replace(FULL_VISIT, text="more"))
    with clinic.open() as vault:
        assert vault.drafts() == [replace(FULL_VISIT, text="more")]
        vault.save_encounter(vault.drafts()[0])
        assert vault.drafts() == []
        vault.save_draft(replace(FULL_VISIT, id="e2"))
        vault.discard_draft("e2")
        assert vault.drafts() == []


def test_settings_secrets_contacts(clinic: Any) -> None:
    with clinic.open() as vault:
        assert vault.setting("language") is None
        assert vault.get_secret("identity") is None
        vault.set_setting("language", "en")
        vault.set_setting("language", "zh")
        vault.put_secret("identity", b"\x00key\xff")
        vault.add_contact(Contact("Hospital", "age1abc"))
        vault.add_contact(Contact("District hospital", "age1abc", "ff" * 32))
    with clinic.open() as vault:
        assert vault.setting("language") == "zh"
        assert vault.get_secret("identity") == b"\x00key\xff"
        assert [(c.name, c.recipient, c.signing_key) for c in vault.contacts()] == [
            ("District hospital", "age1abc", "ff" * 32)
        ]
        vault.remove_contact("age1abc")
        assert vault.contacts() == []


def test_threads_share_one_vault(stocked: Vault) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                stocked.save_encounter(replace(FULL_VISIT, id=f"t{number}-{turn}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(stocked.encounters()) == 20
    assert stocked.verify().ok


def test_all_or_nothing_keeps_all_or_nothing(clinic: Any) -> None:
    with clinic.open() as vault:

        def half_a_file() -> None:
            with vault.all_or_nothing():
                vault.save_patient(Patient("p1", "Half a file"))
                assert vault.patient("p1").name == "Half a file"
                vault.save_patient(Patient("p2", ""))

        with pytest.raises(BadInput):
            half_a_file()
        assert vault.recent_patients() == []
        with vault.all_or_nothing():
            vault.save_patient(Patient("p1", "A whole file"))
            vault.save_patient(Patient("p2", "Of two"))
    with clinic.open() as vault:
        assert {p.id for p in vault.recent_patients()} == {"p1", "p2"}
        assert vault.verify().ok
