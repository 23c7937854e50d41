"""Cases from a file, taken into the vault as patients and assessed visits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop.domain.age import birth_date_from_age
from desktop.domain.encounter import Encounter, EncounterKind
from desktop.domain.identifiers import new_id
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.domain.validation import check_line, checked_encounter, checked_patient
from desktop.services.case_lines import parse_line, read_lines
from desktop.vault import Vault
from modelzoo.contract.case import Case, ListStatus
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BadInput, BarefootError
from modelzoo.contract.wire import assessment_to_mapping


def read_cases(file: Path) -> list[Case]:
    """Return the cases of a file, one JSON object a line, blank lines left out.

    Raises:
        BadInput: the file cannot be read, or a line cannot be used (the sentence says which line and why).
    """
    cases: list[Case] = []
    now = datetime.now(UTC)
    for number, line in read_lines(file):
        try:
            case = parse_line(line)
            _patient(case, now.astimezone().date())
            _encounter(case, "checked", now)
        except BarefootError as error:
            raise BadInput(f"Line {number}: {error.message}", code=error.code, data={"line": number}) from error
        cases.append(case)
    return cases


def import_cases(vault: Vault, engine: Engine, cases: list[Case], language: str = "en") -> list[dict[str, str]]:
    """Save each case as a new patient with one assessed encounter; returns their identifiers in order.

    All cases are saved, or none: whoever imports the file again after a failure makes no patient twice.
    A case has no name, so the patient is named after the case's ``id``. Exposures, region and
    month count for the assessment and are not kept: a visit has no place of its own for them.
    """
    saved = []
    with vault.all_or_nothing():
        for case in cases:
            now = datetime.now(UTC)
            assessment = assessment_to_mapping(engine.assess(case, language))
            patient = vault.save_patient(_patient(case, now.astimezone().date()))
            visit = vault.save_encounter(_encounter(case, patient.id, now, assessment))
            saved.append({"id": case.id, "patient_id": patient.id, "encounter_id": visit.id})
        vault.record("imported", detail=str(len(saved)))
    return saved


def first_diagnosis(visit: Encounter) -> dict[str, str | None]:
    """Return the clinician's first diagnosis by id and code, else the first of the program's list; no free text.

    A diagnosis in the clinician's own words alone shows as by ``clinician`` without an id: the words stay inside.
    """
    if visit.diagnoses:
        first = visit.diagnoses[0]
        return _listed_diagnosis(first.condition_id, first.icd10, "clinician")
    ranked: Any = (visit.assessment or {}).get("differential")
    if ranked:
        return _listed_diagnosis(ranked[0]["id"], next(iter(ranked[0]["icd10"]), None), "program")
    return _listed_diagnosis(None, None, None)


def _listed_diagnosis(condition_id: str | None, icd10: str | None, by: str | None) -> dict[str, str | None]:
    return {"first_diagnosis": condition_id, "icd10": icd10, "diagnosis_by": by}


def _patient(case: Case, today: date) -> Patient:
    patient = Patient(
        id=new_id(),
        name=check_line(case.id, "id"),
        sex=case.sex,
        birth_date=None if case.age_years is None else birth_date_from_age(case.age_years, today),
        birth_date_is_estimate=case.age_years is not None,
        allergies=StatusList(case.allergies.status, tuple(ListedItem(name) for name in case.allergies.items)),
        medicines=_listed(case.medicines),
        problems=_listed(case.history),
    )
    return checked_patient(patient, today)


def _listed(names: tuple[str, ...]) -> StatusList:
    # an empty list in a case does not say that anybody asked
    return StatusList(ListStatus.KNOWN, tuple(ListedItem(name) for name in names)) if names else StatusList()


def _encounter(case: Case, patient_id: str, now: datetime, assessment: dict[str, Any] | None = None) -> Encounter:
    return checked_encounter(
        Encounter(
            id=new_id(),
            patient_id=patient_id,
            started_at=now,
            kind=EncounterKind.COMPLAINT if case.text.strip() else EncounterKind.OTHER,
            text=case.text,
            pregnant=case.pregnant,
            weight_kg=case.weight_kg,
            vitals=case.vitals,
            tests=case.tests,
            observations=case.observations,
            assessment=assessment,
        )
    )
