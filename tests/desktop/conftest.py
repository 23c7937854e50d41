"""A visit with something in every field, text that tries to break out of every document, and a store in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from desktop.domain.contact import Contact
from desktop.domain.encounter import Diagnosis, Encounter, Prescription
from desktop.domain.patient import ListedItem, Patient, StatusList
from modelzoo.contract.case import ListStatus, TestResult

HOSTILE = '</div><script>alert("x")</script><img src=x onerror=y>&nbsp;]]>\x00\x1b[31m\u202e'
STARTED = datetime(2026, 11, 20, 8, 30, 15, 999, tzinfo=UTC)
PACK_SHA = "ab" * 32

ASSESSMENT = {
    "id": "e1",
    "language": "en",
    "patient": {},
    "findings": [
        {
            "id": "fever",
            "label": "Fever",
            "assertion": "present",
            "from": "text",
            "text": "fever",
            "duration_days": 3.0,
        },
        {"id": "chest_pain", "label": "Chest pain", "assertion": "absent", "from": "text", "text": "chest pain"},
        {"id": "night_sweats", "label": "Night sweats", "assertion": "absent", "from": "clinician"},
    ],
    "differential": [
        {"id": "pneumonia", "label": "Pneumonia", "icd10": ["J18.9"], "probability": 0.41, "band": "likely"},
        {"id": "bronchitis", "label": "Acute bronchitis", "icd10": ["J20.9"], "probability": 0.2, "band": "possible"},
    ],
    "must_not_miss": [{"id": "pe", "label": "Pulmonary embolism", "icd10": ["I26.9"], "because": "Not excluded."}],
    "triage": {"level": "urgent", "because": [{"text": "Breathing 32/min", "action": "Give oxygen and refer."}]},
    "questions": [],
    "coverage": {"inside": True, "score": 0.9, "because": None},
    "warnings": [{"code": "UND-004", "message": "Age was read from the text."}],
    "provenance": {"pack": "2026.12.1", "manifest_sha256": PACK_SHA, "device": "cpu"},
}


def patient(**changes: object) -> Patient:
    values: dict[str, object] = {
        "id": "p1",
        "name": "Amina Example 阿米娜",
        "sex": "female",
        "birth_date": date(1992, 3, 4),
        "village": "East village",
        "phone": "000",
        "local_number": "17",
        "allergies": StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"),)),
        "medicines": StatusList(ListStatus.NONE_KNOWN),
        "problems": StatusList(),
    }
    return Patient(**{**values, **changes})  # type: ignore[arg-type]


def encounter(**changes: object) -> Encounter:
    values: dict[str, object] = {
        "id": "e1",
        "patient_id": "p1",
        "started_at": STARTED,
        "text": "3 days of fever and cough, no chest pain. 咳黄痰。",
        "pregnant": False,
        "weight_kg": 52.0,
        "vitals": {
            "temperature_c": 38.9, "heart_rate": 104.0, "respiratory_rate": 32.0, "systolic_mmhg": 110.0,
            "diastolic_mmhg": 70.0, "spo2_percent": 89.0, "consciousness": "alert", "muac_mm": 250.0,
            "blood_glucose_mmol_l": 5.4,
        },
        "tests": (
            TestResult("malaria_rdt", "negative"),
            TestResult("haemoglobin", None, 11.2, "g/dL"),
            TestResult("sputum smear", None, 2.0, "plus"),
        ),
        "assessment": ASSESSMENT,
        "diagnoses": (Diagnosis("Pneumonia", "pneumonia", "J18.9"), Diagnosis("Anaemia, watch")),
        "plan": "Refer to the district hospital today.",
        "prescriptions": (Prescription("amoxicillin", "as on the packet"), Prescription("fluids")),
        "author": "Nurse Li",
    }  # fmt: skip
    return Encounter(**{**values, **changes})  # type: ignore[arg-type]


class MemoryStore:
    """The vault's methods that exchange needs, without a disk."""

    def __init__(self, *encounters: Encounter) -> None:
        self.visits = {e.id: e for e in encounters}
        self.secrets: dict[str, bytes] = {}
        self.people: list[Contact] = []
        self.trail: list[tuple[str, str, str]] = []

    def patient(self, patient_id: str) -> Patient:
        return patient(id=patient_id)

    def encounter(self, encounter_id: str) -> Encounter:
        return self.visits[encounter_id]

    def get_secret(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def put_secret(self, name: str, value: bytes) -> None:
        self.secrets[name] = value

    def contacts(self) -> list[Contact]:
        return list(self.people)

    def add_contact(self, contact: Contact) -> Contact:
        self.people.append(replace(contact, added_at=STARTED))
        return self.people[-1]

    def record(self, action: str, subject_id: str = "", detail: str = "") -> None:
        self.trail.append((action, subject_id, detail))


@pytest.fixture(scope="session")
def visit() -> SimpleNamespace:
    """Makers of a patient and an encounter, and what they hold."""
    return SimpleNamespace(
        patient=patient, encounter=encounter, hostile=HOSTILE, started=STARTED, assessment=ASSESSMENT, store=MemoryStore
    )
