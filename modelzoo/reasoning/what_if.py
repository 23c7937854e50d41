"""What would be otherwise: why a condition does not stand higher, and which answers would move it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from modelzoo.contract.assessment import Change, Finding, WhyNot
from modelzoo.contract.case import Assertion
from modelzoo.knowledge.model import ConditionRecord, age_band
from modelzoo.reasoning.differential import Grounds, Ranking, candidate_of, grounds_from, listed_rows, places
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.questions import askable
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Tables

MAX_CHANGES = 5
_TRIED = 16  # findings of the condition that are looked at, the most frequent first
_RARE = 0.11  # an age, sex or pregnancy factor up to this is named as a reason
_WEIGHTY = 0.3  # natural logs: what counts less is no reason worth reading


def why_not(
    tables: Tables, patient: Patient, state: State, found: Grounds, ranking: Ranking, condition: str, language: str,
    *, again: Callable[[Grounds], Ranking], has_text: bool,
) -> WhyNot:  # fmt: skip
    """Where ``condition`` stands, what speaks for and against it, and which answers would bring it up.

    ``found`` is what there was to weigh, ``ranking`` how it was weighed, ``again`` weighs other grounds like it.
    Raises KeyError for an unknown condition.
    """
    row = tables.row[condition]
    place = places(ranking).index(row) + 1
    listed = row in listed_rows(ranking)
    changes = []
    if not np.isneginf(found.prior[row]):
        for finding in _open_findings(tables, patient, state, condition):
            told = _told(tables, state, finding, language)
            after = again(grounds_from(tables, found.prior, told, has_text=has_text))
            new = places(after).index(row) + 1
            if new < place:
                record = tables.knowledge.findings[finding]
                changes.append(Change(finding, record.name[language], record.ask[language], new))
        changes.sort(key=lambda c: c.place)
    return WhyNot(
        candidate=candidate_of(tables, ranking, state, row, language),
        place=place,
        listed=listed,
        reasons=tuple(_reasons(tables, patient, state, found, ranking, row, language, listed=listed)),
        changes=tuple(changes[:MAX_CHANGES]),
    )


def _told(tables: Tables, state: State, finding: str, language: str) -> State:
    name = tables.knowledge.findings[finding].name[language]
    said = Finding(finding, name, Assertion.PRESENT, source="clinician")
    return replace(
        state, present={**state.present, finding: said}, holds=state.holds | tables.ancestors[finding] | {finding}
    )


def _open_findings(tables: Tables, patient: Patient, state: State, condition: str) -> list[str]:
    record = tables.knowledge.conditions[condition]
    frequent = sorted(record.findings, key=lambda f: -record.findings[f])
    wanted = [*(f for f in frequent if record.findings[f] >= 0.1), *record.risk_factors]
    return [f for f in wanted if askable(tables, f, patient, state)][:_TRIED]


def _reasons(
    tables: Tables, patient: Patient, state: State, found: Grounds, ranking: Ranking, row: int, language: str,
    *, listed: bool,
) -> list[str]:  # fmt: skip
    record = tables.knowledge.conditions[tables.conditions[row]]
    out = [say(key, language) for key in _of_the_patient(record, patient)]
    if not listed and not np.isneginf(found.prior[row]):
        out.append(say("why_unsupported", language))
    speaking = sorted(ranking.parts, key=lambda f: ranking.parts[f][row])
    for finding in speaking[:3]:
        if ranking.parts[finding][row] <= -_WEIGHTY:
            name = tables.knowledge.findings[finding].name[language]
            out.append(say("why_against" if ranking.signs[finding] else "why_absent", language, finding=name))
    if ranking.text[row] <= -_WEIGHTY:
        out.append(say("why_text", language))
    first = places(ranking)[0]
    if first != row and listed:
        likelier = tables.knowledge.conditions[tables.conditions[first]].name[language]
        out.append(say("why_likelier", language, label=likelier))
    return out


def _of_the_patient(record: ConditionRecord, patient: Patient) -> list[str]:
    out = []
    if patient.sex is not None and record.sex.get(patient.sex, 1.0) <= _RARE:
        out.append("why_sex")
    if patient.age_known and record.age.get(age_band(patient.age_years), 1.0) <= _RARE:
        out.append("why_age")
    if (record.pregnancy == "only" and not patient.pregnant) or (record.pregnancy == "never" and patient.pregnant):
        out.append("why_pregnancy")
    return out
