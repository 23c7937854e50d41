"""Vital-sign scores against hand-worked charts, every band edge included."""

from __future__ import annotations

import pytest

from modelzoo.reasoning.scores import news2_parts, score

ADULT, CHILD = 40 * 365.25, 5 * 365.25


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("respiratory_rate", 8, 3), ("respiratory_rate", 9, 1), ("respiratory_rate", 11, 1), ("respiratory_rate", 12, 0),
        ("respiratory_rate", 20, 0), ("respiratory_rate", 21, 2), ("respiratory_rate", 24, 2), ("respiratory_rate", 25, 3),
        ("spo2_percent", 91, 3), ("spo2_percent", 92, 2), ("spo2_percent", 93, 2), ("spo2_percent", 94, 1),
        ("spo2_percent", 95, 1), ("spo2_percent", 96, 0), ("systolic_mmhg", 90, 3), ("systolic_mmhg", 91, 2),
        ("systolic_mmhg", 100, 2), ("systolic_mmhg", 101, 1), ("systolic_mmhg", 110, 1), ("systolic_mmhg", 111, 0),
        ("systolic_mmhg", 219, 0), ("systolic_mmhg", 220, 3), ("heart_rate", 40, 3), ("heart_rate", 41, 1),
        ("heart_rate", 50, 1), ("heart_rate", 51, 0), ("heart_rate", 90, 0), ("heart_rate", 91, 1), ("heart_rate", 110, 1),
        ("heart_rate", 111, 2), ("heart_rate", 130, 2), ("heart_rate", 131, 3), ("temperature_c", 35.0, 3),
        ("temperature_c", 35.1, 1), ("temperature_c", 36.0, 1), ("temperature_c", 36.1, 0), ("temperature_c", 38.0, 0),
        ("temperature_c", 38.1, 1), ("temperature_c", 39.0, 1), ("temperature_c", 39.1, 2), ("consciousness", "alert", 0),
        ("consciousness", "confused", 3), ("consciousness", "voice", 3),
    ],
)  # fmt: skip
def test_news2_points(name: str, value: float | str, points: int) -> None:
    assert news2_parts({name: value}) == {name: points}


def test_news2_adds_up_and_never_applies_to_children() -> None:
    vitals = {"respiratory_rate": 25.0, "spo2_percent": 92.0, "heart_rate": 120.0}
    assert score("news2", vitals, ADULT) == 7
    assert score("news2_single", vitals, ADULT) == 3
    assert score("news2", vitals, CHILD) is None
    assert score("news2", {}, ADULT) is None


def test_qsofa_and_shock_index() -> None:
    assert score("qsofa", {"respiratory_rate": 22.0, "systolic_mmhg": 100.0, "consciousness": "confused"}, ADULT) == 3
    assert score("qsofa", {"respiratory_rate": 21.0, "systolic_mmhg": 101.0, "consciousness": "alert"}, ADULT) == 0
    assert score("shock_index", {"heart_rate": 120.0, "systolic_mmhg": 80.0}, ADULT) == 1.5
    assert score("shock_index", {"heart_rate": 120.0}, ADULT) is None


def test_an_unknown_score_is_a_mistake_in_the_knowledge() -> None:
    with pytest.raises(KeyError):
        score("apache", {}, ADULT)
