"""Ages, birth dates, units and simple tests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.age import age_words, age_years, birth_date_from_age
from desktop.domain.identifiers import check_id, new_id
from desktop.domain.laboratory import CATALOGUE, check_test
from desktop.domain.units import celsius_from_fahrenheit, to_standard
from modelzoo.contract.case import TestResult
from modelzoo.contract.errors import BadInput

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2016, 3, 1), TODAY, 10.0),
        (date(2016, 3, 2), TODAY, 10 - 1 / 365),
        (TODAY, TODAY, 0.0),
        (date(2024, 2, 29), date(2026, 2, 28), 2 - 1 / 365),
        (date(2024, 2, 29), date(2026, 3, 1), 2.0),
        (date(2024, 2, 29), date(2028, 2, 29), 4.0),
    ],
)
def test_age(birth: date, on: date, years: float) -> None:
    assert age_years(birth, on) == pytest.approx(years, abs=1e-9)


@given(st.dates(date(1905, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_age_grows_day_by_day(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    assert age_years(birth, on) < age_years(birth, on + timedelta(days=1))
    assert age_years(birth, on) == pytest.approx(days / 365.2425, abs=0.01)


@given(st.one_of(st.integers(0, 124), st.floats(0, 124)))
def test_stated_age_holds_on_the_day_it_was_said(stated: float) -> None:
    age = age_years(birth_date_from_age(stated, TODAY), TODAY)
    if stated == int(stated) and stated >= 2:
        assert int(age) == stated
    else:
        assert age == pytest.approx(stated, abs=0.01)


@pytest.mark.parametrize("birth", [TODAY + timedelta(days=1), date(1899, 1, 1)])
def test_impossible_birth_dates(birth: date) -> None:
    with pytest.raises(BadInput):
        age_years(birth, TODAY)


@pytest.mark.parametrize("age", [-1, 126, float("nan"), float("inf")])
def test_impossible_stated_ages(age: float) -> None:
    with pytest.raises(BadInput):
        birth_date_from_age(age, TODAY)


@pytest.mark.parametrize(
    ("birth", "en", "zh"),
    [
        (date(2026, 2, 28), "1 day", "1天"),
        (date(2026, 2, 1), "1 month", "1个月"),
        (date(2025, 11, 30), "3 months", "3个月"),
        (date(2024, 3, 2), "23 months", "23个月"),
        (date(2024, 3, 1), "2 years", "2岁"),
        (date(1990, 6, 1), "35 years", "35岁"),
    ],
)
def test_age_in_words(birth: date, en: str, zh: str) -> None:
    assert age_words(birth, TODAY) == en
    assert age_words(birth, TODAY, "zh", estimate=True) == "约" + zh


def test_units() -> None:
    assert to_standard("glucose", 180.16, "mg/dL") == pytest.approx(10.0)
    assert to_standard("haemoglobin", 95, "g/L") == pytest.approx(9.5)
    assert to_standard("glucose", 5.5, " MMOL / L ") == 5.5
    assert celsius_from_fahrenheit(98.6) == pytest.approx(37.0)
    with pytest.raises(BadInput, match="mmol/L or mg/dL"):
        to_standard("glucose", 5, "g/L")


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (TestResult("malaria_rdt", " Negative "), TestResult("malaria_rdt", "negative")),
        (TestResult("glucose", None, 90, "mg/dL"), TestResult("glucose", None, 5.0, "mmol/L")),
        (TestResult("haemoglobin", None, 120, "g/L"), TestResult("haemoglobin", None, 12.0, "g/dL")),
        (TestResult("urine_protein", "2+"), TestResult("urine_protein", "2+")),
        (TestResult("dengue_ns1", "positive"), TestResult("dengue_ns1", "positive")),
    ],
)
def test_results_are_kept_in_standard_form(given_: TestResult, kept: TestResult) -> None:
    assert check_test(given_) == kept
    assert check_test(kept) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        TestResult("malaria_rdt"),
        TestResult("malaria_rdt", "2+"),
        TestResult("malaria_rdt", None, 3.0, "g/dL"),
        TestResult("urine_nitrite", "trace"),
        TestResult("haemoglobin", "low"),
        TestResult("haemoglobin", None, 12.0),
        TestResult("haemoglobin", None, 120.0, "g/dL"),  # a slip of the unit
        TestResult("glucose", None, 0.01, "mmol/L"),
        TestResult("glucose", None, float("nan"), "mmol/L"),
    ],
)
def test_impossible_results_are_refused(wrong: TestResult) -> None:
    with pytest.raises(BadInput) as caught:
        check_test(wrong)
    assert caught.value.message.endswith(".")


def test_catalogue_is_bilingual_and_closed() -> None:
    for name, test in CATALOGUE.items():
        assert test.name == name
        assert test.label("en") != test.label("zh")
        assert bool(test.results) != bool(test.limits)
        assert bool(test.units) == bool(test.limits)


def test_identifiers() -> None:
    assert check_id(new_id()) != new_id()
    for wrong in ("", "../x", "a b", "x" * 101, None, 3, "é"):
        with pytest.raises(BadInput):
            check_id(wrong)
