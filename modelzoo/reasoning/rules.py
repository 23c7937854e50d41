"""Danger rules: data from the knowledge, evaluated before any ranking."""

from __future__ import annotations

from modelzoo.contract.assessment import FiredRule, TriageLevel
from modelzoo.knowledge.model import DangerRule, Knowledge, RuleClause
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.scores import score
from modelzoo.reasoning.state import State

_ORDER = list(TriageLevel)


def fired_rules(knowledge: Knowledge, patient: Patient, state: State, language: str) -> list[FiredRule]:
    """Every rule that fires, most urgent first."""
    out = [
        _fired(rule, state, language)
        for rule in knowledge.rules
        if _concerns(rule, patient, state) and all(_holds(clause, patient, state) for clause in rule.when)
    ]
    return sorted(out, key=lambda r: (_ORDER.index(r.level), r.rule))


def _concerns(rule: DangerRule, patient: Patient, state: State) -> bool:
    days = patient.age_days
    if rule.age_min_days is not None and days < rule.age_min_days:
        return False
    if rule.age_max_days is not None and days >= rule.age_max_days:
        return False
    if rule.sex != "any" and patient.sex is not None and rule.sex != patient.sex:
        return False
    if rule.pregnant == "yes":
        return bool(patient.pregnant) or "pregnancy" in state.holds
    return rule.pregnant != "postpartum" or "recent_delivery" in state.holds


def _holds(clause: RuleClause, patient: Patient, state: State) -> bool:
    if clause.any:
        return sum(f in state.holds for f in clause.any) >= clause.count
    if clause.none:
        return not any(f in state.holds for f in clause.none)
    if clause.vital:
        value = patient.vitals.get(clause.vital)
        if clause.is_in:
            return value in clause.is_in
        return isinstance(value, float | int) and _between(clause, float(value))
    value = score(clause.score or "", patient.vitals, patient.age_days)
    return value is not None and _between(clause, value)


def _between(clause: RuleClause, value: float) -> bool:
    return (clause.at_least is None or value >= clause.at_least) and (clause.below is None or value < clause.below)


def _fired(rule: DangerRule, state: State, language: str) -> FiredRule:
    named = [f for clause in rule.when for f in clause.any if f in state.holds]
    pointed = next((state.present[f] for f in named if f in state.present and state.present[f].start is not None), None)
    return FiredRule(
        rule=rule.id,
        level=TriageLevel(rule.level),
        text=rule.name[language],
        action=rule.action[language],
        findings=tuple(dict.fromkeys(named)),
        start=pointed.start if pointed else None,
        end=pointed.end if pointed else None,
    )
