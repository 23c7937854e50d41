"""Vital-sign scores against hand-worked charts, every band edge included."""

from __future__ import annotations

import pytest

from modelzoo.reasoning.scores import news2_parts, pews_parts, score

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


@pytest.mark.parametrize(
    ("months", "name", "value", "points"),
    [
        # table 1 of the Bedside PEWS: every edge of three of the age bands, and the days on which a band begins
        (2.9, "heart_rate", 149, 0), (2.9, "heart_rate", 150, 1), (2.9, "heart_rate", 180, 2), (2.9, "heart_rate", 190, 4),
        (2.9, "heart_rate", 111, 0), (2.9, "heart_rate", 110, 1), (2.9, "heart_rate", 90, 2), (2.9, "heart_rate", 80, 4),
        (3.1, "heart_rate", 110, 0), (3.1, "heart_rate", 170, 2), (3.1, "heart_rate", 180, 4), (11.9, "respiratory_rate", 50, 0),
        (11.9, "respiratory_rate", 51, 1), (12.1, "respiratory_rate", 41, 1), (12.1, "respiratory_rate", 61, 2),
        (12.1, "respiratory_rate", 71, 4), (47, "systolic_mmhg", 91, 0), (47, "systolic_mmhg", 75, 2), (47, "systolic_mmhg", 65, 4),
        (49, "heart_rate", 110, 1), (49, "heart_rate", 150, 2), (49, "heart_rate", 151, 4), (143, "respiratory_rate", 31, 1),
        (145, "respiratory_rate", 17, 1), (145, "respiratory_rate", 23, 2), (145, "respiratory_rate", 30, 4),
    ],
)  # fmt: skip
def test_bedside_pews_points(months: float, name: str, value: float, points: int) -> None:
    assert pews_parts({name: value}, months * 30.4375) == {name: points}


def test_pews_is_for_children_alone() -> None:
    vitals = {"heart_rate": 160.0, "respiratory_rate": 55.0}
    assert score("pews", vitals, CHILD) == 8
    assert score("pews_single", vitals, CHILD) == 4
    assert score("pews", vitals, ADULT) is None
    assert score("pews", {}, CHILD) is None
