"""Measurements as the contract defines them, under the name by which the desktop half knows them."""

from __future__ import annotations

from modelzoo.contract.vitals import (
    AGE_YEARS,
    CONSCIOUSNESS,
    POSSIBLE,
    VITAL_NAMES,
    WEIGHT_KG,
    PossibleRange,
    check_number,
    check_vital,
)
from modelzoo.contract.wire import check_blood_pressure

__all__ = [
    "AGE_YEARS",
    "CONSCIOUSNESS",
    "POSSIBLE",
    "VITAL_NAMES",
    "WEIGHT_KG",
    "PossibleRange",
    "check_blood_pressure",
    "check_number",
    "check_vital",
]
