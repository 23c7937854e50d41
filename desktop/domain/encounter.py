"""One visit: what was said, measured, tested, thought and given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from modelzoo.contract.case import Observation, TestResult


class EncounterKind(StrEnum):
    """Why the patient came; only ``complaint`` is expected to have free text."""

    COMPLAINT = "complaint"
    DRESSING = "dressing"
    REPEAT = "repeat"
    CERTIFICATE = "certificate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The clinician's own diagnosis: always their words; ``condition_id`` and ``icd10`` when chosen from the list."""

    text: str
    condition_id: str | None = None
    icd10: str | None = None


@dataclass(frozen=True, slots=True)
class Prescription:
    """What the clinician recorded as prescribed: their words, nothing computed."""

    medicine: str
    directions: str = ""


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What the clinician said about a danger banner: ``done`` or a reason why not."""

    rule: str
    done: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """One visit of one patient.

    ``assessment`` is the assessment as saved (the wire format of ``modelzoo.contract.wire``), with its provenance,
    or None when nothing was assessed. Times are timezone-aware UTC.
    """

    id: str
    patient_id: str
    started_at: datetime
    kind: EncounterKind = EncounterKind.COMPLAINT
    text: str = ""
    pregnant: bool | None = None
    weight_kg: float | None = None
    vitals: Mapping[str, float | str] = field(default_factory=dict)
    tests: tuple[TestResult, ...] = ()
    observations: tuple[Observation, ...] = ()
    assessment: Mapping[str, object] | None = None
    rule_answers: tuple[RuleAnswer, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    plan: str = ""
    prescriptions: tuple[Prescription, ...] = ()
    author: str = ""
    saved_at: datetime | None = None
    revision: int = 0
