"""Measurements as they are typed: read, checked against what is possible, compared with what is usual at that age.

A value that no living patient has is refused with the range; one that is rare is kept and questioned; one outside the
usual range of the age is only marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.units import celsius_from_fahrenheit
from desktop.domain.vitals import POSSIBLE, WEIGHT_KG, PossibleRange, check_blood_pressure
from desktop.resources.translatable import Text, translatable
from modelzoo.contract.engine import NormalRange
from modelzoo.contract.errors import BadInput

# Outside these a value is possible but so rare that a slip of the pen is likelier. Source: general medical knowledge.
RARE_OUTSIDE: dict[str, tuple[float, float]] = {
    "temperature_c": (34.0, 41.5),
    "heart_rate": (40, 220),
    "respiratory_rate": (8, 80),
    "systolic_mmhg": (60, 240),
    "diastolic_mmhg": (30, 140),
    "spo2_percent": (70, 100),
    "muac_mm": (80, 420),
    "blood_glucose_mmol_l": (1.5, 35),
    "glasgow_coma_scale": (3, 15),
    "weight_kg": (1.5, 160),
}
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(°?\s*[cCfF]|/min|%|mmhg|mm|cm|kg|g)?", re.IGNORECASE)
_PRESSURE = re.compile(r"([0-9]{2,3})\s*[/\\-]\s*([0-9]{2,3})(?:\s*mmhg)?", re.IGNORECASE)

NOT_A_NUMBER = translatable("measuring", "Type a number in {unit}.")
NOT_A_PRESSURE = translatable("measuring", "Type both values, like 110/70.")
IMPOSSIBLE = translatable("measuring", "Not possible: {low} to {high} {unit}.")
UPSIDE_DOWN = translatable("measuring", "The upper value comes first, like 110/70.")
RARE = translatable("measuring", "{value} {unit} is rare. Is it right?")
USUAL = translatable("measuring", "usual {low}–{high}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one field holds: ``values`` to keep, whether they are ``unusual``, and ``refused`` or ``question``."""

    values: Mapping[str, float]
    unusual: bool = False
    refused: Text | None = None
    question: Text | None = None


def read_measurement(name: str, typed: str, usual: NormalRange | None) -> Reading:
    """Read one measurement; an empty field gives no values. ``102 F`` and ``38,9`` are understood.

    ``name`` is a measurement of the contract, or ``weight_kg``.
    """
    text = _plain_figures(typed)
    if not text:
        return Reading({})
    limits = _limits(name)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Reading({}, refused=NOT_A_NUMBER.fill(unit=limits.unit))
    value = float(match[1])
    unit = (match[2] or "").replace("°", "").strip().lower()
    if unit == "f" and name == "temperature_c":
        value = round(celsius_from_fahrenheit(value), 1)
    elif unit == "cm" and name == "muac_mm":
        value *= 10
    elif unit == "g" and name == "weight_kg":
        value /= 1000
    elif unit and unit not in limits.unit.lower():
        return Reading({}, refused=NOT_A_NUMBER.fill(unit=limits.unit))
    return _judged(limits, value, usual)


def read_blood_pressure(typed: str, systolic: NormalRange | None, diastolic: NormalRange | None) -> Reading:
    """Read ``110/70`` into both pressures."""
    text = _plain_figures(typed)
    if not text:
        return Reading({})
    match = _PRESSURE.fullmatch(text)
    if match is None:
        return Reading({}, refused=NOT_A_PRESSURE)
    upper = _judged(POSSIBLE["systolic_mmhg"], float(match[1]), systolic)
    lower = _judged(POSSIBLE["diastolic_mmhg"], float(match[2]), diastolic)
    refused = upper.refused or lower.refused
    if refused is not None:
        return Reading({}, refused=refused)
    values = {**upper.values, **lower.values}
    try:
        check_blood_pressure(values)
    except BadInput:
        return Reading({}, refused=UPSIDE_DOWN)
    return Reading(values, upper.unusual or lower.unusual, question=upper.question or lower.question)


def _judged(limits: PossibleRange, value: float, usual: NormalRange | None) -> Reading:
    if not limits.low <= value <= limits.high:
        return Reading({}, refused=IMPOSSIBLE.fill(low=f"{limits.low:g}", high=f"{limits.high:g}", unit=limits.unit))
    low, high = RARE_OUTSIDE[limits.name]
    question = None if low <= value <= high else RARE.fill(value=f"{value:g}", unit=limits.unit)
    unusual = question is not None or (usual is not None and not usual.low <= value <= usual.high)
    return Reading({limits.name: value}, unusual, question=question)


def _limits(name: str) -> PossibleRange:
    return WEIGHT_KG if name == "weight_kg" else POSSIBLE[name]


def _plain_figures(typed: str) -> str:
    """Full-width digits, decimal commas and blanks as Chinese and European keyboards give them."""
    text = unicodedata.normalize("NFKC", typed).strip()
    return re.sub(r"(?<=[0-9])[,。．](?=[0-9])", ".", text)
