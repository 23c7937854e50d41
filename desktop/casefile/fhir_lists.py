"""Allergies, medicines, problems, diagnoses and prescriptions; "none known" and "not asked" are said, never left out.

Codes for what is absent or unknown: International Patient Summary, CodeSystem absent-unknown-uv-ips.
"""

from __future__ import annotations

from desktop.casefile.fhir_entries import ABSENT_UNKNOWN, ICD10, TERMINOLOGY, Entries, Resource, clean, concept, instant
from desktop.domain.encounter import Encounter
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.domain.wording import say
from modelzoo.contract.case import ListStatus

Section = tuple[list[Resource], list[str]]

_ABSENT_CODES = {
    "allergies": {ListStatus.NONE_KNOWN: "no-known-allergies", ListStatus.NOT_ASKED: "no-allergy-info"},
    "medications": {ListStatus.NONE_KNOWN: "no-known-medications", ListStatus.NOT_ASKED: "no-medication-info"},
    "problems": {ListStatus.NONE_KNOWN: "no-known-problems", ListStatus.NOT_ASKED: "no-problem-info"},
}


def _rows(listed: StatusList, kind: str, language: str) -> list[tuple[Resource, str, ListedItem | None]]:
    """Return (code, words, item) for each item, or the one row that says why there is none."""
    if listed.status is ListStatus.KNOWN and listed.items:
        return [(concept(i.name), f"{i.name}: {i.note}" if i.note else i.name, i) for i in listed.items]
    # A list "known" to be empty says nothing that could be relied on
    status = ListStatus.NOT_ASKED if listed.status is ListStatus.KNOWN else listed.status
    words = say(f"{status}.{kind}", language)
    return [(concept(words, (ABSENT_UNKNOWN, _ABSENT_CODES[kind][status])), words, None)]


def add_allergies(entries: Entries, patient: Patient, language: str) -> Section:
    """Add an AllergyIntolerance for each allergy, or one that says that none is known or that nobody asked."""
    references, shown = [], []
    for number, (code, words, item) in enumerate(_rows(patient.allergies, "allergies", language)):
        resource: Resource = {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": concept("Active", (f"{TERMINOLOGY}allergyintolerance-clinical", "active")),
            "code": code,
            "patient": entries.reference("patient"),
        }
        if item is not None and item.note:
            resource["note"] = [{"text": clean(item.note)}]
        references.append(entries.add(f"allergy/{number}", resource))
        shown.append(words)
    return references, shown


def add_medications(entries: Entries, patient: Patient, encounter: Encounter, language: str) -> Section:
    """Add what the patient takes (MedicationStatement) and what was recorded as prescribed (MedicationRequest)."""
    references, shown = [], []
    for number, (code, words, item) in enumerate(_rows(patient.medicines, "medications", language)):
        resource: Resource = {
            "resourceType": "MedicationStatement",
            "status": "active" if item is not None else "unknown",
            "medicationCodeableConcept": code,
            "subject": entries.reference("patient"),
        }
        if item is not None and item.note:
            resource["dosage"] = [{"text": clean(item.note)}]
        references.append(entries.add(f"medicine/{number}", resource))
        shown.append(words)
    for number, prescription in enumerate(encounter.prescriptions):
        resource = {
            "resourceType": "MedicationRequest",
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": concept(prescription.medicine),
            "subject": entries.reference("patient"),
            "encounter": entries.reference("encounter"),
            "authoredOn": instant(encounter.started_at),
        }
        words = f"{say('prescribed', language)}: {prescription.medicine}"
        if prescription.directions:
            resource["dosageInstruction"] = [{"text": clean(prescription.directions)}]
            words += f", {prescription.directions}"
        references.append(entries.add(f"prescription/{number}", resource))
        shown.append(words)
    return references, shown


def add_problems(entries: Entries, patient: Patient, encounter: Encounter, language: str) -> Section:
    """Add known problems and the clinician's diagnoses as Conditions; how sure the clinician was is not claimed."""
    references, shown = [], []
    active = concept("Active", (f"{TERMINOLOGY}condition-clinical", "active"))
    for number, (code, words, item) in enumerate(_rows(patient.problems, "problems", language)):
        resource: Resource = {
            "resourceType": "Condition",
            "clinicalStatus": active,
            "category": [concept("Problem list", (f"{TERMINOLOGY}condition-category", "problem-list-item"))],
            "code": code,
            "subject": entries.reference("patient"),
        }
        if item is not None and item.note:
            resource["note"] = [{"text": clean(item.note)}]
        references.append(entries.add(f"problem/{number}", resource))
        shown.append(words)
    for number, diagnosis in enumerate(encounter.diagnoses):
        codings = [(ICD10, diagnosis.icd10)] if diagnosis.icd10 else []
        resource = {
            "resourceType": "Condition",
            "clinicalStatus": active,
            "category": [concept("Diagnosis", (f"{TERMINOLOGY}condition-category", "encounter-diagnosis"))],
            "code": concept(diagnosis.text, *codings),
            "subject": entries.reference("patient"),
            "encounter": entries.reference("encounter"),
            "recordedDate": instant(encounter.started_at),
        }
        references.append(entries.add(f"diagnosis/{number}", resource))
        suffix = f" ({diagnosis.icd10})" if diagnosis.icd10 else ""
        shown.append(f"{say('diagnosis', language)}: {diagnosis.text}{suffix}")
    return references, shown
