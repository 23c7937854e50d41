"""An assessment: frozen values with offsets into the text as given (Unicode code points, end exclusive)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from modelzoo.contract.case import Assertion


class TriageLevel(StrEnum):
    """How soon care is needed, most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"
    SELF_CARE = "self_care"


class Band(StrEnum):
    """What a person is shown in place of a probability."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_EXCLUDED = "not_excluded"


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of the patient and its ``source``: ``field`` (given as data) or ``text`` (understood, with offsets)."""

    value: float | str | bool
    source: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Age (years), sex, pregnancy and measurements used for the assessment."""

    age_years: Stated | None = None
    sex: Stated | None = None
    pregnant: Stated | None = None
    weight_kg: Stated | None = None
    vitals: dict[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with what is claimed about it.

    ``start``, ``end`` and ``text`` point at the words; they are None for findings that come from a field, a
    measurement or the clinician (``source`` says which: ``text``, ``vital``, ``test``, ``history``, ``exposure``,
    ``clinician``). ``confidence`` 0..1 is the linker's, not a probability of disease.
    """

    id: str
    label: str
    assertion: Assertion
    start: int | None = None
    end: int | None = None
    text: str | None = None
    duration_days: float | None = None
    severity: str | None = None  # "mild" | "moderate" | "severe"
    site: str | None = None
    confidence: float = 1.0
    source: str = "text"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One summand of a candidate's score: ``weight`` is a natural-log likelihood ratio (log odds for ``prior``)."""

    source: str  # "prior" | "local_prior" | "finding" | "text_reader" | "not_mentioned"
    weight: float
    direction: str | None = None  # "for" | "against"
    finding: str | None = None
    label: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One condition of the differential; the weights of ``evidence`` add up to ``score``."""

    id: str
    label: str
    icd10: tuple[str, ...]
    synonyms: tuple[str, ...]
    probability: float
    band: Band
    score: float
    evidence: tuple[Evidence, ...]
    asked_and_absent: tuple[str, ...] = ()
    not_yet_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MustNotMiss:
    """A dangerous condition that what is known does not exclude, and why it is named."""

    id: str
    label: str
    icd10: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A danger rule that fired: why, what to do now, and where in the text it was seen."""

    rule: str
    level: TriageLevel
    text: str
    action: str | None = None
    findings: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Triage:
    """The level and every rule that led to it, most urgent first."""

    level: TriageLevel
    because: tuple[FiredRule, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask or examine next; ``gain_bits`` is the expected information about the differential."""

    finding: str
    label: str
    ask: str
    gain_bits: float
    kind: str  # "ask" | "examine" | "measure" | "test"
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that would bring a condition to ``place``, counted from 1, if it were there."""

    finding: str
    label: str
    ask: str
    place: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Where one condition stands in a case: its ``place`` among all conditions from 1, whether anything said speaks for
    it (``listed``), why it stands no higher in plain sentences, and what would bring it up."""

    candidate: Candidate
    place: int
    listed: bool
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether the complaint lies inside what the knowledge covers; ``score`` 0..1."""

    inside: bool
    score: float
    because: str | None = None


@dataclass(frozen=True, slots=True)
class AssessmentWarning:
    """Something the clinician must know about this assessment."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced an answer; a saved encounter keeps it for ever."""

    pack: str
    manifest_sha256: str
    device: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to one case."""

    id: str
    patient: PatientFacts
    findings: tuple[Finding, ...]
    differential: tuple[Candidate, ...]
    must_not_miss: tuple[MustNotMiss, ...]
    triage: Triage
    questions: tuple[Question, ...]
    coverage: Coverage
    warnings: tuple[AssessmentWarning, ...]
    provenance: Provenance
    language: str = "en"
