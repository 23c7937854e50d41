"""The last look at a patient or a visit before it is kept: what is impossible is refused, nothing changed silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from desktop.domain.age import age_years
from desktop.domain.encounter import Diagnosis, Encounter, Prescription, RuleAnswer
from desktop.domain.identifiers import check_id
from desktop.domain.laboratory import check_test
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.domain.vitals import WEIGHT_KG, check_blood_pressure, check_number, check_vital
from modelzoo.contract.case import ListStatus
from modelzoo.contract.errors import BadInput
from modelzoo.contract.wire import check_text

MAX_NAME_CHARACTERS = 200
MAX_LINE_CHARACTERS = 500
MAX_PLAN_CHARACTERS = 20_000
MAX_ITEMS = 200
MAX_ASSESSMENT_CHARACTERS = 5_000_000


def check_line(value: object, field: str, limit: int = MAX_LINE_CHARACTERS) -> str:
    """Return one line of text without blanks at its ends. Raises BadInput for control or damaged characters."""
    if not isinstance(value, str):
        raise BadInput(f"The {field} must be text.", code="DOM-050", data={"field": field})
    line = value.strip()
    if len(line) > limit:
        raise BadInput(f"The {field} is longer than {limit} characters.", code="DOM-051", data={"field": field})
    if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in line):
        raise BadInput(f"The {field} holds signs that cannot be kept.", code="DOM-052", data={"field": field})
    return line


def check_user_name(value: object) -> str:
    """Return the name of somebody who works with the program. Raises BadInput."""
    name = check_line(value, "user name", MAX_NAME_CHARACTERS)
    if not name:
        raise BadInput("A user needs a name.", code="DOM-053", data={"field": "user name"})
    return name


def checked_patient(patient: Patient, today: date) -> Patient:
    """Return the patient with tidied text.

    Raises:
        BadInput: no name, a birth date in the future or more than 125 years ago, a list that contradicts its status.
    """
    name = check_line(patient.name, "name", MAX_NAME_CHARACTERS)
    if not name:
        raise BadInput("A patient needs a name.", code="DOM-053", data={"field": "name"})
    if patient.sex not in (None, "female", "male"):
        raise BadInput("The sex must be female, male or left open.", code="DOM-054", data={"field": "sex"})
    if patient.birth_date is not None:
        age_years(patient.birth_date, today)
    return replace(
        patient,
        id=check_id(patient.id),
        name=name,
        village=check_line(patient.village, "village", MAX_NAME_CHARACTERS),
        phone=check_line(patient.phone, "phone", 50),
        local_number=check_line(patient.local_number, "local number", 50),
        allergies=checked_list(patient.allergies, "allergies"),
        medicines=checked_list(patient.medicines, "medicines"),
        problems=checked_list(patient.problems, "problems"),
    )


def checked_list(given: StatusList, field: str) -> StatusList:
    """Return a list whose items agree with its status. Raises BadInput."""
    items = tuple(ListedItem(check_line(i.name, field), check_line(i.note, field)) for i in given.items)
    if any(not item.name for item in items):
        raise BadInput(f"An entry of the {field} has no name.", code="DOM-055", data={"field": field})
    if len(items) > MAX_ITEMS:
        raise BadInput(f"The {field} hold more than {MAX_ITEMS} entries.", code="DOM-056", data={"field": field})
    status = ListStatus(given.status)
    if bool(items) != (status is ListStatus.KNOWN):
        raise BadInput(
            f"The {field} and their status contradict each other: entries belong to 'known' and to nothing else.",
            code="DOM-057",
            data={"field": field, "status": str(status)},
        )
    return StatusList(status, items)


def checked_encounter(visit: Encounter) -> Encounter:
    """Return the visit with every field checked and test values in standard units.

    Raises:
        BadInput: an impossible measurement or test, text that is too long, a time without its zone.
    """
    if len(visit.tests) > MAX_ITEMS or len(visit.observations) > 5 * MAX_ITEMS:
        raise BadInput(f"The visit holds more than {MAX_ITEMS} tests or remarks.", code="DOM-056")
    vitals = {name: check_vital(name, value) for name, value in visit.vitals.items()}
    check_blood_pressure(vitals)
    return replace(
        visit,
        id=check_id(visit.id),
        patient_id=check_id(visit.patient_id),
        started_at=check_time(visit.started_at),
        text=check_text(visit.text),
        weight_kg=None if visit.weight_kg is None else check_number(WEIGHT_KG, visit.weight_kg),
        vitals=vitals,
        tests=tuple(check_test(t) for t in visit.tests),
        assessment=None if visit.assessment is None else _plain_json(visit.assessment),
        rule_answers=tuple(
            RuleAnswer(check_line(a.rule, "rule"), a.done, check_line(a.reason, "reason")) for a in visit.rule_answers
        ),
        diagnoses=tuple(_diagnosis(d) for d in visit.diagnoses),
        prescriptions=tuple(_prescription(p) for p in visit.prescriptions),
        plan=_plan(visit.plan),
        author=check_line(visit.author, "author", MAX_NAME_CHARACTERS),
    )


def check_time(moment: datetime) -> datetime:
    """Return the moment. Raises BadInput when it has no time zone, since nobody could tell when that was."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise BadInput("A time of the visit has no time zone.", code="DOM-058")
    return moment


def _diagnosis(given: Diagnosis) -> Diagnosis:
    text = check_line(given.text, "diagnosis")
    if not text:
        raise BadInput("A diagnosis is empty.", code="DOM-059", data={"field": "diagnosis"})
    return replace(given, text=text)


def _prescription(given: Prescription) -> Prescription:
    medicine = check_line(given.medicine, "medicine")
    if not medicine:
        raise BadInput("A prescription names no medicine.", code="DOM-059", data={"field": "medicine"})
    return Prescription(medicine, check_line(given.directions.replace("\n", " "), "directions", 2000))


def _plan(plan: str) -> str:
    if len(check_text(plan)) > MAX_PLAN_CHARACTERS:
        raise BadInput(f"The plan is longer than {MAX_PLAN_CHARACTERS:,} characters.", code="DOM-051")
    return plan


def _plain_json(assessment: Mapping[str, object]) -> dict[str, object]:
    try:
        text = json.dumps(assessment, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput("The assessment cannot be kept as it is.", code="DOM-060") from error
    if len(text) > MAX_ASSESSMENT_CHARACTERS:
        raise BadInput("The assessment is too large to keep.", code="DOM-060")
    plain: dict[str, object] = json.loads(text)
    return plain
