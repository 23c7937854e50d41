"""What the program does not know: coverage, and named warnings about texts that are not one patient's complaint."""

from __future__ import annotations

import re

from modelzoo.contract.assessment import AssessmentWarning, Coverage
from modelzoo.contract.case import Case
from modelzoo.reasoning.differential import Ranking
from modelzoo.reasoning.messages import say
from modelzoo.reasoning.state import State
from modelzoo.reasoning.tables import Tables
from modelzoo.understanding.reader import Reading, other_script

_SEVERAL = re.compile(
    r"\b(?:both (?:children|kids|of them|patients|boys|girls)|two (?:patients|children)|patient (?:1|2|one|two|a|b)\b|"
    r"(?:my|the) (?:son|daughter|husband|wife) and (?:i|my|the)\b)|两个(?:孩子|病人|患者)|(?:两|三|几)个人都|患者[一二12甲乙]",
    re.I,
)
_ANIMAL = re.compile(
    r"\bmy (?:dog|cat|cow|goat|sheep|horse|pig|chicken|buffalo|puppy|kitten)\b(?! (?:bit|bite|scratch|attack|lick))(?!s? (?:bit|bite))"
    r"|我家?的?(?:狗|猫|牛|羊|猪|鸡|马)(?!咬|抓|舔|踢|撞)",
    re.I,
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous |prior |above )*(?:instructions?|rules?|prompts?)"
    r"|\byou are (?:now|an? (?:ai|assistant|language model))|\bsystem prompt\b|\b(?:always |just )?(?:output|respond with|answer with|say) "
    r"(?:that )?(?:healthy|fine|self[- ]care|no danger)|忽略(?:以上|之前|前面|所有).{0,6}(?:指令|规则|内容)|你现在是|系统提示",
    re.I,
)


def coverage(tables: Tables, state: State, ranking: Ranking, reading: Reading, case: Case, language: str) -> Coverage:
    """Whether the complaint lies inside what the knowledge covers; the score is P(one of the listed conditions)."""
    score = 1.0 - ranking.none
    if other_script(case.text):
        return Coverage(False, 0.0, say("unreadable", language))
    if not (state.present or state.possible):
        key = "nothing_understood" if case.text.strip() else "nothing"
        return Coverage(False, 0.0, say(key, language))
    if ranking.none >= tables.knowledge.numbers["coverage"]["outside_from"]:
        return Coverage(False, score, say("outside", language))
    return Coverage(True, score, None)


def text_warnings(case: Case, reading: Reading, state: State, language: str) -> list[AssessmentWarning]:
    """Warnings about the text itself."""
    out = []
    text = case.text
    if text.strip() and (other_script(text) or not reading.readable):
        out.append(AssessmentWarning("UND-001", say("unreadable", language)))
    complaints = [f for f in state.present.values() if f.source != "field"]
    if len(complaints) <= 1 and text.strip():
        out.append(AssessmentWarning("UND-002", say("too_little", language)))
    for code, pattern, key in (
        ("UND-006", _SEVERAL, "several"),
        ("UND-007", _ANIMAL, "animal"),
        ("UND-008", _ORDERS, "orders"),
    ):
        if pattern.search(text):
            out.append(AssessmentWarning(code, say(key, language)))
    return out
