"""What is known of the findings: joined from text, measurements, tests, history and the clinician's own word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from modelzoo.contract.assessment import AssessmentWarning, Finding
from modelzoo.contract.case import Assertion, Case, Observation, TestResult
from modelzoo.knowledge.model import Knowledge, TestFinding, VitalFinding
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.tables import Tables

# Who is believed first when sources disagree about one finding.
_RANK = {"clinician": 0, "test": 1, "vital": 2, "text": 3, "history": 4, "exposure": 5, "field": 6}
_POSITIVE = ("positive", "pos", "reactive", "detected", "阳性", "+", "1+", "2+", "3+", "4+", "yes", "true")
_NEGATIVE = ("negative", "neg", "non-reactive", "nonreactive", "not detected", "阴性", "-", "no", "false")


@dataclass(frozen=True, slots=True)
class State:
    """Findings by what is claimed. ``present`` etc. map finding id -> the finding to point at.

    ``holds`` and ``fails`` are the closures: everything implied present (ancestors) or absent (descendants, excluded).
    ``asked`` also holds what was asked and stayed unknown, so that it is not asked again.
    """

    findings: tuple[Finding, ...]
    present: dict[str, Finding]
    possible: dict[str, Finding]
    absent: dict[str, Finding]
    holds: frozenset[str]
    fails: frozenset[str]
    asked: frozenset[str]
    warnings: tuple[AssessmentWarning, ...] = field(default=())


def build_state(tables: Tables, case: Case, patient: Patient, read: Iterable[Finding], language: str) -> State:
    """Join every source of findings for one case."""
    knowledge = tables.knowledge
    warnings: list[AssessmentWarning] = []
    measured = [*_from_vitals(knowledge, patient, language), *_from_tests(knowledge, case, patient, language)]
    if patient.pregnant and "pregnancy" in knowledge.findings:
        measured.append(_finding(knowledge, "pregnancy", Assertion.PRESENT, "field", language))
    observed = _from_observations(knowledge, case.observations, language, warnings)
    text = list(read)
    warnings += _conflicts(case.observations, text, language)
    rejected = {o.finding for o in case.observations if o.rejected}
    overruled = {o.finding for o in case.observations}
    kept = [f for f in text if f.source != "text" or f.id not in rejected]
    findings = (*kept, *measured, *observed)
    chosen: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda f: (_rank(f), _strength(f, knowledge))):
        if finding.id in overruled and finding.source != "clinician":
            continue
        chosen.setdefault(finding.id, finding)
    groups = {kind: {k: f for k, f in chosen.items() if _meaning(f, knowledge) == kind} for kind in ("+", "?", "-")}
    holds = set(groups["+"]).union(*(tables.ancestors[f] for f in groups["+"])) if groups["+"] else set()
    fails = set(groups["-"]).union(*(tables.descendants[f] for f in groups["-"])) if groups["-"] else set()
    fails |= {x for f in groups["+"] for x in knowledge.findings[f].excludes}
    fails -= holds
    absent = {k: f for k, f in groups["-"].items() if k not in holds}
    return State(
        findings=tuple(findings),
        present=groups["+"],
        possible=groups["?"],
        absent=absent,
        holds=frozenset(holds),
        fails=frozenset(fails),
        asked=frozenset(chosen) | frozenset(overruled),
        warnings=tuple(warnings),
    )


def _rank(finding: Finding) -> float:
    """A normal measurement now does not unsay what was told: fever may be down after a tablet."""
    if finding.source == "vital" and finding.assertion is Assertion.ABSENT:
        return _RANK["text"] + 0.5
    return _RANK[finding.source]


def _meaning(finding: Finding, knowledge: Knowledge) -> str | None:
    """What a claim means for today: history counts when it is a finding of the history, else only presence does."""
    if finding.assertion is Assertion.PRESENT:
        return "+"
    if finding.assertion is Assertion.ABSENT:
        return "-"
    if finding.assertion is Assertion.POSSIBLE:
        return "?"
    lasting = knowledge.findings[finding.id].kind in ("history", "exposure")
    return "+" if finding.assertion is Assertion.HISTORICAL and lasting else None


def _strength(finding: Finding, knowledge: Knowledge) -> int:
    """Where a text says both, presence is believed before absence, and both before mere possibility."""
    meaning = _meaning(finding, knowledge)
    return {"+": 0, "-": 1, "?": 2}.get(meaning or "", 3)


def _finding(knowledge: Knowledge, finding: str, assertion: Assertion, source: str, language: str) -> Finding:
    return Finding(finding, knowledge.findings[finding].name[language], assertion, source=source)


def _from_vitals(knowledge: Knowledge, patient: Patient, language: str) -> list[Finding]:
    rows = [r for r in knowledge.vital_findings if r.age_min_days <= patient.age_days < r.age_max_days]
    out: dict[str, Finding] = {}
    for row in rows:
        value = patient.vitals.get(row.vital)
        if not isinstance(value, float | int):
            continue
        stated = patient.facts.vitals[row.vital]
        assertion = Assertion.PRESENT if _inside(row, float(value)) else Assertion.ABSENT
        if assertion is Assertion.ABSENT and row.finding in out:
            continue
        finding = _finding(knowledge, row.finding, assertion, "vital", language)
        out[row.finding] = replace(finding, start=stated.start, end=stated.end)
    return list(out.values())


def _inside(row: VitalFinding | TestFinding, value: float) -> bool:
    return (row.at_least is None or value >= row.at_least) and (row.below is None or value < row.below)


def _from_tests(knowledge: Knowledge, case: Case, patient: Patient, language: str) -> list[Finding]:
    out: dict[str, Finding] = {}
    for test in case.tests:
        name = test.name.strip().lower().replace(" ", "_")
        for row in knowledge.test_findings:
            if row.test == name and _applies(row, patient) and _matches(row, test):
                found = _finding(knowledge, row.finding, Assertion(row.assertion), "test", language)
                out.setdefault(row.finding, found)
    return list(out.values())


def _applies(row: TestFinding, patient: Patient) -> bool:
    days = patient.age_days
    if row.age_min_days is not None and days < row.age_min_days:
        return False
    if row.age_max_days is not None and days >= row.age_max_days:
        return False
    if row.sex is not None and row.sex != patient.sex:
        return False
    return row.pregnant is None or (row.pregnant == "yes") == bool(patient.pregnant)


def _matches(row: TestFinding, test: TestResult) -> bool:
    if row.at_least is not None or row.below is not None:
        return test.value is not None and (row.unit is None or _unit(test.unit, row.unit)) and _inside(row, test.value)
    result = (test.result or "").strip().lower()
    if row.result is None:
        return False
    wanted = row.result.lower()
    if wanted == "positive":
        return result in _POSITIVE
    return result in _NEGATIVE if wanted == "negative" else result == wanted


def _unit(given: str | None, wanted: str) -> bool:
    return given is None or given.replace(" ", "").lower() == wanted.replace(" ", "").lower()


def _from_observations(
    knowledge: Knowledge, observations: Iterable[Observation], language: str, warnings: list[AssessmentWarning]
) -> list[Finding]:
    out = []
    for observation in observations:
        if observation.finding not in knowledge.findings:
            warnings.append(AssessmentWarning("RSN-004", say("unknown_finding", language)))
        elif observation.assertion is not None and not observation.rejected:
            out.append(_finding(knowledge, observation.finding, observation.assertion, "clinician", language))
    return out


def _conflicts(observations: Iterable[Observation], text: list[Finding], language: str) -> list[AssessmentWarning]:
    entered = {o.finding: o.assertion for o in observations if o.assertion is not None and not o.rejected}
    out = {}
    for finding in text:
        own = entered.get(finding.id)
        opposite = {own, finding.assertion} == {Assertion.PRESENT, Assertion.ABSENT}
        if own is not None and opposite:
            values = {"entered": say(str(own), language), "said": say(str(finding.assertion), language)}
            message = say("conflict", language, label=finding.label, **values)
            out[finding.id] = AssessmentWarning("RSN-005", message)
    return list(out.values())
