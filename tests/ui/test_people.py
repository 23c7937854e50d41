"""What the form of a patient takes and gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.ui.presenters.people import FormError, PatientFields, fields_of, patient_from, read_birth
from modelzoo.contract.case import ListStatus

TODAY = date(2026, 11, 22)
NOBODY = Patient("p1", "")


@pytest.mark.parametrize("typed", ["1990-05-31", "1990/5/31", "1990.5.31", "1990年5月31日", "１９９０-０５-３１"])
def test_dates_are_exact(typed: str) -> None:
    assert read_birth(typed, TODAY) == (date(1990, 5, 31), False)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("34", 34.5),
        ("34 y", 34.5),
        ("34岁", 34.5),
        ("8 months", 8 / 12),
        ("8个月", 8 / 12),
        ("10 d", 10 / 365.2425),
        ("10天", 10 / 365.2425),
        ("0", 0),
    ],
)
def test_ages_are_estimates(typed: str, years: float) -> None:
    born, estimate = read_birth(typed, TODAY)
    assert estimate
    assert born is not None
    assert abs((TODAY - born).days - years * 365.2425) <= 1


def test_nothing_typed_is_nothing_known() -> None:
    assert read_birth("  ", TODAY) == (None, False)


@pytest.mark.parametrize("typed", ["yesterday", "300", "-3", "1990-13-01", "34 parsecs", "1e9", "😷", "٣٤x", "9" * 40])
def test_what_is_no_birth_is_refused(typed: str) -> None:
    with pytest.raises(FormError) as caught:
        read_birth(typed, TODAY)
    assert caught.value.field == "birth"


def test_lists_keep_remarks_and_both_kinds_of_comma() -> None:
    fields = PatientFields(name="A", allergies=(ListStatus.KNOWN, "penicillin (rash)，花生（肿）; dust ,"))
    allergies = patient_from(fields, NOBODY, TODAY, "en").allergies
    assert allergies.items == (ListedItem("penicillin", "rash"), ListedItem("花生", "肿"), ListedItem("dust"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_opening_and_saving_the_form_changes_nothing(language: str) -> None:
    stored = replace(
        NOBODY, name="Wanjiku", sex="female", birth_date=date(1992, 1, 9), birth_date_is_estimate=True, village="Kijiji",
        allergies=StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"), ListedItem("dust"))),
        medicines=StatusList(ListStatus.NONE_KNOWN),
    )  # fmt: skip
    assert patient_from(fields_of(stored, TODAY, language), stored, TODAY, language) == stored


def test_known_without_an_entry_is_refused() -> None:
    with pytest.raises(FormError) as caught:
        patient_from(PatientFields(name="A", problems=(ListStatus.KNOWN, " ; ")), NOBODY, TODAY, "en")
    assert caught.value.field == "problems"


def test_a_name_of_blanks_and_marks_is_none() -> None:
    with pytest.raises(FormError) as caught:
        patient_from(PatientFields(name=" \u202e\n "), NOBODY, TODAY, "en")
    assert caught.value.field == "name"
