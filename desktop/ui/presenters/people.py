"""Patients in words, and words into patients: what a form takes and a line shows. No Qt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.age import age_words, birth_date_from_age
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.resources.translatable import Text, translatable
from desktop.ui.plain_text import clean_line
from modelzoo.contract.case import ListStatus
from modelzoo.contract.errors import BadInput

ALLERGIC = translatable("people", "allergy: {items}")
NO_ALLERGY = translatable("people", "no known allergy")
ALLERGY_NOT_ASKED = translatable("people", "allergies not asked")
BIRTH_UNREADABLE = translatable("people", "Type a birth date like 1990-05-31, or an age like 34, 8 months, 10 days.")
LIST_EMPTY = translatable("people", "Write what is known, or choose that none is known.")
SEX_SHORT: dict[str, Text] = {"female": translatable("people", "F"), "male": translatable("people", "M")}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_AGE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*([^\W\d_]*)\.?")
_UNITS = {
    **dict.fromkeys(("", "y", "yr", "yrs", "year", "years", "岁", "周岁"), 1.0),
    **dict.fromkeys(("m", "mo", "month", "months", "个月", "月"), 1 / 12),
    **dict.fromkeys(("w", "wk", "week", "weeks", "周"), 7 / 365.2425),
    **dict.fromkeys(("d", "day", "days", "天", "日"), 1 / 365.2425),
}
_ITEM = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<note>[^()（）]*)[)）])?\s*")


class FormError(Exception):
    """What a form cannot take: the sentence, and the field's name."""

    def __init__(self, field: str, words: Text) -> None:
        super().__init__(field)
        self.field, self.words = field, words


@dataclass(frozen=True, slots=True)
class PatientFields:
    """The form as typed; lists are (status, words) with entries parted by semicolons or commas."""

    name: str = ""
    sex: str | None = None
    birth: str = ""
    village: str = ""
    phone: str = ""
    local_number: str = ""
    allergies: tuple[ListStatus, str] = (ListStatus.NOT_ASKED, "")
    medicines: tuple[ListStatus, str] = (ListStatus.NOT_ASKED, "")
    problems: tuple[ListStatus, str] = (ListStatus.NOT_ASKED, "")


def fields_of(patient: Patient, today: date, language: str) -> PatientFields:
    """Return a stored patient as the form shows it."""
    birth = ""
    if patient.birth_date is not None:
        exact = patient.birth_date.isoformat()
        birth = age_words(patient.birth_date, today, language) if patient.birth_date_is_estimate else exact
    return PatientFields(
        patient.name, patient.sex, birth, patient.village, patient.phone, patient.local_number,
        _typed(patient.allergies), _typed(patient.medicines), _typed(patient.problems),
    )  # fmt: skip


def patient_from(fields: PatientFields, before: Patient, today: date, language: str) -> Patient:
    """Return ``before`` with what the form holds. Raises FormError; what is impossible the registry refuses."""
    was = fields_of(before, today, language)
    if fields.birth.strip() == was.birth:  # an age that nobody touched must not move the estimated birth date
        birth, estimate = before.birth_date, before.birth_date_is_estimate
    else:
        birth, estimate = read_birth(fields.birth, today)
    if not clean_line(fields.name):
        raise FormError("name", translatable("errors", "Please give a name."))
    return replace(
        before,
        name=clean_line(fields.name, 200),
        sex=fields.sex,
        birth_date=birth,
        birth_date_is_estimate=estimate,
        village=clean_line(fields.village, 200),
        phone=clean_line(fields.phone, 50),
        local_number=clean_line(fields.local_number, 50),
        allergies=_listed("allergies", fields.allergies),
        medicines=_listed("medicines", fields.medicines),
        problems=_listed("problems", fields.problems),
    )


def read_birth(typed: str, today: date) -> tuple[date | None, bool]:
    """Return (birth date, whether it is an estimate) of ``1990-05-31``, ``34``, ``8 months``, ``10天``, or nothing.

    Raises:
        FormError: neither a date nor an age.
    """
    words = unicodedata.normalize("NFKC", typed).strip().casefold()
    if not words:
        return None, False
    try:
        exact = _DATE.fullmatch(words)
        if exact is not None:
            return date(*(int(part) for part in exact.groups())), False
        aged = _AGE.fullmatch(words.removeprefix("about ").removeprefix("约"))
        if aged is not None and aged[2] in _UNITS:
            return birth_date_from_age(float(aged[1]) * _UNITS[aged[2]], today), True
    except (ValueError, OverflowError, BadInput):
        raise FormError("birth", BIRTH_UNREADABLE) from None
    raise FormError("birth", BIRTH_UNREADABLE)


def age_short(patient: Patient, today: date, language: str) -> str:
    """Return ``34 years``, ``about 8 months``, or nothing."""
    if patient.birth_date is None or patient.birth_date > today:
        return ""
    return age_words(patient.birth_date, today, language, estimate=patient.birth_date_is_estimate)


def allergy_text(patient: Patient) -> Text:
    """Return what is recorded of allergies, in one phrase; that nobody asked is said too."""
    allergies = patient.allergies
    if allergies.status is ListStatus.KNOWN:
        return ALLERGIC.fill(items=", ".join(item.name for item in allergies.items))
    return NO_ALLERGY if allergies.status is ListStatus.NONE_KNOWN else ALLERGY_NOT_ASKED


def list_words(listed: StatusList) -> str:
    """Return the entries of a list as they are typed: ``penicillin (rash); nuts``."""
    return "; ".join(f"{item.name} ({item.note})" if item.note else item.name for item in listed.items)


def _typed(listed: StatusList) -> tuple[ListStatus, str]:
    return listed.status, list_words(listed)


def _listed(field: str, typed: tuple[ListStatus, str]) -> StatusList:
    status, words = typed
    if status is not ListStatus.KNOWN:
        return StatusList(status)
    items = tuple(_item(part) for part in re.split(r"[;；,，、\n]", words) if clean_line(part))
    if not items:
        raise FormError(field, LIST_EMPTY)
    return StatusList(status, items)


def _item(words: str) -> ListedItem:
    line = clean_line(words)
    match = _ITEM.fullmatch(line)
    return ListedItem(match["name"], clean_line(match["note"] or "")) if match else ListedItem(line)
