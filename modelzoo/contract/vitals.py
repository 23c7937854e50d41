"""Measurements: their names, units and the range in which a value is physically possible.

What is *normal* depends on age and stands in the knowledge; what is *possible* stands here, because a value
outside it is a slip of the pen and is refused before anything reasons about it.
Source of the limits: general medical knowledge (widest values reported in living patients, rounded outwards).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from modelzoo.contract.errors import BadInput

CONSCIOUSNESS = ("alert", "confused", "voice", "pain", "unresponsive")


@dataclass(frozen=True, slots=True)
class PossibleRange:
    """Lowest and highest value that is accepted, both inclusive, in ``unit``."""

    name: str
    unit: str
    low: float
    high: float
    label_en: str
    label_zh: str


POSSIBLE: dict[str, PossibleRange] = {
    r.name: r
    for r in (
        PossibleRange("temperature_c", "°C", 25.0, 45.0, "Temperature", "体温"),
        PossibleRange("heart_rate", "/min", 10, 350, "Heart rate", "心率"),
        PossibleRange("respiratory_rate", "/min", 2, 150, "Breathing rate", "呼吸频率"),
        PossibleRange("systolic_mmhg", "mmHg", 30, 300, "Systolic blood pressure", "收缩压"),
        PossibleRange("diastolic_mmhg", "mmHg", 10, 200, "Diastolic blood pressure", "舒张压"),
        PossibleRange("spo2_percent", "%", 30, 100, "Oxygen saturation", "血氧饱和度"),
        PossibleRange("muac_mm", "mm", 50, 500, "Mid-upper-arm circumference", "上臂围"),
        PossibleRange("blood_glucose_mmol_l", "mmol/L", 0.3, 80.0, "Blood glucose", "血糖"),
        PossibleRange("glasgow_coma_scale", "points", 3, 15, "Glasgow coma scale", "格拉斯哥昏迷评分"),
    )
}
VITAL_NAMES = (*POSSIBLE, "consciousness")

AGE_YEARS = PossibleRange("age_years", "years", 0.0, 125.0, "Age", "年龄")
WEIGHT_KG = PossibleRange("weight_kg", "kg", 0.3, 400.0, "Weight", "体重")


def check_number(limits: PossibleRange, value: object) -> float:
    """Return ``value`` as a finite float inside ``limits``.

    Raises:
        BadInput: it is not a number, or lies outside the possible range (the sentence names the range).
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise BadInput(
            f"{limits.label_en} must be a number in {limits.unit}.", code="INP-010", data={"field": limits.name}
        )
    number = float(value)
    if not limits.low <= number <= limits.high:
        raise BadInput(
            f"{limits.label_en} {number:g} {limits.unit} is not possible: "
            f"it must lie between {limits.low:g} and {limits.high:g} {limits.unit}.",
            code="INP-011",
            data={"field": limits.name, "low": limits.low, "high": limits.high, "unit": limits.unit},
        )
    return number


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def check_vital(name: str, value: object) -> float | str:
    """Return one measurement checked against what is possible; ``consciousness`` is a word of ``CONSCIOUSNESS``.

    Raises:
        BadInput: an unknown name, a wrong type, or an impossible value.
    """
    if name == "consciousness":
        if value not in CONSCIOUSNESS:
            raise BadInput(
                f"Consciousness must be one of {', '.join(CONSCIOUSNESS)}.", code="INP-012", data={"field": name}
            )
        return str(value)
    if name not in POSSIBLE:
        raise BadInput(
            "A measurement with an unknown name was given.", code="INP-013", data={"known": list(VITAL_NAMES)}
        )
    return check_number(POSSIBLE[name], value)
