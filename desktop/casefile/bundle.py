"""``bundle.json``: one visit as a FHIR document Bundle after the International Patient Summary.

Only what R4 4.0.1 and R4B 4.3.0 share is used. Section codes: LOINC, as the International Patient Summary names them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from desktop.casefile.fhir_entries import LOINC, TERMINOLOGY, Entries, Resource, concept, instant, narrative
from desktop.casefile.fhir_lists import Section, add_allergies, add_medications, add_problems
from desktop.casefile.fhir_machine import add_history, add_suggestions
from desktop.casefile.fhir_measured import add_results, add_vital_signs
from desktop.casefile.fhir_people import add_clinic, add_encounter, add_patient, add_program, add_provenance
from desktop.casefile.identity import ClinicCard
from desktop.casefile.manifest import PackVersion
from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.domain.saved_assessment import SavedAssessment, read_assessment
from desktop.domain.wording import say


@dataclass(frozen=True, slots=True)
class Visit:
    """What is sealed: one visit of one patient, seen by one clinic. ``language`` is ``en`` or ``zh``."""

    patient: Patient
    encounter: Encounter
    clinic: ClinicCard
    created_at: datetime
    program_version: str
    language: str = "en"


def pack_of(saved: SavedAssessment | None) -> PackVersion | None:
    """Return the assessment pack behind a saved assessment, or None where none is named."""
    return PackVersion(saved.pack, saved.manifest_sha256) if saved and saved.pack else None


def build_bundle(visit: Visit) -> bytes:
    """Return the Bundle as UTF-8 JSON; the same visit and time give the same bytes."""
    patient, encounter, language = visit.patient, visit.encounter, visit.language
    saved = read_assessment(encounter.assessment)
    entries = Entries(f"{encounter.id}/{encounter.revision}")
    add_patient(entries, patient, encounter.started_at.date(), language)
    add_clinic(entries, visit.clinic)
    add_program(entries, visit.program_version, pack_of(saved), language)
    add_encounter(entries, encounter)
    sections = [
        _section("allergies", "48765-2", add_allergies(entries, patient, language), language),
        _section("medications", "10160-0", add_medications(entries, patient, encounter, language), language),
        _section("problems", "11450-4", add_problems(entries, patient, encounter, language), language),
        _section("history", "10154-3", add_history(entries, encounter, saved, language), language),
        _section("vital_signs", "8716-3", add_vital_signs(entries, encounter, language), language, "none_measured"),
        _section("results", "30954-2", add_results(entries, encounter, language), language, "no_tests"),
        _section("plan", "18776-5", ([], [encounter.plan or say("no_plan", language)]), language),
        _section("machine", None, add_suggestions(entries, encounter, saved, language), language),
    ]
    add_provenance(entries, visit.created_at)
    composition = {"fullUrl": entries.address("composition"), "resource": _composition(visit, entries, sections)}
    bundle = {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": entries.address("bundle")},
        "type": "document",
        "timestamp": instant(visit.created_at),
        "entry": [composition, *entries.entries],
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _section(title: str, loinc: str | None, content: Section, language: str, empty: str | None = None) -> Resource:
    references, shown = content
    section: Resource = {"title": say(title, language)}
    if loinc:
        section["code"] = concept(say(title, language), (LOINC, loinc))
    section["text"] = narrative(shown or [say(empty or "-", language)])
    if references:
        section["entry"] = references
    elif empty:
        section["emptyReason"] = concept(say(empty, language), (f"{TERMINOLOGY}list-empty-reason", "notasked"))
    return section


def _composition(visit: Visit, entries: Entries, sections: list[Resource]) -> Resource:
    title = say("title", visit.language)
    return {
        "resourceType": "Composition",
        "language": "zh-CN" if visit.language == "zh" else "en",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": entries.address("composition")},
        "status": "final",
        "type": concept(title, (LOINC, "60591-5")),
        "subject": entries.reference("patient"),
        "encounter": entries.reference("encounter"),
        "date": instant(visit.created_at),
        "author": [entries.reference("clinic")],
        "custodian": entries.reference("clinic"),
        "title": title,
        "text": narrative([title, f"{visit.patient.name} · {instant(visit.encounter.started_at)}"]),
        "section": sections,
    }
