"""How soon care is needed: danger rules first, then the risk carried by what cannot be excluded. Only ever upwards."""

from __future__ import annotations

from modelzoo.contract.assessment import FiredRule, MustNotMiss, Triage, TriageLevel
from modelzoo.reasoning.differential import Ranking, support
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Floats, Tables

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
    chances: Floats | None = None,
) -> Triage:
    """Join rules, the candidates' own danger signs, and the risk of the differential (None: nothing to rank).

    ``chances``: what the urgency reader says of an emergency and of at least urgent, where a text was heard.
    """
    because = [*fired]
    if ranking is not None:
        risk = _risk(tables, ranking, state, chances, language)
        because += [*_danger_signs(tables, state, ranking, language, heard=chances is not None), *risk]
    if because:
        because.sort(key=lambda r: ORDER.index(r.level))
        return Triage(because[0].level, tuple(because))
    level = TriageLevel.SELF_CARE if inside and ranking and _home(tables, patient, ranking) else TriageLevel.ROUTINE
    return Triage(level, (FiredRule(f"no_danger_{level}", level, say(str(level), language)),))


def _danger_signs(tables: Tables, state: State, ranking: Ranking, language: str, *, heard: bool) -> list[FiredRule]:
    """Signs that a likely candidate names as dangerous. Where a text was ``heard``, it may have brought the candidate
    up alone; then another finding must speak for it too, or "fever" would alarm for every tooth."""
    out: dict[str, FiredRule] = {}
    limit = tables.knowledge.numbers["triage"]["danger_sign_from"]
    for row in ranking.order[:10]:
        record = tables.knowledge.conditions[tables.conditions[row]]
        if ranking.posterior[row] < limit:
            break
        for finding, level in record.danger_signs.items():
            if finding in state.holds and finding not in out and not (heard and _alone(tables, ranking, row, finding)):
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


def _alone(tables: Tables, ranking: Ranking, row: int, finding: str) -> bool:
    """Whether nothing but ``finding`` and what it implies speaks for the condition of ``row``."""
    same = {finding, *tables.ancestors[finding], *tables.descendants[finding]}
    return not any(ranking.signs[f] and w[row] > 0 for f, w in ranking.parts.items() if f not in same)


def _risk(tables: Tables, ranking: Ranking, state: State, chances: Floats | None, language: str) -> list[FiredRule]:
    """One entry for each level that is too likely to wait.

    A single finding ("fever") leaves many urgent causes open and names none: then the program asks instead of alarming,
    unless a heard text sounds much more urgent than is asked otherwise.
    """
    numbers = tables.knowledge.numbers["triage"]
    single = len(state.present) < 2
    more = numbers["single_more"] if single else 0.0
    if not (state.present or state.possible):
        more = numbers["nothing_more"]
    share = _by_urgency(tables, ranking)
    out = []
    for place, (level, key) in enumerate((("emergency", "risk"), ("urgent", "risk_urgent"))):
        if chances is None:
            chance = share["emergency"] + (share["urgent"] if level == "urgent" else 0.0)
            limit = 1.1 if single and level == "urgent" else numbers[f"{level}_risk"]
        else:
            chance = float(chances[place])
            limit = numbers[f"{level}_from"] + more
        if chance >= limit:
            out.append(_risk_entry(tables, ranking, level, key, language))
    return out


def _risk_entry(tables: Tables, ranking: Ranking, level: str, key: str, language: str) -> FiredRule:
    """Names the likeliest condition of the level that a finding speaks for, or says that the story sounds like it."""
    action = say(f"act_{level}", language)
    levels = ("emergency",) if level == "emergency" else ("emergency", "urgent")
    least, speaks = tables.knowledge.numbers["triage"]["risk_from"], support(ranking)
    named = (r for r in ranking.order if _urgency(tables, r) in levels and speaks[r] > 0)
    worst = next(named, None)
    if worst is None or ranking.posterior[worst] < least:
        return FiredRule(f"story_{level}", TriageLevel(level), say(f"story_{level}", language), action)
    record = tables.knowledge.conditions[tables.conditions[worst]]
    text = say(key, language, label=record.name[language])
    return FiredRule(f"risk:{record.id}", TriageLevel(level), text, action)


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
