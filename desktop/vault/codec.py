"""Patients and visits as the JSON text that is stored; what is written reads back equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from desktop.domain.encounter import Diagnosis, Encounter, EncounterKind, Prescription, RuleAnswer
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.vault.errors import VaultDamaged
from modelzoo.contract.case import Assertion, ListStatus, Observation, TestResult

LISTS = ("allergies", "medicines", "problems")


def stamp(moment: datetime) -> str:
    """Return a moment as UTC text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return the moment behind a stamp."""
    return datetime.fromisoformat(text)


def encounter_to_json(visit: Encounter) -> str:
    """Return the stored form of a visit."""
    return json.dumps(
        {
            "id": visit.id,
            "patient_id": visit.patient_id,
            "started_at": stamp(visit.started_at),
            "kind": str(visit.kind),
            "text": visit.text,
            "pregnant": visit.pregnant,
            "weight_kg": visit.weight_kg,
            "vitals": dict(visit.vitals),
            "tests": [[t.name, t.result, t.value, t.unit] for t in visit.tests],
            "observations": [[o.finding, o.assertion and str(o.assertion), o.rejected] for o in visit.observations],
            "assessment": visit.assessment,
            "rule_answers": [[a.rule, a.done, a.reason] for a in visit.rule_answers],
            "diagnoses": [[d.text, d.condition_id, d.icd10] for d in visit.diagnoses],
            "plan": visit.plan,
            "prescriptions": [[p.medicine, p.directions] for p in visit.prescriptions],
            "author": visit.author,
            "saved_at": None if visit.saved_at is None else stamp(visit.saved_at),
            "revision": visit.revision,
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def encounter_from_json(body: str) -> Encounter:
    """Return the visit behind its stored form. Raises VaultDamaged."""
    try:
        data: Mapping[str, Any] = json.loads(body)
        return Encounter(
            id=data["id"],
            patient_id=data["patient_id"],
            started_at=moment(data["started_at"]),
            kind=EncounterKind(data["kind"]),
            text=data["text"],
            pregnant=data["pregnant"],
            weight_kg=data["weight_kg"],
            vitals=dict(data["vitals"]),
            tests=tuple(TestResult(*t) for t in data["tests"]),
            observations=tuple(Observation(f, a and Assertion(a), r) for f, a, r in data["observations"]),
            assessment=data["assessment"],
            rule_answers=tuple(RuleAnswer(*a) for a in data["rule_answers"]),
            diagnoses=tuple(Diagnosis(*d) for d in data["diagnoses"]),
            plan=data["plan"],
            prescriptions=tuple(Prescription(*p) for p in data["prescriptions"]),
            author=data["author"],
            saved_at=None if data["saved_at"] is None else moment(data["saved_at"]),
            revision=data["revision"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise VaultDamaged("A stored visit cannot be read.", data={"cause": type(error).__name__}) from error


def patient_to_json(patient: Patient) -> str:
    """Return a patient as kept in the revision history."""
    return json.dumps(
        {
            "id": patient.id,
            "name": patient.name,
            "sex": patient.sex,
            "birth_date": patient.birth_date and patient.birth_date.isoformat(),
            "birth_date_is_estimate": patient.birth_date_is_estimate,
            "village": patient.village,
            "phone": patient.phone,
            "local_number": patient.local_number,
            **{name: _list_to_mapping(getattr(patient, name)) for name in LISTS},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def patient_from_json(body: str) -> Patient:
    """Return the patient behind one entry of the revision history. Raises VaultDamaged."""
    try:
        data: dict[str, Any] = json.loads(body)
        lists = {
            name: StatusList(ListStatus(data[name]["status"]), tuple(ListedItem(*item) for item in data[name]["items"]))
            for name in LISTS
        }
        birth_date = data["birth_date"] and date.fromisoformat(data["birth_date"])
        return Patient(**(data | lists | {"birth_date": birth_date}))
    except (ValueError, KeyError, TypeError) as error:
        raise VaultDamaged("A stored patient cannot be read.", data={"cause": type(error).__name__}) from error


def _list_to_mapping(given: StatusList) -> dict[str, object]:
    return {"status": str(given.status), "items": [[i.name, i.note] for i in given.items]}
