"""Measurements as typed: understood, marked, questioned, refused."""

from __future__ import annotations

import pytest

from desktop.services.measuring import RARE_OUTSIDE, read_blood_pressure, read_measurement
from modelzoo.contract.engine import NormalRange
from modelzoo.contract.vitals import POSSIBLE, WEIGHT_KG


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("temperature_c", "38.9", 38.9),
        ("temperature_c", "38,9", 38.9),
        ("temperature_c", "３８.９", 38.9),
        ("temperature_c", "102F", 38.9),
        ("temperature_c", "102 °F", 38.9),
        ("temperature_c", "37 °C", 37.0),
        ("heart_rate", "104/min", 104.0),
        ("spo2_percent", "93%", 93.0),
        ("muac_mm", "12.5 cm", 125.0),
        ("weight_kg", "3200 g", 3.2),
        ("weight_kg", "52", 52.0),
    ],
)
def test_typed_values_are_understood(name: str, typed: str, value: float) -> None:
    reading = read_measurement(name, typed, None)
    assert reading.values == {name: pytest.approx(value)}
    assert reading.refused is None


@pytest.mark.parametrize("typed", ["abc", "-5", "1e3", "37 kg", "nan", "inf", "38.9.1", "🙂", "3 8"])
def test_what_is_no_number_in_the_unit_is_refused(typed: str) -> None:
    reading = read_measurement("temperature_c", typed, None)
    assert reading.values == {}
    assert reading.refused is not None
    assert reading.refused.values["unit"] == "°C"


@pytest.mark.parametrize("name", [*POSSIBLE, "weight_kg"])
def test_impossible_values_are_refused_with_the_range(name: str) -> None:
    limits = WEIGHT_KG if name == "weight_kg" else POSSIBLE[name]
    for typed in (f"{limits.high + 1:g}", f"{limits.low / 2:g}"):
        reading = read_measurement(name, typed, None)
        assert reading.values == {}
        assert reading.refused is not None
        assert reading.refused.values == {"low": f"{limits.low:g}", "high": f"{limits.high:g}", "unit": limits.unit}
    assert read_measurement(name, f"{limits.high:g}", None).refused is None
    assert read_measurement(name, f"{limits.low:g}", None).refused is None


def test_rare_values_are_kept_and_questioned() -> None:
    assert set(RARE_OUTSIDE) == {*POSSIBLE, "weight_kg"}
    reading = read_measurement("temperature_c", "43", None)
    assert reading.values == {"temperature_c": 43.0}
    assert reading.question is not None
    assert reading.unusual


def test_the_usual_range_of_the_age_only_marks() -> None:
    adult, infant = NormalRange("respiratory_rate", 12, 20), NormalRange("respiratory_rate", 30, 50)
    assert read_measurement("respiratory_rate", "32", adult).unusual
    assert not read_measurement("respiratory_rate", "32", infant).unusual
    assert read_measurement("respiratory_rate", "32", adult).question is None


def test_blood_pressure_is_read_as_a_pair() -> None:
    reading = read_blood_pressure("１１０／70", NormalRange("systolic_mmhg", 100, 140), None)
    assert reading.values == {"systolic_mmhg": 110.0, "diastolic_mmhg": 70.0}
    assert not reading.unusual


@pytest.mark.parametrize("typed", ["110", "70/110", "110/110", "500/70", "110/5", "a/b"])
def test_an_impossible_pressure_is_refused(typed: str) -> None:
    reading = read_blood_pressure(typed, None, None)
    assert reading.values == {}
    assert reading.refused is not None


def test_an_empty_field_is_no_measurement() -> None:
    assert read_measurement("heart_rate", "  ", None).values == {}
    assert read_measurement("heart_rate", "  ", None).refused is None
    assert read_blood_pressure("", None, None).refused is None
