"""Ranks the conditions: a prior, plus the weights of what is present, possible, absent and conspicuously unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from modelzoo.contract.assessment import Band, Candidate, Evidence, Finding
from modelzoo.knowledge.model import ConditionRecord, age_band
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Floats, Tables

MAX_CANDIDATES = 20
_IMPOSSIBLE = -30.0
_LEAST_EVIDENCE = 0.01
FIRST, _BEHIND = 3, 1e-3


@dataclass(frozen=True)
class Ranking:
    """Scores (natural-log odds, one a condition) and what they are made of; ``other``: the score of none of them."""

    prior: Floats
    parts: dict[str, Floats]  # finding id -> weight a condition
    signs: dict[str, bool]  # finding id -> whether it is there
    unsaid: Floats
    text: Floats  # the text reader's weight a condition
    other: float
    shares: Mapping[str, float]  # by which each kind of ground was weighed
    local: Floats  # what this clinic's own diagnoses say, one a condition

    @cached_property
    def posterior(self) -> Floats:
        """Probability of each condition."""
        weights: Floats = np.exp(self.score - self._top) / self._sum
        return weights

    @cached_property
    def none(self) -> float:
        """Probability of none of these conditions."""
        return float(np.exp(self.other - self._top) / self._sum)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows of the conditions, likeliest first."""
        return tuple(int(i) for i in np.argsort(-self.score, kind="stable"))

    @cached_property
    def _top(self) -> float:
        return max(float(self.score.max()), self.other)

    @cached_property
    def _sum(self) -> float:
        return float(np.exp(self.score - self._top).sum() + np.exp(self.other - self._top))

    @cached_property
    def score(self) -> Floats:
        """Sum of prior and all weights, one a condition."""
        total: Floats = self.prior + self.local + self.unsaid + self.text
        return sum(self.parts.values(), total)


@dataclass(frozen=True)
class Grounds:
    """What there is to weigh, at its full value: natural logs, one a condition; ``other``: for none of them."""

    prior: Floats
    parts: dict[str, Floats]
    signs: dict[str, bool]
    unsaid: Floats
    other: float

    def ranking(self, shares: Mapping[str, float], text: Floats | None = None, local: Floats | None = None) -> Ranking:
        """The ranking in which each kind of ground counts by its share. ``text``: what the text reader says; ``local``:
        what the clinic's own diagnoses say, which counts like the prior."""
        parts = {f: shares["present" if self.signs[f] else "absent"] * w for f, w in self.parts.items()}
        prior = np.where(np.isneginf(self.prior), _IMPOSSIBLE, shares["prior"] * self.prior)
        heard = np.zeros_like(prior) if text is None else shares["text"] * text
        here = np.zeros_like(prior) if local is None else shares["prior"] * local
        other = float(np.log(shares["none_of_these"])) + shares["present"] * self.other
        return Ranking(prior, parts, self.signs, shares["unsaid"] * self.unsaid, heard, other, shares, here)


def grounds(tables: Tables, patient: Patient, state: State, month: int | None, *, has_text: bool) -> Grounds:
    """What speaks for and against every condition for one patient, by what single findings say."""
    return grounds_from(tables, _prior(tables, patient, month), state, has_text=has_text)


def grounds_from(tables: Tables, prior: Floats, state: State, *, has_text: bool) -> Grounds:
    """The same where the ``prior`` (log odds, one a condition) is known."""
    scoring = tables.knowledge.numbers["scoring"]
    parts: dict[str, Floats] = {}
    signs: dict[str, bool] = {}
    none = 0.0
    for finding in _most_special(tables, state.present):
        parts[finding], signs[finding] = _present(tables, finding), True
        none += _none_weight(tables, finding)
    for finding in _most_special(tables, state.possible):
        if finding not in state.holds:
            parts[finding], signs[finding] = scoring["possible"] * _present(tables, finding), True
            none += scoring["possible"] * _none_weight(tables, finding)
    for finding in state.absent:
        parts[finding], signs[finding] = _absent(tables, finding), False
    unsaid = _unsaid(tables, state) if has_text and state.present else np.zeros_like(prior)
    return Grounds(prior, parts, signs, unsaid, none)


