"""The bundle: accepted by a FHIR library, complete, honest about what was not asked, and safe to show."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from fhir.resources.R4B.bundle import Bundle

from desktop.casefile.bundle import Visit, build_bundle
from desktop.casefile.fhir_machine import MACHINE_TAG
from desktop.casefile.identity import ClinicIdentity
from desktop.domain.patient import ListedItem, StatusList
from modelzoo.contract.case import ListStatus

IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
# Resource types whose definition is the same in R4 4.0.1 and R4B 4.3.0
SHARED = {
    "Composition", "Patient", "Organization", "Device", "Encounter", "AllergyIntolerance", "MedicationStatement",
    "MedicationRequest", "Condition", "Observation", "Provenance",
}  # fmt: skip


def _bundle(clinic: ClinicIdentity, visit: SimpleNamespace, patient=None, encounter=None, language: str = "en") -> dict:
    made = build_bundle(
        Visit(patient or visit.patient(), encounter or visit.encounter(), clinic.card, visit.started, "0.1.0", language)
    )
    Bundle.model_validate_json(made)
    return json.loads(made)


def _of(bundle: dict, kind: str) -> list[dict]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def _walk(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_visit_is_a_document(clinic: ClinicIdentity, visit: SimpleNamespace, language: str) -> None:
    bundle = _bundle(clinic, visit, language=language)
    assert bundle["type"] == "document"
    composition = bundle["entry"][0]["resource"]
    assert composition["resourceType"] == "Composition"
    codes = [s["code"]["coding"][0]["code"] for s in composition["section"] if "code" in s]
    assert codes == ["48765-2", "10160-0", "11450-4", "10154-3", "8716-3", "30954-2", "18776-5"]
    assert {e["resource"]["resourceType"] for e in bundle["entry"]} == SHARED
    assert all(s["text"]["div"] for s in composition["section"])


def test_every_reference_resolves_and_every_entry_is_reachable(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    bundle = _bundle(clinic, visit)
    addresses = [e["fullUrl"] for e in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", a) for a in addresses)
    named = {d["reference"] for d in _walk(bundle) if "reference" in d}
    assert named <= set(addresses)
    provenance = next(e["fullUrl"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Provenance")
    assert set(addresses) - named == {provenance}


def test_vital_signs_have_their_codes_and_units(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    seen = {}
    for o in _of(_bundle(clinic, visit), "Observation"):
        for coding in o["code"].get("coding", []):
            seen[coding["code"]] = o.get("valueQuantity", {}).get("code"), o.get("valueQuantity", {}).get("value")
    assert seen["8310-5"] == ("Cel", 38.9)
    assert seen["8867-4"] == ("/min", 104)
    assert seen["9279-1"] == ("/min", 32)
    assert seen["59408-5"] == ("%", 89)
    assert seen["29463-7"] == ("kg", 52)
    pressure = next(o for o in _of(_bundle(clinic, visit), "Observation") if "component" in o)
    parts = {c["code"]["coding"][0]["code"]: c["valueQuantity"]["value"] for c in pressure["component"]}
    assert parts == {"8480-6": 110, "8462-4": 70}


def test_none_known_and_not_asked_are_said(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    def absent(patient) -> set[str]:
        return {d["code"] for d in _walk(_bundle(clinic, visit, patient)) if d.get("system") == IPS}

    assert absent(visit.patient()) == {"no-known-medications", "no-problem-info"}
    nothing = StatusList(ListStatus.NONE_KNOWN)
    all_none = visit.patient(allergies=nothing, medicines=nothing, problems=nothing)
    assert absent(all_none) == {"no-known-allergies", "no-known-medications", "no-known-problems"}
    not_asked = visit.patient(allergies=StatusList(), medicines=StatusList(), problems=StatusList())
    assert absent(not_asked) == {"no-allergy-info", "no-medication-info", "no-problem-info"}
    empty_but_known = visit.patient(allergies=StatusList(ListStatus.KNOWN))
    assert "no-allergy-info" in absent(empty_but_known)


def test_birth_dates_keep_their_precision(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    def born(**changes: object) -> dict:
        return _of(_bundle(clinic, visit, visit.patient(**changes)), "Patient")[0]

    assert born()["birthDate"] == "1992-03-04"
    assert born(birth_date_is_estimate=True)["birthDate"] == "1992"
    assert born(birth_date=date(2026, 2, 3), birth_date_is_estimate=True)["birthDate"] == "2026-02"
    unknown = born(birth_date=None)
    assert "birthDate" not in unknown
    assert unknown["_birthDate"]["extension"][0]["valueCode"] == "unknown"
    assert born(sex=None)["gender"] == "unknown"


def test_what_the_program_suggests_is_never_a_condition(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    bundle = _bundle(clinic, visit)
    conditions = [c["code"]["text"] for c in _of(bundle, "Condition")]
    assert "Pneumonia" in conditions  # the clinician's own
    assert "Acute bronchitis" not in conditions
    assert "Pulmonary embolism" not in conditions
    machine = [o for o in _of(bundle, "Observation") if o.get("meta", {}).get("tag") == [MACHINE_TAG]]
    assert len(machine) == 1 + 2 + 1 + 2
    assert all(o["status"] == "preliminary" for o in machine)
    assert all("No clinician has reviewed" in o["note"][0]["text"] for o in machine)
    recorded = [o for o in _of(bundle, "Observation") if o["code"]["text"] == "Night sweats"]
    assert [o["status"] for o in recorded] == ["final"]  # the clinician said it
    diagnosis = next(c for c in _of(bundle, "Condition") if c["code"]["text"] == "Pneumonia")
    assert diagnosis["code"]["coding"] == [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "J18.9"}]
    versions = [v["value"] for v in _of(bundle, "Device")[0]["version"]]
    assert versions == ["0.1.0", "2026.12.1", "ab" * 32]


def test_hostile_words_stay_words(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    hostile = visit.hostile
    items = StatusList(ListStatus.KNOWN, (ListedItem(hostile, hostile),))
    patient = visit.patient(name=hostile, village=hostile, allergies=items, medicines=items, problems=items)
    encounter = visit.encounter(text=hostile, plan=hostile, author=hostile)
    bundle = _bundle(clinic, visit, patient, encounter)
    for value in _walk(bundle):
        if "div" in value:
            tree = ET.fromstring(value["div"])  # noqa: S314  our own output
            tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
            assert tags <= {"div", "p", "br"}
    assert "\x1b" not in json.dumps(bundle, ensure_ascii=False)


def test_an_empty_visit_says_that_it_is_empty(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    empty = visit.encounter(
        text="", vitals={}, tests=(), weight_kg=None, pregnant=None, assessment=None, diagnoses=(), plan="",
        prescriptions=(), author="",
    )  # fmt: skip
    bundle = _bundle(clinic, visit, visit.patient(village="", phone="", local_number=""), empty)
    sections = {s["title"]: s for s in bundle["entry"][0]["resource"]["section"]}
    assert sections["Vital signs"]["emptyReason"]["coding"][0]["code"] == "notasked"
    assert "None were measured." in sections["Vital signs"]["text"]["div"]
    assert _of(bundle, "Observation") == []


def test_same_visit_same_bytes(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    assert _bundle(clinic, visit) == _bundle(clinic, visit)
    other = _bundle(clinic, visit, encounter=visit.encounter(revision=2))
    assert other["entry"][0]["fullUrl"] != _bundle(clinic, visit)["entry"][0]["fullUrl"]
