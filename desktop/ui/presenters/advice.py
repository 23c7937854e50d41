"""An assessment as the screen shows it: pure functions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.resources.translatable import Text
from desktop.ui.presenters.words import BAND, DOTS
from modelzoo.contract.assessment import Assessment, Candidate, Finding
from modelzoo.contract.case import Assertion

SHOWN_FIRST = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for or against a candidate: its name, weight (natural-log likelihood ratio) and finding."""

    label: str
    weight: float
    finding: str | None
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One line of the differential. ``whole_text``: share of all weights that the reader of the whole text has, from
    -1 (all of it, against) to 1; ``local``: weight of the clinic's own diagnoses, natural logs."""

    id: str
    label: str
    dots: str
    band: Text
    icd10: str
    percent: int
    grounds_for: tuple[Ground, ...]
    grounds_against: tuple[Ground, ...]
    not_yet_known: tuple[str, ...]
    whole_text: float = 0.0
    local: float = 0.0

    def moved_by(self) -> dict[str, str]:
        """Return finding id -> ``for`` or ``against``: the words that light up in the text."""
        lit = {g.finding: "for" for g in self.grounds_for if g.finding}
        return lit | {g.finding: "against" for g in self.grounds_against if g.finding}


def candidate_rows(assessment: Assessment, names: dict[str, str]) -> tuple[CandidateRow, ...]:
    """Return the differential in order; ``names`` gives labels of findings that the assessment only names by id."""
    labels = names | {f.id: f.label for f in assessment.findings}
    absent = frozenset(f.id for f in assessment.findings if f.assertion is Assertion.ABSENT)
    return tuple(_row(c, labels, absent) for c in assessment.differential)


def _row(candidate: Candidate, labels: dict[str, str], absent: frozenset[str]) -> CandidateRow:
    grounds: dict[str, Ground] = {}
    for e in candidate.evidence:
        if e.source != "finding" or e.finding is None:
            continue
        label = e.label or labels.get(e.finding, e.finding)
        before = grounds.get(e.finding)
        weight = e.weight + (before.weight if before else 0.0)
        grounds[e.finding] = Ground(label, weight, e.finding, e.finding in absent)
    ordered = sorted(grounds.values(), key=lambda g: -abs(g.weight))
    return CandidateRow(
        candidate.id,
        candidate.label,
        DOTS[candidate.band],
        BAND[candidate.band],
        ", ".join(candidate.icd10),
        round(candidate.probability * 100),
        tuple(g for g in ordered if g.weight > 0),
        tuple(g for g in ordered if g.weight < 0),
        tuple(labels.get(f, f.replace("_", " ")) for f in candidate.not_yet_known),
        _whole_text(candidate),
        sum(e.weight for e in candidate.evidence if e.source == "local_prior"),
    )


def _whole_text(candidate: Candidate) -> float:
    total = sum(abs(e.weight) for e in candidate.evidence)
    return sum(e.weight for e in candidate.evidence if e.source == "text_reader") / total if total else 0.0


def chips(assessment: Assessment, rejected: frozenset[str]) -> tuple[Finding, ...]:
    """Return one finding a chip: the first mention of each id and assertion, in the order of the text.

    What a measurement shows to be absent (no fast pulse) gets none: its field says so already.
    """
    seen: set[tuple[str, str]] = set()
    ordered = sorted(assessment.findings, key=lambda f: (f.start is None, f.start or 0))
    kept = []
    for finding in ordered:
        key = (finding.id, finding.assertion)
        if finding.source in ("vital", "test") and finding.assertion is Assertion.ABSENT:
            continue
        if key not in seen and finding.id not in rejected:
            seen.add(key)
            kept.append(finding)
    return tuple(kept)


def duration_text(days: float | None, language: str) -> str:
    """Return a duration as short as it is said: ``3 d``, ``2 wk``, ``5 h``; empty when it is not known."""
    if days is None:
        return ""
    hours = days * 24
    for count, unit_en, unit_zh in (
        (days / 365.25, "y", "年"), (days / 30.4375, "mo", "个月"), (days / 7, "wk", "周"),
        (days, "d", "天"), (hours, "h", "小时"),
    ):  # fmt: skip
        if count >= 1 and abs(count - round(count)) < 0.02:
            return f"{round(count)}{unit_zh}" if language == "zh" else f"{round(count)} {unit_en}"
    return f"{days:.0f}天" if language == "zh" else f"{days:.0f} d"
