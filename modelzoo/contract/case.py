"""A case as it is asked about: what is said, measured, tested and already known of one patient at one visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_TEXT_CHARACTERS = 200_000


class Assertion(StrEnum):
    """What is claimed about a finding (six classes after i2b2 2010 and its history/family extensions)."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    FAMILY = "family"


class ListStatus(StrEnum):
    """Whether a list of allergies, medicines or problems was asked for, and with what result."""

    KNOWN = "known"
    NONE_KNOWN = "none_known"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class TestResult:
    """A simple test: ``name`` such as ``malaria_rdt``; ``result`` a word, or ``value`` with its ``unit``."""

    __test__ = False
    name: str
    result: str | None = None
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What the clinician says of a finding; it outranks the text. ``assertion`` None: asked, and not known.

    ``rejected`` marks a finding that the text reader saw and the clinician struck out: it is then not used at all.
    """

    finding: str
    assertion: Assertion | None
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Allergies:
    """Allergies with the status of the question."""

    status: ListStatus = ListStatus.NOT_ASKED
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Units are in the names; ages may be fractions of a year; ``month`` is 1..12 (season).

    ``local_counts``: confirmed diagnoses of this clinic by condition, where it learns from them; empty: it does not.
    """

    id: str
    text: str
    age_years: float | None = None
    sex: str | None = None  # "female" | "male"
    pregnant: bool | None = None
    weight_kg: float | None = None
    vitals: Mapping[str, float | str] = field(default_factory=dict)
    tests: tuple[TestResult, ...] = ()
    history: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    allergies: Allergies = Allergies()
    exposures: tuple[str, ...] = ()
    region: str | None = None
    month: int | None = None
    observations: tuple[Observation, ...] = ()
    local_counts: Mapping[str, int] = field(default_factory=dict)
