"""What the program suggested, as preliminary Observations and never as Conditions.

A Condition of ours could slip into a hospital's problem list at import; an Observation that says what it is cannot.
"""

from __future__ import annotations

from desktop.casefile.fhir_entries import ICD10, Entries, Resource, clean, concept, instant
from desktop.casefile.fhir_lists import Section
from desktop.domain.encounter import Encounter
from desktop.domain.saved_assessment import SavedAssessment, SavedCondition, SavedFinding
from desktop.domain.wording import say

MACHINE_TAG = {
    "system": "urn:barefoot:tag",
    "code": "machine-suggested",
    "display": "Suggested by a program, not reviewed by a clinician",
}
_SHOWN_CANDIDATES = 10
CLINICIAN = "clinician"


def add_suggestions(entries: Entries, encounter: Encounter, saved: SavedAssessment | None, language: str) -> Section:
    """Add triage level, differential, conditions not to be missed and findings, each labelled as a suggestion."""
    if saved is None:
        return [], [say("no_assessment", language)]
    references: list[Resource] = []
    shown = [say("unreviewed", language)]

    def add(role: str, label: str, value: str, codes: tuple[str, ...] = (), note: str = "") -> None:
        resource = _suggestion(entries, encounter, label, concept(value, *((ICD10, c) for c in codes)), note, language)
        references.append(entries.add(f"machine/{role}", resource))
        shown.append(f"{label}: {value}" + (f" ({note})" if note else ""))

    if saved.triage_level:
        because = "; ".join(rule.text for rule in saved.rules)
        add("triage", say("triage", language), say(saved.triage_level, language), note=because)
    for number, candidate in enumerate(saved.differential[:_SHOWN_CANDIDATES]):
        label = say("possible_condition", language)
        add(f"candidate/{number}", label, candidate.label, candidate.icd10, _candidate_note(candidate, language))
    for number, condition in enumerate(saved.must_not_miss):
        label = say("must_not_miss", language)
        add(f"must_not_miss/{number}", label, condition.label, condition.icd10, condition.because)
    for number, finding in enumerate(f for f in saved.findings if f.source != CLINICIAN):
        label = f"{say('finding', language)}: {finding.label}"
        add(f"finding/{number}", label, say(finding.assertion, language), note=_finding_note(finding))
    return references, shown


def add_history(entries: Entries, encounter: Encounter, saved: SavedAssessment | None, language: str) -> Section:
    """Add the complaint in words, and as Observations the findings that the clinician recorded or corrected."""
    references, shown = [], [encounter.text or say("no_text", language)]
    recorded = [f for f in saved.findings if f.source == CLINICIAN] if saved else []
    for number, finding in enumerate(recorded):
        resource = {
            "resourceType": "Observation",
            "status": "final",
            "code": concept(finding.label),
            "subject": entries.reference("patient"),
            "encounter": entries.reference("encounter"),
            "effectiveDateTime": instant(encounter.started_at),
            "valueCodeableConcept": concept(say(finding.assertion, language)),
        }
        references.append(entries.add(f"recorded/{number}", resource))
        shown.append(f"{finding.label}: {say(finding.assertion, language)}")
    return references, shown


def _candidate_note(candidate: SavedCondition, language: str) -> str:
    return say(f"band.{candidate.band}", language) if candidate.band else ""


def _finding_note(finding: SavedFinding) -> str:
    parts = [f"source: {finding.source}"] if finding.source else []
    if finding.duration_days is not None:
        parts.append(f"{finding.duration_days:g} d")
    if finding.severity:
        parts.append(finding.severity)
    if finding.quoted:
        parts.append(f"“{finding.quoted}”")
    return ", ".join(parts)


def _suggestion(
    entries: Entries, encounter: Encounter, label: str, value: Resource, note: str, language: str
) -> Resource:
    notes = [say("unreviewed", language), *([note] if note else [])]
    return {
        "resourceType": "Observation",
        "meta": {"tag": [MACHINE_TAG]},
        "status": "preliminary",
        "code": concept(label),
        "subject": entries.reference("patient"),
        "encounter": entries.reference("encounter"),
        "effectiveDateTime": instant(encounter.started_at),
        "valueCodeableConcept": value,
        "device": entries.reference("program"),
        "note": [{"text": clean(words)} for words in notes],
    }
