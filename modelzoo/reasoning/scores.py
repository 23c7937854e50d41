"""Vital-sign scores. A missing measurement adds nothing, so a score is a lower bound until all is measured.

Sources: NEWS2, Royal College of Physicians 2017 (bands from general medical knowledge of the published chart; scale 1
for oxygen saturation, oxygen therapy not recorded here); qSOFA, Sepsis-3, 2016; shock index, heart rate / systolic;
Bedside Paediatric Early Warning System, Parshuram et al., Critical Care 2009 (cc7998), table 1: heart rate, breathing
rate and systolic pressure, read there; its items of effort, refill and oxygen therapy are not measured here, so the
score stays below what a ward would count.
"""

from __future__ import annotations

from collections.abc import Mapping

Vitals = Mapping[str, float | str]
ADULT_FROM_DAYS = 16 * 365.25
SCORES = ("news2", "news2_single", "pews", "pews_single", "qsofa", "shock_index")

# (below, points) in rising order; the last entry catches the rest.
_NEWS2: dict[str, tuple[tuple[float, int], ...]] = {
    "respiratory_rate": ((9, 3), (12, 1), (21, 0), (25, 2), (float("inf"), 3)),
    "spo2_percent": ((92, 3), (94, 2), (96, 1), (float("inf"), 0)),
    "systolic_mmhg": ((91, 3), (101, 2), (111, 1), (220, 0), (float("inf"), 3)),
    "heart_rate": ((41, 3), (51, 1), (91, 0), (111, 1), (131, 2), (float("inf"), 3)),
    "temperature_c": ((35.1, 3), (36.1, 1), (38.1, 0), (39.1, 1), (float("inf"), 2)),
}


# Upper age in days -> measurement -> (points, at most, at least), worst first: that value or beyond scores the points.
_MONTH = 30.4375
_Limits = tuple[tuple[int, float, float], ...]
_PEWS: tuple[tuple[float, dict[str, _Limits]], ...] = (
    (3 * _MONTH, {
        "heart_rate": ((4, 80, 190), (2, 90, 180), (1, 110, 150)),
        "systolic_mmhg": ((4, 45, 130), (2, 50, 100), (1, 60, 80)),
        "respiratory_rate": ((4, 15, 91), (2, 19, 81), (1, 29, 61)),
    }),
    (12 * _MONTH, {
        "heart_rate": ((4, 70, 180), (2, 80, 170), (1, 100, 150)),
        "systolic_mmhg": ((4, 60, 150), (2, 70, 120), (1, 80, 100)),
        "respiratory_rate": ((4, 15, 81), (2, 19, 71), (1, 24, 51)),
    }),
    (48 * _MONTH, {
        "heart_rate": ((4, 60, 170), (2, 70, 150), (1, 90, 120)),
        "systolic_mmhg": ((4, 65, 160), (2, 75, 125), (1, 90, 110)),
        "respiratory_rate": ((4, 12, 71), (2, 15, 61), (1, 19, 41)),
    }),
    (144 * _MONTH, {
        "heart_rate": ((4, 50, 151), (2, 60, 130), (1, 70, 110)),
        "systolic_mmhg": ((4, 70, 170), (2, 80, 140), (1, 90, 120)),
        "respiratory_rate": ((4, 10, 51), (2, 14, 41), (1, 19, 31)),
    }),
    (float("inf"), {
        "heart_rate": ((4, 40, 140), (2, 49, 120), (1, 60, 100)),
        "systolic_mmhg": ((4, 75, 190), (2, 85, 150), (1, 100, 130)),
        "respiratory_rate": ((4, 9, 30), (2, 10, 23), (1, 11, 17)),
    }),
)  # fmt: skip


def pews_parts(vitals: Vitals, age_days: float) -> dict[str, int]:
    """Bedside PEWS points of each measurement that was taken, by the child's age."""
    limits = next(table for upper, table in _PEWS if age_days < upper)
    parts = {}
    for name, bands in limits.items():
        value = vitals.get(name)
        if isinstance(value, float | int):
            parts[name] = next((points for points, low, high in bands if value <= low or value >= high), 0)
    return parts


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
    """Value of a score, or None where it does not apply at that age or nothing it needs was measured.

    Raises:
        KeyError: a score that the program does not know.
    """
    if name not in SCORES:
        raise KeyError(name)
    if name.startswith("pews") == (age_days >= ADULT_FROM_DAYS):
        return None
    if name.startswith(("news2", "pews")):
        parts = news2_parts(vitals) if name.startswith("news2") else pews_parts(vitals, age_days)
        return (max(parts.values()) if name.endswith("_single") else sum(parts.values())) if parts else None
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
