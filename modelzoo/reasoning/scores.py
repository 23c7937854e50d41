"""Vital-sign scores. A missing measurement adds nothing, so a score is a lower bound until all is measured.

Sources: NEWS2, Royal College of Physicians 2017 (bands from general medical knowledge of the published chart; scale 1
for oxygen saturation, oxygen therapy not recorded here); qSOFA, Sepsis-3, 2016; shock index, heart rate / systolic.
"""

from __future__ import annotations

from collections.abc import Mapping

Vitals = Mapping[str, float | str]
ADULT_FROM_DAYS = 16 * 365.25

# (below, points) in rising order; the last entry catches the rest.
_NEWS2: dict[str, tuple[tuple[float, int], ...]] = {
    "respiratory_rate": ((9, 3), (12, 1), (21, 0), (25, 2), (float("inf"), 3)),
    "spo2_percent": ((92, 3), (94, 2), (96, 1), (float("inf"), 0)),
    "systolic_mmhg": ((91, 3), (101, 2), (111, 1), (220, 0), (float("inf"), 3)),
    "heart_rate": ((41, 3), (51, 1), (91, 0), (111, 1), (131, 2), (float("inf"), 3)),
    "temperature_c": ((35.1, 3), (36.1, 1), (38.1, 0), (39.1, 1), (float("inf"), 2)),
}


def news2_parts(vitals: Vitals) -> dict[str, int]:
    """NEWS2 points of each measurement that was taken."""
    parts = {}
    for name, bands in _NEWS2.items():
        value = vitals.get(name)
        if isinstance(value, float | int):
            parts[name] = next(points for below, points in bands if value < below)
    if vitals.get("consciousness") is not None:
        parts["consciousness"] = 0 if vitals["consciousness"] == "alert" else 3
    return parts


def score(name: str, vitals: Vitals, age_days: float) -> float | None:
    """Value of a score, or None where it does not apply (children) or nothing it needs was measured.

    Raises:
        KeyError: a score that the program does not know.
    """
    if name not in ("news2", "news2_single", "qsofa", "shock_index"):
        raise KeyError(name)
    if age_days < ADULT_FROM_DAYS:
        return None
    if name in ("news2", "news2_single"):
        parts = news2_parts(vitals)
        return (sum(parts.values()) if name == "news2" else max(parts.values())) if parts else None
    systolic, rate = vitals.get("systolic_mmhg"), vitals.get("heart_rate")
    if name == "shock_index":
        both = isinstance(systolic, float | int) and isinstance(rate, float | int)
        return float(rate) / float(systolic) if both else None  # type: ignore[arg-type]
    breathing, mind = vitals.get("respiratory_rate"), vitals.get("consciousness")
    if breathing is None and systolic is None and mind is None:
        return None
    signs = (
        isinstance(breathing, float | int) and breathing >= 22,
        isinstance(systolic, float | int) and systolic <= 100,
        mind is not None and mind != "alert",
    )
    return float(sum(signs))
