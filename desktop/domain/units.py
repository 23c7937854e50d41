"""Units of measurement and how one becomes another; only factors that hold for the named substance."""

from __future__ import annotations

from modelzoo.contract.errors import BadInput

GLUCOSE_MG_PER_DL_IN_ONE_MMOL_PER_L = 18.016  # molar mass of glucose, 180.16 g/mol

# (quantity, unit as written) -> factor to the quantity's standard unit
_FACTORS: dict[str, dict[str, float]] = {
    "glucose": {"mmol/l": 1.0, "mg/dl": 1 / GLUCOSE_MG_PER_DL_IN_ONE_MMOL_PER_L},
    "haemoglobin": {"g/dl": 1.0, "g/l": 0.1},
}
STANDARD_UNIT = {"glucose": "mmol/L", "haemoglobin": "g/dL"}


def accepted_units(quantity: str) -> tuple[str, ...]:
    """Return the units in which a quantity may be given, the standard one first."""
    return {"glucose": ("mmol/L", "mg/dL"), "haemoglobin": ("g/dL", "g/L")}[quantity]


def to_standard(quantity: str, value: float, unit: str) -> float:
    """Return ``value`` in the standard unit of ``glucose`` (mmol/L) or ``haemoglobin`` (g/dL), unrounded.

    Raises:
        BadInput: a unit in which this quantity is not measured.
    """
    factor = _FACTORS[quantity].get(unit.strip().replace(" ", "").casefold())
    if factor is None:
        units = " or ".join(accepted_units(quantity))
        raise BadInput(f"{quantity.capitalize()} must be given in {units}.", code="DOM-042", data={"test": quantity})
    return value * factor


def celsius_from_fahrenheit(temperature_f: float) -> float:
    """Return degrees Celsius."""
    return (temperature_f - 32.0) * 5.0 / 9.0
