"""Who the document is about and who and what made it: Patient, Organization, Encounter, Device, Provenance."""

from __future__ import annotations

from datetime import date, datetime

from desktop.casefile.fhir_entries import TERMINOLOGY, Entries, Resource, clean, concept, instant, narrative
from desktop.casefile.identity import ClinicCard
from desktop.casefile.manifest import PackVersion
from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.domain.wording import say

_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def add_patient(entries: Entries, patient: Patient, on: date, language: str) -> None:
    """Add the Patient. An estimated birth date is given only as precisely as it is known."""
    resource: Resource = {
        "resourceType": "Patient",
        "name": [{"text": clean(patient.name)}],
        "gender": patient.sex if patient.sex in ("female", "male") else "unknown",
    }
    shown = [patient.name]
    if patient.local_number:
        resource["identifier"] = [{"type": {"text": "Clinic's own number"}, "value": clean(patient.local_number)}]
    if patient.birth_date is None:
        resource["_birthDate"] = {"extension": [{"url": _ABSENT_REASON, "valueCode": "unknown"}]}
    else:
        resource["birthDate"] = _birth_date(patient, on)
        shown.append(resource["birthDate"])
        if patient.birth_date_is_estimate:
            shown.append(say("estimated", language))
    if patient.phone:
        resource["telecom"] = [{"system": "phone", "value": clean(patient.phone)}]
    if patient.village:
        resource["address"] = [{"text": clean(patient.village)}]
    entries.add("patient", {**resource, "text": narrative([" · ".join(shown)])})


def _birth_date(patient: Patient, on: date) -> str:
    """Exact dates in full; an estimate as a year, or as year and month for a child under two."""
    born = patient.birth_date
    if born is None:
        raise ValueError("birth date")
    if not patient.birth_date_is_estimate:
        return born.isoformat()
    return f"{born.year:04d}" if (on - born).days >= 2 * 365 else f"{born.year:04d}-{born.month:02d}"


def add_clinic(entries: Entries, clinic: ClinicCard) -> None:
    """Add the Organization that sealed the file."""
    resource = {
        "resourceType": "Organization",
        "identifier": [{"type": {"text": "Ed25519 public key"}, "value": clinic.signing_key}],
        "name": clean(clinic.name),
        "text": narrative([clinic.name]),
    }
    entries.add("clinic", resource)


def add_encounter(entries: Entries, encounter: Encounter) -> None:
    """Add the visit itself."""
    resource = {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "type": [concept(str(encounter.kind))],
        "subject": entries.reference("patient"),
        "period": {"start": instant(encounter.started_at)},
        "serviceProvider": entries.reference("clinic"),
        "text": narrative([f"{encounter.kind} · {instant(encounter.started_at)}"]),
    }
    if encounter.author:
        resource["participant"] = [{"individual": {"display": clean(encounter.author)}}]
    entries.add("encounter", resource)


def add_program(entries: Entries, program_version: str, pack: PackVersion | None, language: str) -> None:
    """Add the Device: the program and the assessment pack behind what it suggested."""
    versions: list[Resource] = [{"type": {"text": "program"}, "value": program_version}]
    shown = [f"Barefoot {program_version}"]
    if pack is not None:
        versions.append({"type": {"text": "assessment pack"}, "value": pack.version})
        versions.append({"type": {"text": "SHA-256 of the pack's manifest"}, "value": pack.manifest_sha256})
        shown.append(f"assessment pack {pack.version}")
    resource = {
        "resourceType": "Device",
        "deviceName": [{"name": "Barefoot", "type": "user-friendly-name"}],
        "version": versions,
        "note": [{"text": say("unreviewed", language)}],
        "text": narrative([", ".join(shown), say("unreviewed", language)]),
    }
    entries.add("program", resource)


def add_provenance(entries: Entries, recorded: datetime) -> None:
    """Add who is responsible for the document and which program put it together."""
    system = f"{TERMINOLOGY}provenance-participant-type"
    resource = {
        "resourceType": "Provenance",
        "target": [entries.reference("composition")],
        "recorded": instant(recorded),
        "agent": [
            {"type": concept("Author", (system, "author")), "who": entries.reference("clinic")},
            {"type": concept("Assembler", (system, "assembler")), "who": entries.reference("program")},
        ],
    }
    entries.add("provenance", resource)
