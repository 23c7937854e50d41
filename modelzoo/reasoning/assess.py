"""One case to one assessment: the order of the steps is the safety argument (danger first, ranking after)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from modelzoo.contract.assessment import Assessment, AssessmentWarning, Finding, Provenance, Triage, WhyNot
from modelzoo.contract.case import Assertion, Case
from modelzoo.reasoning.differential import Grounds, Ranking, candidates, grounds, held_back
from modelzoo.reasoning.limits import coverage, text_warnings
from modelzoo.reasoning.local_priors import local_weights
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient, patient_of
from modelzoo.reasoning.questions import next_questions
from modelzoo.reasoning.rules import fired_rules
from modelzoo.reasoning.state import State, build_state
from modelzoo.reasoning.tables import Floats, Tables
from modelzoo.reasoning.text_reader import TextReader
from modelzoo.reasoning.triage import ORDER, must_not_miss, triage
from modelzoo.reasoning.urgency_reader import UrgencyReader, level_probabilities
from modelzoo.reasoning.what_if import why_not
from modelzoo.understanding.reader import Reading

Read = Callable[[str, str], Reading]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case as it was read and what there is to weigh; ``unmatched``: words of its lists that matched nothing."""

    reading: Reading
    patient: Patient
    state: State
    grounds: Grounds
    unmatched: bool


def weigh(tables: Tables, read: Read, case: Case, language: str) -> Weighed:
    """Read the case and lay out what speaks for and against each condition."""
    reading = read(case.text, language)
    patient = patient_of(case, reading, language)
    listed, unmatched = _from_lists(read, case, language)
    state = build_state(tables, case, patient, [*reading.findings, *listed], language)
    found = grounds(tables, patient, state, case.month, has_text=bool(case.text.strip()))
    return Weighed(reading, patient, state, found, unmatched)


def assess(
    tables: Tables, read: Read, text_reader: TextReader, urgency_reader: UrgencyReader, case: Case, language: str,
    provenance: Provenance,
) -> Assessment:  # fmt: skip
    """Assess one case. ``read`` is the reader's; nothing here touches a file or the model."""
    weighed = weigh(tables, read, case, language)
    reading, patient, state = weighed.reading, weighed.patient, weighed.state
    heard = text_reader.weights(reading.gist)
    ranking = _joined(tables, heard, weighed.grounds)
    # The clinic's own diagnoses order what is shown; how urgent it is and what must not be missed do without them.
    shown = _shown(tables, heard, weighed.grounds, case)
    covered = coverage(tables, state, ranking, reading, case, language)
    known = bool(state.present or state.possible)
    warnings = [*text_warnings(case, reading, state, language), *patient.warnings, *state.warnings]
    urgency = [by_findings(tables, weighed, language, inside=covered.inside)]
    # The text may raise the urgency, never lower it; also where a complaint was heard and no finding understood.
    if reading.gist is not None and (known or reading.complains):
        chances = urgency_reader.chances(level_probabilities(tables, ranking), reading.gist)
        fired = fired_rules(tables.knowledge, patient, state, language)
        urgency.append(triage(tables, patient, state, ranking, fired, language, inside=covered.inside, chances=chances))
    if weighed.unmatched:
        warnings.append(AssessmentWarning("UND-003", say("unknown_history", language)))
    return Assessment(
        id=case.id,
        patient=patient.facts,
        findings=state.findings,
        differential=candidates(tables, shown, state, language) if known else (),
        must_not_miss=must_not_miss(tables, state, ranking, language) if known else (),
        triage=min(reversed(urgency), key=lambda t: ORDER.index(t.level)),
        questions=next_questions(tables, patient, state, shown, language) if known else (),
        coverage=covered,
        warnings=tuple(dict.fromkeys(warnings)),
        provenance=provenance,
        language=language,
    )


def by_findings(tables: Tables, weighed: Weighed, language: str, *, inside: bool) -> Triage:
    """The triage by danger rules, measurements and findings, without the text's own sound: no other may be lower."""
    patient, state = weighed.patient, weighed.state
    fired = fired_rules(tables.knowledge, patient, state, language)
    known = bool(state.present or state.possible)
    ranking = weighed.grounds.ranking(tables.knowledge.numbers["alone"]) if known else None
    return triage(tables, patient, state, ranking, fired, language, inside=inside)


def _joined(tables: Tables, heard: Floats | None, found: Grounds, local: Floats | None = None) -> Ranking:
    """The ranking by both readers, or by findings alone where no text was ``heard``."""
    numbers = tables.knowledge.numbers
    return found.ranking(numbers["alone" if heard is None else "joined"], heard, local)


def _shown(tables: Tables, heard: Floats | None, found: Grounds, case: Case) -> Ranking:
    """What the list shows: with the clinic's own diagnoses, and nothing in the first three by the text alone."""
    return held_back(_joined(tables, heard, found, local_weights(tables, case.local_counts)))


def explain(tables: Tables, read: Read, text_reader: TextReader, case: Case, condition: str, language: str) -> WhyNot:
    """Why ``condition`` stands no higher in the case. Raises KeyError for an unknown condition."""
    weighed = weigh(tables, read, case, language)
    heard = text_reader.weights(weighed.reading.gist)
    return why_not(
        tables, weighed.patient, weighed.state, weighed.grounds, _shown(tables, heard, weighed.grounds, case),
        condition, language, again=lambda found: _shown(tables, heard, found, case),
        has_text=bool(case.text.strip()),
    )  # fmt: skip


def _from_lists(read: Read, case: Case, language: str) -> tuple[list[Finding], bool]:
    """Findings of the structured history, medicines and exposures, and whether some words matched nothing."""
    out: list[Finding] = []
    unmatched = False
    for source, items in (("history", case.history), ("exposure", case.exposures), ("history", case.medicines)):
        for item in items:
            found = read(item, language).findings
            unmatched |= not found
            for finding in found:
                claimed = finding.assertion
                if source == "history" and claimed is Assertion.PRESENT:
                    claimed = Assertion.HISTORICAL
                out.append(replace(finding, assertion=claimed, start=None, end=None, text=item, source=source))
    return out, unmatched
