"""WHO child-care boundaries, exact to the breath, the tenth of a degree, the millimetre and the day.

Source: WHO child care decision tables (Digital Adaptation Kit): young infant under two months, child of two months to
under five years. A month is 30.4375 days, so sixty days old is under two months and sixty-one is not.
"""

from __future__ import annotations

from typing import Any

import pytest

from modelzoo.contract.assessment import Assessment, TriageLevel
from modelzoo.contract.case import Assertion, Case, Observation
from modelzoo.contract.engine import Engine

YEAR = 365.25
EMERGENCY, URGENT = TriageLevel.EMERGENCY, TriageLevel.URGENT


def assess(engine: Engine, days: float, *present: str, **vitals: Any) -> Assessment:
    observations = tuple(Observation(finding, Assertion.PRESENT) for finding in present)
    case = Case(id="who", text="", age_years=days / YEAR, vitals=vitals, observations=observations)
    return engine.assess(case)


def measured(answer: Assessment, finding: str) -> str | None:
    return next((str(f.assertion) for f in answer.findings if f.id == finding), None)


def rules(answer: Assessment) -> set[str]:
    return {fired.rule for fired in answer.triage.because}


# age in days, breaths a minute, whether WHO calls it fast breathing
BREATHS = [
    (0, 59, False), (0, 60, True), (59, 59, False), (59, 60, True), (60, 59, False), (60, 60, True),
    (61, 49, False), (61, 50, True), (61, 59, True), (364, 49, False), (364, 50, True),
    (365, 39, False), (365, 40, True), (366, 39, False), (366, 40, True), (1825, 39, False), (1825, 40, True),
]  # fmt: skip


@pytest.mark.parametrize(("days", "breaths", "fast"), BREATHS)
def test_fast_breathing(engine: Engine, days: int, breaths: int, fast: bool) -> None:
    answer = assess(engine, days, respiratory_rate=float(breaths))
    assert measured(answer, "fast_breathing") == ("present" if fast else "absent")


# age in days, temperature under the arm, rules that must fire and rules that must not
TEMPERATURES = [
    (30, 37.4, (), ("young_infant_fever", "young_infant_cold")), (30, 37.5, ("young_infant_fever",), ()),
    (60, 37.5, ("young_infant_fever",), ()), (61, 37.5, (), ("young_infant_fever",)),
    (30, 35.5, (), ("young_infant_cold",)), (30, 35.4, ("young_infant_cold",), ()),
]  # fmt: skip


@pytest.mark.parametrize(("days", "celsius", "fires", "silent"), TEMPERATURES)
def test_temperature(
    engine: Engine, days: int, celsius: float, fires: tuple[str, ...], silent: tuple[str, ...]
) -> None:
    found = rules(assess(engine, days, temperature_c=celsius))
    assert set(fires) <= found
    assert not set(silent) & found


@pytest.mark.parametrize(("celsius", "state"), [(37.4, "absent"), (37.5, "present")])
def test_fever_of_a_child(engine: Engine, celsius: float, state: str) -> None:
    assert measured(assess(engine, 2 * YEAR, temperature_c=celsius), "fever") == state


# arm circumference in millimetres: under 115 severe, 115 to under 125 moderate
ARMS = [(114, True, "present"), (115, False, "present"), (124, False, "present"), (125, False, "absent")]


@pytest.mark.parametrize(("millimetres", "severe", "low"), ARMS)
def test_arm_circumference(engine: Engine, millimetres: int, severe: bool, low: str) -> None:
    answer = assess(engine, 2 * YEAR, muac_mm=float(millimetres))
    assert ("muac_below_115" in rules(answer)) is severe
    assert measured(answer, "low_muac") == low


# two of the signs make a class; severe dehydration is an emergency, some dehydration is seen to today
DEHYDRATION = [
    (("lethargy", "sunken_eyes"), "severe_dehydration_young_child", EMERGENCY),
    (("unable_to_drink", "skin_pinch_very_slow"), "severe_dehydration_young_child", EMERGENCY),
    (("sunken_eyes", "skin_pinch_very_slow"), "severe_dehydration_young_child", EMERGENCY),
    (("irritable_child", "sunken_eyes"), "some_dehydration_young_child", URGENT),
    (("drinks_eagerly", "skin_pinch_slow"), "some_dehydration_young_child", URGENT),
]


@pytest.mark.parametrize(("signs", "rule", "level"), DEHYDRATION)
def test_dehydration_classes(engine: Engine, signs: tuple[str, ...], rule: str, level: TriageLevel) -> None:
    answer = assess(engine, 1.5 * YEAR, "diarrhea", *signs)
    assert rule in rules(answer)
    assert answer.triage.level is level


def test_one_sign_makes_no_class(engine: Engine) -> None:
    found = rules(assess(engine, 1.5 * YEAR, "diarrhea", "sunken_eyes"))
    assert not found & {"severe_dehydration_young_child", "some_dehydration_young_child"}


YOUNG_INFANT = [
    ("poor_feeding", {}), ("unable_to_drink", {}), ("seizure", {}), ("chest_indrawing", {}),
    ("no_movement_unless_stimulated", {}), ("fast_breathing", {"days": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("sign", "fields"), YOUNG_INFANT)
def test_danger_signs_of_the_young_infant(engine: Engine, sign: str, fields: dict[str, float]) -> None:
    assert assess(engine, fields.get("days", 20), sign).triage.level is EMERGENCY


GENERAL = ["unable_to_drink", "seizure", "lethargy", "unconsciousness"]


@pytest.mark.parametrize("sign", GENERAL)
@pytest.mark.parametrize("days", [61, 365, 1825])
def test_general_danger_signs_of_the_child(engine: Engine, sign: str, days: int) -> None:
    assert assess(engine, days, sign).triage.level is EMERGENCY


def test_vomiting_everything_is_seen_today_and_worse_with_another_sign(engine: Engine) -> None:
    """The tables test it by offering fluid: a child that keeps none down or cannot drink is an emergency."""
    assert assess(engine, YEAR, "vomiting_everything").triage.level is URGENT
    assert assess(engine, YEAR, "vomiting_everything", "unable_to_drink").triage.level is EMERGENCY
