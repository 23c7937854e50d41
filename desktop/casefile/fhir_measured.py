"""Vital signs and simple tests as Observations: LOINC where the code is certain, UCUM for units, else words."""

from __future__ import annotations

from desktop.casefile.fhir_entries import LOINC, TERMINOLOGY, Entries, Resource, clean, concept, instant, quantity
from desktop.casefile.fhir_lists import Section
from desktop.domain.encounter import Encounter
from desktop.domain.laboratory import CATALOGUE
from desktop.domain.vitals import POSSIBLE
from desktop.domain.wording import say
from modelzoo.contract.case import TestResult

# LOINC codes as in the FHIR R4 vital signs profiles; a measurement without one is given in words
_VITAL_CODES: dict[str, tuple[str, ...]] = {
    "temperature_c": ("8310-5",),
    "heart_rate": ("8867-4",),
    "respiratory_rate": ("9279-1",),
    "spo2_percent": ("2708-6", "59408-5"),
    "muac_mm": (),
    "blood_glucose_mmol_l": (),
    "glasgow_coma_scale": ("9269-2",),
}
_UCUM = {
    "°C": "Cel",
    "/min": "/min",
    "mmHg": "mm[Hg]",
    "%": "%",
    "mm": "mm",
    "mmol/L": "mmol/L",
    "g/dL": "g/dL",
    "points": "{score}",
}


def add_vital_signs(entries: Entries, encounter: Encounter, language: str) -> Section:
    """Add one Observation for each measurement; blood pressure is one panel of two components."""
    references, shown = [], []
    for name, value in encounter.vitals.items():
        if name not in _VITAL_CODES or isinstance(value, str):
            continue
        limits = POSSIBLE[name]
        label = limits.label_zh if language == "zh" else limits.label_en
        code = concept(label, *((LOINC, c) for c in _VITAL_CODES[name]))
        resource = _observation(entries, encounter, "vital-signs", code)
        resource["valueQuantity"] = quantity(value, limits.unit, _UCUM[limits.unit])
        references.append(entries.add(f"vital/{name}", resource))
        shown.append(f"{label}: {value:g} {limits.unit}")
    for add in (_add_blood_pressure, _add_weight, _add_words):
        more, words = add(entries, encounter, language)
        references += more
        shown += words
    return references, shown


def add_results(entries: Entries, encounter: Encounter, language: str) -> Section:
    """Add one laboratory Observation for each test."""
    references, shown = [], []
    for number, test in enumerate(encounter.tests):
        known = CATALOGUE.get(test.name)
        label = known.label(language) if known else test.name
        resource = _observation(entries, encounter, "laboratory", concept(label))
        words = _set_result(resource, test)
        references.append(entries.add(f"test/{number}", resource))
        shown.append(f"{label}: {words}")
    return references, shown


def _set_result(resource: Resource, test: TestResult) -> str:
    if test.value is None:
        resource["valueString"] = clean(test.result or "")
        return test.result or "-"
    unit = test.unit or ""
    if unit in _UCUM:
        resource["valueQuantity"] = quantity(test.value, unit, _UCUM[unit])
    else:
        resource["valueString"] = clean(f"{test.value:g} {unit}")
    return f"{test.value:g} {unit}".strip()


def _add_blood_pressure(entries: Entries, encounter: Encounter, language: str) -> Section:
    parts, components = [], []
    for name, code in (("systolic_mmhg", "8480-6"), ("diastolic_mmhg", "8462-4")):
        value, limits = encounter.vitals.get(name), POSSIBLE[name]
        if isinstance(value, int | float):
            label = limits.label_zh if language == "zh" else limits.label_en
            amount = quantity(value, "mmHg", "mm[Hg]")
            components.append({"code": concept(label, (LOINC, code)), "valueQuantity": amount})
            parts.append(f"{label} {value:g} mmHg")
    if not components:
        return [], []
    label = say("blood_pressure", language)
    resource = _observation(entries, encounter, "vital-signs", concept(label, (LOINC, "85354-9")))
    resource["component"] = components
    return [entries.add("vital/blood_pressure", resource)], [", ".join(parts)]


def _add_weight(entries: Entries, encounter: Encounter, language: str) -> Section:
    if encounter.weight_kg is None:
        return [], []
    label = say("weight", language)
    resource = _observation(entries, encounter, "vital-signs", concept(label, (LOINC, "29463-7")))
    resource["valueQuantity"] = quantity(encounter.weight_kg, "kg", "kg")
    return [entries.add("vital/weight", resource)], [f"{label}: {encounter.weight_kg:g} kg"]


def _add_words(entries: Entries, encounter: Encounter, language: str) -> Section:
    """Add what is recorded in words: consciousness, and whether the patient is pregnant (LOINC 82810-3)."""
    references, shown = [], []
    consciousness = encounter.vitals.get("consciousness")
    if isinstance(consciousness, str):
        label, word = say("consciousness", language), say(consciousness, language)
        resource = _observation(entries, encounter, "exam", concept(label))
        references.append(entries.add("vital/consciousness", {**resource, "valueCodeableConcept": concept(word)}))
        shown.append(f"{label}: {word}")
    if encounter.pregnant is not None:
        label = say("pregnancy", language)
        word = say("pregnant" if encounter.pregnant else "not_pregnant", language)
        resource = _observation(entries, encounter, "exam", concept(label, (LOINC, "82810-3")))
        references.append(entries.add("vital/pregnancy", {**resource, "valueCodeableConcept": concept(word)}))
        shown.append(f"{label}: {word}")
    return references, shown


def _observation(entries: Entries, encounter: Encounter, category: str, code: Resource) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept(category, (f"{TERMINOLOGY}observation-category", category))],
        "code": code,
        "subject": entries.reference("patient"),
        "encounter": entries.reference("encounter"),
        "effectiveDateTime": instant(encounter.started_at),
    }