def _prior(tables: Tables, patient: Patient, month: int | None) -> Floats:
    """Log odds of each condition before any finding, by age, sex, season and pregnancy."""
    numbers = tables.knowledge.numbers
    out = np.empty(len(tables.conditions))
    for row, condition in enumerate(tables.conditions):
        record = tables.knowledge.conditions[condition]
        chance = record.prevalence * _age_factor(record, patient)
        if patient.sex is not None:
            chance *= record.sex.get(patient.sex, 1.0)
        if record.months and month is not None:
            chance *= numbers["season"]["in_season" if month in record.months else "out_of_season"]
        chance *= _pregnancy(record, patient, numbers["pregnancy"]["more"])
        out[row] = np.log(chance / (1 - chance)) if chance > 0 else -np.inf
    return out


def _age_factor(record: ConditionRecord, patient: Patient) -> float:
    """Factor of the age band; where nobody stated the age, no band may rule a condition out."""
    factor = record.age.get(age_band(patient.age_years), 1.0)
    return factor if patient.age_known else max(factor, 0.05 if patient.age_hinted else 0.3)


def _pregnancy(record: ConditionRecord, patient: Patient, more: float) -> float:
    possible = patient.sex != "male" and 9 <= patient.age_years <= 56
    if record.pregnancy == "only":
        return 6.0 if patient.pregnant else (0.0 if patient.pregnant is False or not possible else 1.0)
    if record.pregnancy == "never":
        return 0.02 if patient.pregnant else 1.0
    if record.pregnancy == "more":
        return more if patient.pregnant else 1.0
    if record.pregnancy == "postpartum":
        return 1.0 if possible else 0.0
    return 1.0


def _most_special(tables: Tables, present: dict[str, Finding]) -> list[str]:
    """Findings without those that another one already implies, so that one thing said twice counts once."""
    implied = set().union(*(tables.ancestors[f] for f in present)) if present else set()
    return [f for f in present if f not in implied]


def _present(tables: Tables, finding: str) -> Floats:
    """Weight of a finding; a condition that lists only a more general form of it is judged by that form."""
    weight = tables.present_weight(finding)
    column = tables.column[finding]
    for parent in sorted(tables.ancestors[finding], key=lambda p: len(tables.ancestors[p]), reverse=True):
        general = tables.listed[:, tables.column[parent]] & ~tables.listed[:, column]
        weight = np.where(general, np.maximum(weight, tables.present_weight(parent)), weight)
    return weight


def _none_weight(tables: Tables, finding: str) -> float:
    column = tables.column[finding]
    return float(np.log(tables.background[column] / tables.marginal[column]))


def _absent(tables: Tables, finding: str) -> Floats:
    """Weight of an absence; a more special form that a condition lists is absent too, and the strongest one counts."""
    weight = tables.absent_weight(finding)
    for child in tables.descendants[finding]:
        special = tables.listed[:, tables.column[child]] & ~tables.listed[:, tables.column[finding]]
        weight = np.where(special, np.minimum(weight, tables.absent_weight(child)), weight)
    return weight


def _unsaid(tables: Tables, state: State) -> Floats:
    """Weight of symptoms that nobody mentioned: a patient who has them usually, not always, says so."""
    known = [tables.column[f] for f in state.holds | state.fails | state.asked if f in tables.column]
    weight: Floats = tables.unsaid.sum(axis=1) - tables.unsaid[:, known].sum(axis=1)
    return weight


def support(ranking: Ranking) -> Floats:
    """The strongest weight by which a finding that is there speaks for each condition; 0 where none is there."""
    spoken = [weights for finding, weights in ranking.parts.items() if ranking.signs[finding]]
    strongest: Floats = np.max(spoken, axis=0) if spoken else np.zeros_like(ranking.prior)
    return strongest


