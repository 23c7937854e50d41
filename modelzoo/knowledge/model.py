"""The knowledge as frozen values: what the compiler writes and the reader gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Names = Mapping[str, str]  # language -> text
Wordings = Mapping[str, tuple[str, ...]]  # language -> phrases

AGE_BANDS_DAYS: tuple[tuple[str, float], ...] = (
    ("newborn", 28),
    ("infant", 365.25),
    ("toddler", 5 * 365.25),
    ("child", 12 * 365.25),
    ("adolescent", 18 * 365.25),
    ("adult", 40 * 365.25),
    ("middle", 65 * 365.25),
    ("older", float("inf")),
)


def age_band(age_years: float) -> str:
    """Name of the age band (upper bounds in ``AGE_BANDS_DAYS`` are exclusive)."""
    days = round(age_years * 365.25, 3)  # a day stated as a fraction of a year comes back as that day
    return next(name for name, upper in AGE_BANDS_DAYS if days < upper)


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A symptom, sign, measurement, test result, piece of history or exposure."""

    id: str
    kind: str
    system: str
    site: str | None
    ask_by: str
    background: float
    parents: tuple[str, ...]
    excludes: tuple[str, ...]
    name: Names
    lay: Wordings
    ask: Names
    hpo: str | None
    symp: str | None


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """A condition as the reasoning needs it; frequencies and strengths are numbers (``numbers.toml`` maps the grades).

    ``attributes``: finding -> site, quality, timing, brought_on_by or relieved_by -> words of ``Knowledge.words``.
    """

    id: str
    icd10: tuple[str, ...]
    systems: tuple[str, ...]
    urgency: str
    must_not_miss: bool
    prevalence: float
    onset: tuple[str, ...]
    course: tuple[str, ...]
    months: tuple[int, ...]
    pregnancy: str
    name: Names
    synonyms: Wordings
    lay: Wordings
    region: Mapping[str, float]
    age: Mapping[str, float]
    sex: Mapping[str, float]
    findings: Mapping[str, float]
    attributes: Mapping[str, Mapping[str, tuple[str, ...]]]
    risk_factors: Mapping[str, float]
    danger_signs: Mapping[str, str]
    confused_with: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConditionText:
    """What a person reads about a condition. ``tests``: test -> language -> what it shows."""

    description: Names
    tests: Mapping[str, Names]
    first_steps: Names
    advice: Names
    sources: tuple[str, ...]
    review: str


@dataclass(frozen=True, slots=True)
class RecordTexts:
    """The texts of the records; no part of the reasoning, read when somebody asks for them."""

    conditions: Mapping[str, ConditionText]
    finding_sources: Mapping[str, tuple[str, ...]]
    finding_review: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleClause:
    """One clause of a danger rule; exactly one of ``any``, ``none``, ``vital``, ``score`` is set."""

    any: tuple[str, ...] = ()
    count: int = 1
    none: tuple[str, ...] = ()
    vital: str | None = None
    score: str | None = None
    at_least: float | None = None
    below: float | None = None
    is_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DangerRule:
    """A danger rule: all clauses must hold. Ages in days, lower bound inclusive, upper exclusive."""

    id: str
    level: str
    age_min_days: float | None
    age_max_days: float | None
    sex: str
    pregnant: str
    name: Names
    action: Names
    when: tuple[RuleClause, ...]
    sources: tuple[str, ...]
    review: str


@dataclass(frozen=True, slots=True)
class VitalFinding:
    """A measurement that means a finding: present when ``at_least`` <= value < ``below`` at that age."""

    vital: str
    age_min_days: float
    age_max_days: float
    at_least: float | None
    below: float | None
    finding: str


@dataclass(frozen=True, slots=True)
class VitalRange:
    """Usual range of a measurement at an age."""

    vital: str
    age_min_days: float
    age_max_days: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TestFinding:
    """A test result that means a finding; empty conditions are None."""

    __test__ = False
    test: str
    result: str | None
    at_least: float | None
    below: float | None
    unit: str | None
    sex: str | None
    age_min_days: float | None
    age_max_days: float | None
    pregnant: str | None
    finding: str
    assertion: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the reasoning stands on, keyed by permanent ids, in id order."""

    version: str
    findings: Mapping[str, FindingRecord]
    conditions: Mapping[str, ConditionRecord]
    rules: tuple[DangerRule, ...]
    vital_findings: tuple[VitalFinding, ...]
    vital_ranges: tuple[VitalRange, ...]
    test_findings: tuple[TestFinding, ...]
    numbers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Names]] = field(default_factory=dict)
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plan: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def phrases(self) -> tuple[tuple[str, str], ...]:
        """Every wording as (finding id, phrase), in the order of the pack's phrase vectors."""
        out: list[tuple[str, str]] = []
        for finding in self.findings.values():
            for language in sorted(finding.name):
                out.append((finding.id, finding.name[language]))
                out.extend((finding.id, phrase) for phrase in finding.lay.get(language, ()))
        return tuple(out)

    def ancestors(self, finding_id: str) -> frozenset[str]:
        """Ids of all more general findings that hold whenever this one does."""
        seen: set[str] = set()
        todo = list(self.findings[finding_id].parents)
        while todo:
            parent = todo.pop()
            if parent not in seen:
                seen.add(parent)
                todo.extend(self.findings[parent].parents)
        return frozenset(seen)
