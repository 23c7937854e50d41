"""How soon care is needed: danger rules first, then the risk carried by what cannot be excluded. Only ever upwards."""

from __future__ import annotations

from collections.abc import Mapping

from modelzoo.contract.assessment import FiredRule, MustNotMiss, Triage, TriageLevel
from modelzoo.reasoning.differential import Ranking
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Tables

MAX_MUST_NOT_MISS = 5
_NOT_EXCLUDED_FROM = 0.015
_SUPPORT = 0.6  # a natural-log weight: about three times as frequent as in other patients, at the share that counts
ORDER = list(TriageLevel)


def triage(
    tables: Tables,
    patient: Patient,
    state: State,
    ranking: Ranking | None,
    fired: list[FiredRule],
    language: str,
    *,
    inside: bool,
) -> Triage:
    """Join rules, the candidates' own danger signs, and the risk of the differential (None: nothing to rank)."""
    because = [*fired]
    if ranking is not None:
        because += [*_danger_signs(tables, state, ranking, language), *_risk(tables, ranking, state, language)]
    if because:
        because.sort(key=lambda r: ORDER.index(r.level))
        return Triage(because[0].level, tuple(because))
    level = TriageLevel.SELF_CARE if inside and ranking and _home(tables, patient, ranking) else TriageLevel.ROUTINE
    return Triage(level, (FiredRule(f"no_danger_{level}", level, say(str(level), language)),))


def _danger_signs(tables: Tables, state: State, ranking: Ranking, language: str) -> list[FiredRule]:
    out: dict[str, FiredRule] = {}
    limit = tables.knowledge.numbers["triage"]["danger_sign_from"]
    for row in ranking.order[:10]:
        record = tables.knowledge.conditions[tables.conditions[row]]
        if ranking.posterior[row] < limit:
            break
        for finding, level in record.danger_signs.items():
            if finding in state.holds and finding not in out:
                name = tables.knowledge.findings[finding].name[language]
                text = say("danger_sign", language, finding=name, label=record.name[language])
                seen = state.present.get(finding)
                out[finding] = FiredRule(
                    rule=f"danger_sign:{record.id}:{finding}",
                    level=TriageLevel(level),
                    text=text,
                    action=say(f"act_{level}", language),
                    findings=(finding,),
                    start=seen.start if seen else None,
                    end=seen.end if seen else None,
                )
    return list(out.values())


def _risk(tables: Tables, ranking: Ranking, state: State, language: str) -> list[FiredRule]:
    """One entry for each level whose conditions together are too likely to wait.

    A single finding ("fever") leaves many urgent causes open and names none: then the program asks instead of alarming.
    Where the text reader has had its say, more is asked of the risk, and of one that rests on a single finding most.
    """
    numbers = tables.knowledge.numbers["triage"]
    joined = bool(ranking.text.any())
    out = []
    share = _by_urgency(tables, ranking)
    for level, key in (("emergency", "risk"), ("urgent", "risk_urgent")):
        mass = share["emergency"] + (share["urgent"] if level == "urgent" else 0.0)
        if mass >= _limit(numbers, level, len(state.present), joined=joined):
            worst = next((r for r in ranking.order if _urgency(tables, r) == level), ranking.order[0])
            record = tables.knowledge.conditions[tables.conditions[worst]]
            text = say(key, language, label=record.name[language])
            action = say(f"act_{level}", language)
            out.append(FiredRule(f"risk:{record.id}", TriageLevel(level), text, action))
    return out


def _limit(numbers: Mapping[str, float], level: str, present: int, *, joined: bool) -> float:
    """From which probability of conditions of ``level`` it is called, for so many findings that are ``present``."""
    single = present < 2
    if not joined:
        return 1.1 if single and level == "urgent" else numbers[f"{level}_risk"]
    return numbers[f"{level}_risk_joined"] + (numbers["single_more"] if single else 0.0)


def _urgency(tables: Tables, row: int) -> str:
    return tables.knowledge.conditions[tables.conditions[row]].urgency


def _by_urgency(tables: Tables, ranking: Ranking) -> dict[str, float]:
    """Probability of each level's conditions, of those that are likely enough to count.

    Without that floor the sum of hundreds of hardly possible emergencies would call every vague complaint one.
    """
    share = dict.fromkeys(map(str, TriageLevel), 0.0)
    floor = tables.knowledge.numbers["triage"]["risk_from"]
    for row, probability in enumerate(ranking.posterior):
        if probability >= floor:
            share[_urgency(tables, row)] += float(probability)
    return share


def _home(tables: Tables, patient: Patient, ranking: Ranking) -> bool:
    """Self-care needs a known, not very young age, and hardly any dangerous cause left."""
    numbers = tables.knowledge.numbers["triage"]
    share = _by_urgency(tables, ranking)
    if not patient.age_known or patient.age_years < 1 or patient.pregnant:
        return False
    return (
        share["self_care"] >= numbers["self_care_share"]
        and share["emergency"] <= numbers["self_care_max_emergency"]
        and share["urgent"] <= numbers["self_care_max_urgent"]
    )


def must_not_miss(tables: Tables, state: State, ranking: Ranking, language: str) -> tuple[MustNotMiss, ...]:
    """Dangerous conditions that something present speaks for and nothing known excludes, likeliest first."""
    out = []
    for row in ranking.order[:60]:
        record = tables.knowledge.conditions[tables.conditions[row]]
        if not record.must_not_miss or ranking.posterior[row] < _NOT_EXCLUDED_FROM:
            continue
        support = [f for f, w in ranking.parts.items() if ranking.signs[f] and w[row] >= _SUPPORT]
        if not support:
            continue
        support.sort(key=lambda f: -ranking.parts[f][row])
        joiner = "、" if language == "zh" else ", "
        names = joiner.join(tables.knowledge.findings[f].name[language] for f in support[:3])
        because = say("fits", language, findings=names)
        out.append(MustNotMiss(record.id, record.name[language], record.icd10, because))
        if len(out) == MAX_MUST_NOT_MISS:
            break
    return tuple(out)