def held_back(ranking: Ranking) -> Ranking:
    """``ranking`` in which the text alone lifts nothing into the first three: where no finding speaks for a condition,
    its text counts only as far as leaves it behind the third that a finding speaks for."""
    if not ranking.text.any():
        return ranking
    speaks = _supported(ranking)
    named = [row for row in ranking.order if speaks[row]][:FIRST]
    without = ranking.score - ranking.text
    room = ranking.score[named[-1]] - _BEHIND - without if len(named) == FIRST else np.zeros_like(without)
    text = np.where(speaks, ranking.text, np.minimum(ranking.text, np.maximum(room, 0.0)))
    # A prior alone may stand before the third all the same; then the text keeps still and the list leaves it out.
    return replace(ranking, text=text)


def places(ranking: Ranking) -> tuple[int, ...]:
    """Rows of all conditions as they are listed, then the others, each likeliest first."""
    listed = listed_rows(ranking)
    named = set(listed)
    return (*listed, *(row for row in ranking.order if row not in named))


def listed_rows(ranking: Ranking) -> list[int]:
    """Rows that a finding speaks for; behind the third of them also those that the text alone speaks for."""
    speaks, listed, found = _supported(ranking), list[int](), 0
    for row in ranking.order:
        found += bool(speaks[row])
        if speaks[row] or (found >= FIRST and ranking.text[row] > 0 and ranking.prior[row] > _IMPOSSIBLE):
            listed.append(row)
    return listed


def _supported(ranking: Ranking) -> npt.NDArray[np.bool_]:
    return (support(ranking) > 0) & (ranking.prior > _IMPOSSIBLE)


def candidates(tables: Tables, ranking: Ranking, state: State, language: str) -> tuple[Candidate, ...]:
    """The first candidates of the list, with every summand of their score."""
    return tuple(candidate_of(tables, ranking, state, row, language) for row in listed_rows(ranking)[:MAX_CANDIDATES])


def candidate_of(tables: Tables, ranking: Ranking, state: State, row: int, language: str) -> Candidate:
    """The condition of one row with every summand of its score."""
    numbers = tables.knowledge.numbers["scoring"]
    record = tables.knowledge.conditions[tables.conditions[row]]
    probability = float(ranking.posterior[row])
    evidence = [Evidence("prior", float(ranking.prior[row]))]
    if local := float(ranking.local[row]):
        evidence.append(Evidence("local_prior", local, "for" if local > 0 else "against"))
    rest = float(ranking.unsaid[row])
    for finding, weights in sorted(ranking.parts.items(), key=lambda item: -abs(item[1][row])):
        weight = float(weights[row])
        if abs(weight) < _LEAST_EVIDENCE:
            rest += weight
            continue
        evidence.append(_evidence(finding, weight, state, tables, language))
    if abs(text := float(ranking.text[row])) >= _LEAST_EVIDENCE:
        evidence.append(Evidence("text_reader", text, "for" if text > 0 else "against"))
    else:
        rest += text
    if abs(rest) > 1e-9:
        evidence.append(Evidence("not_mentioned", rest, "against" if rest < 0 else "for"))
    listed = sorted(record.findings, key=lambda f: -record.findings[f])
    band = Band.NOT_EXCLUDED
    if probability >= numbers["possible_from"]:
        band = Band.LIKELY if probability >= numbers["likely"] else Band.POSSIBLE
    return Candidate(
        id=record.id,
        label=record.name[language],
        icd10=record.icd10,
        synonyms=tuple(record.synonyms.get(language, ())),
        probability=probability,
        band=band,
        score=float(ranking.score[row]),
        evidence=tuple(evidence),
        asked_and_absent=tuple(f for f in listed if f in state.fails),
        not_yet_known=tuple(f for f in listed if f not in state.holds | state.fails and record.findings[f] >= 0.1)[:12],
    )


def _evidence(finding: str, weight: float, state: State, tables: Tables, language: str) -> Evidence:
    seen = state.present.get(finding) or state.possible.get(finding) or state.absent.get(finding)
    return Evidence(
        source="finding",
        weight=weight,
        direction="for" if weight > 0 else "against",
        finding=finding,
        label=tables.knowledge.findings[finding].name[language],
        start=seen.start if seen else None,
        end=seen.end if seen else None,
    )
