"""The protocol behind the one door: what every front end may ask of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from modelzoo.contract.assessment import Assessment, Finding, Provenance, WhyNot
from modelzoo.contract.case import Case


@dataclass(frozen=True, slots=True)
class Term:
    """A finding or a condition by name, for completion lists. ``kind`` is the finding's kind or ``condition``."""

    id: str
    label: str
    kind: str
    icd10: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NormalRange:
    """Usual range of one measurement at one age, in the measurement's own unit, both ends inclusive."""

    vital: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of the self-check: ``ok`` or what is degraded and what was done about it."""

    name: str
    ok: bool
    message: str


class Engine(Protocol):
    """Understanding and reasoning over one verified assessment pack. Language is ``en`` or ``zh`` throughout."""

    @property
    def provenance(self) -> Provenance:
        """Identity of the pack and device behind every answer."""

    def assess(self, case: Case, language: str = "en") -> Assessment:
        """Assess one case; labels and sentences are in ``language``."""

    def why_not(self, case: Case, condition: str, language: str = "en") -> WhyNot:
        """Why a condition stands no higher in the case; raises KeyError for an id that the pack does not know."""

    def understand(self, text: str, language: str = "en") -> tuple[Finding, ...]:
        """Findings of the text alone, with offsets: what is highlighted while someone types."""

    def search_findings(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Findings whose name or lay wording starts with or contains ``query``, in either language."""

    def search_conditions(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Conditions whose name, other name or ICD-10 code matches ``query``, in either language."""

    def label(self, record_id: str, language: str = "en") -> str:
        """Name of a finding or condition; raises KeyError for an id that the pack does not know."""

    def normal_range(self, vital: str, age_years: float | None) -> NormalRange | None:
        """Usual range of a measurement at an age; None where the knowledge has none."""

    def self_check(self) -> tuple[CheckResult, ...]:
        """Golden inputs and hashes, measured now on this processor."""
