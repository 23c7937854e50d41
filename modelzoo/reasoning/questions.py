"""What to ask or examine next: expected information about the cause, and about whether it is dangerous."""

from __future__ import annotations

import numpy as np

from modelzoo.contract.assessment import Question
from modelzoo.reasoning.differential import Ranking, support
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.patient import Patient
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Floats, Tables

MAX_QUESTIONS = 8
CANDIDATES = 25
MIN_GAIN_BITS = 0.005
# Findings that these facts answer already, so that nobody is asked what stands in the record.
_FEMALE_ONLY_SYSTEMS = ("women", "pregnancy")
_CHILD_ONLY_SYSTEMS = {"newborn": 0.25, "child": 12.0}


def next_questions(
    tables: Tables, patient: Patient, state: State, ranking: Ranking, language: str
) -> tuple[Question, ...]:
    """Questions in the order of their worth, none about what is known, asked or implied."""
    rows = np.array(ranking.order[:CANDIDATES])
    weight = np.append(ranking.posterior[rows], ranking.none)
    weight = weight / weight.sum()
    conditions = tables.knowledge.conditions
    dangerous = np.array([conditions[tables.conditions[r]].urgency == "emergency" for r in rows] + [False])
    columns = [
        c for f, c in tables.column.items() if tables.listed[rows, c].any() and askable(tables, f, patient, state)
    ]
    if not columns:
        return ()
    chance = np.vstack([tables.chance[rows][:, columns], tables.background[columns][None, :]])
    gain = _gain(weight, chance)
    danger_gain = _danger_gain(weight, chance, dangerous)
    worth = gain + danger_gain
    out: list[Question] = []
    for index in np.argsort(-worth, kind="stable"):
        if len(out) == MAX_QUESTIONS or gain[index] < MIN_GAIN_BITS:
            break
        finding = tables.findings[columns[int(index)]]
        out.append(_question(tables, ranking, rows, finding, float(gain[index]), language))
    return tuple(out)


def askable(tables: Tables, finding: str, patient: Patient, state: State) -> bool:
    """Whether the finding is not known, asked or settled by who the patient is."""
    record = tables.knowledge.findings[finding]
    if finding in state.holds or finding in state.fails or finding in state.asked:
        return False
    if record.system in _FEMALE_ONLY_SYSTEMS and (patient.sex == "male" or patient.age_years < 9):
        return False
    oldest = _CHILD_ONLY_SYSTEMS.get(record.system)
    return oldest is None or patient.age_years <= oldest


def _entropy(p: Floats) -> Floats:
    """Entropy in bits along the first axis."""
    safe = np.clip(p, 1e-12, 1.0)
    out: Floats = -(safe * np.log2(safe)).sum(axis=0)
    return out


def _gain(weight: Floats, chance: Floats) -> Floats:
    """Expected information in bits of each column's answer about which candidate it is."""
    yes = weight[:, None] * chance
    no = weight[:, None] * (1 - chance)
    p_yes, p_no = yes.sum(axis=0), no.sum(axis=0)
    after = p_yes * _entropy(yes / p_yes) + p_no * _entropy(no / p_no)
    gain: Floats = np.maximum(_entropy(weight[:, None]) - after, 0.0)
    return gain


def _danger_gain(weight: Floats, chance: Floats, dangerous: np.ndarray) -> Floats:
    """Expected information in bits of each answer about whether the cause is an emergency."""
    groups = np.array([weight[dangerous].sum(), weight[~dangerous].sum()])
    if groups.min() < 1e-6:
        return np.zeros(chance.shape[1])
    joined = np.vstack([(weight[g, None] * chance[g]).sum(axis=0) / weight[g].sum() for g in (dangerous, ~dangerous)])
    return _gain(groups, joined)


def _question(tables: Tables, ranking: Ranking, rows: np.ndarray, finding: str, gain: float, language: str) -> Question:
    record = tables.knowledge.findings[finding]
    because = _order_after(tables, ranking, finding, language) or _tells_apart(tables, rows, finding, language)
    return Question(finding, record.name[language], record.ask[language], gain, record.ask_by, because)


def _order_after(tables: Tables, ranking: Ranking, finding: str, language: str) -> str | None:
    """Which condition an answer would bring to the first place, where it is another than now."""
    speaks = support(ranking)
    said = []
    for key, weight, sign in (
        ("changes_yes", tables.present_weight(finding), "present"),
        ("changes_no", tables.absent_weight(finding), "absent"),
    ):
        now = np.maximum(speaks, weight) if sign == "present" else speaks
        score = np.where(now > 0, ranking.score + ranking.shares[sign] * weight, -np.inf)
        first, before = int(score.argmax()), int(np.where(speaks > 0, ranking.score, -np.inf).argmax())
        if first != before:
            said.append(say(key, language, label=tables.knowledge.conditions[tables.conditions[first]].name[language]))
    return ("" if language == "zh" else " ").join(said) or None


def _tells_apart(tables: Tables, rows: np.ndarray, finding: str, language: str) -> str | None:
    column = tables.column[finding]
    top = rows[: min(5, len(rows))]
    by_chance = sorted((int(r) for r in top), key=lambda r: -tables.chance[r, column])
    first, second = (
        tables.knowledge.conditions[tables.conditions[r]].name[language] for r in (by_chance[0], by_chance[-1])
    )
    return say("tells_apart", language, first=first, second=second) if first != second else None
