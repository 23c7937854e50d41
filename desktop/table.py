"""Readable tables of what the headless commands answer, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from modelzoo.contract.engine import CheckResult

_WORDS = {
    "en": {
        "triage": "How soon", "findings": "Understood", "differential": "What it could be",
        "must_not_miss": "Must not miss", "questions": "Ask next", "warnings": "Note",
        "unreviewed": "No clinician has reviewed this knowledge. You decide.",
        "emergency": "EMERGENCY", "urgent": "urgent", "routine": "routine", "self_care": "self-care",
        "likely": "likely", "possible": "possible", "not_excluded": "not excluded",
        "present": "+", "absent": "-", "hypothetical": "if", "historical": "past", "family": "family",
        "place": "Place {place} of what it could be", "unlisted": "Not on the list", "why": "Why not higher",
        "rise": "Would bring it up", "to": "place {place}", "for": "For", "against": "Against",
    },
    "zh": {
        "triage": "紧急程度", "findings": "已读懂", "differential": "可能的疾病",
        "must_not_miss": "不可漏诊", "questions": "接着问", "warnings": "注意",
        "unreviewed": "本知识未经临床医生审核，请自行判断。",
        "emergency": "急症", "urgent": "当天处理", "routine": "常规", "self_care": "可自我护理",
        "likely": "很可能", "possible": "可能", "not_excluded": "未排除",
        "present": "+", "absent": "-", "hypothetical": "假设", "historical": "既往", "family": "家族",
        "place": "列表第{place}位", "unlisted": "不在列表中", "why": "为何不更靠前",
        "rise": "以下情况会使其上升", "to": "第{place}位", "for": "支持", "against": "不支持",
    },
}  # fmt: skip


def assessment_table(answer: Mapping[str, Any], language: str) -> str:
    """A page of text for one assessment in its wire form."""
    words = _WORDS[language]
    triage = answer["triage"]
    lines = [f"{words['triage']}: {words[triage['level']]}"]
    lines += [f"  {r['text']}" + (f" → {r['action']}" if r["action"] else "") for r in triage["because"]]
    lines += _section(words["findings"], (_finding(f, words) for f in answer["findings"]))
    if answer["coverage"]["because"]:
        lines += _section(words["warnings"], [answer["coverage"]["because"]])
    ranked = (f"{words[c['band']]:<14}{c['label']} ({', '.join(c['icd10'][:2])})" for c in answer["differential"][:8])
    lines += _section(words["differential"], ranked)
    lines += _section(words["must_not_miss"], (f"{m['label']}: {m['because']}" for m in answer["must_not_miss"]))
    lines += _section(words["questions"], (q["ask"] for q in answer["questions"][:5]))
    lines += _section(words["warnings"], (w["message"] for w in answer["warnings"]))
    return "\n".join([*lines, "", words["unreviewed"]])


def why_not_table(answer: Mapping[str, Any], language: str) -> str:
    """A page of text on why one condition stands no higher, in its wire form."""
    words, condition = _WORDS[language], answer["condition"]
    place = words["place"].format(place=answer["place"]) if answer["listed"] else words["unlisted"]
    lines = [f"{condition['label']}: {place}"]
    named = [e for e in condition["evidence"] if e.get("label")]
    for title, wanted in (("for", "for"), ("against", "against")):
        lines += _section(words[title], (e["label"] for e in named if e["direction"] == wanted))
    lines += _section(words["why"], answer["reasons"])
    changes = (f"{c['ask']} → {words['to'].format(place=c['place'])}" for c in answer["would_rise_with"])
    return "\n".join([*lines, *_section(words["rise"], changes), "", words["unreviewed"]])


def check_table(results: Iterable[CheckResult]) -> str:
    """One line a check."""
    return "\n".join(f"{'ok ' if r.ok else 'NOT'}  {r.name:<12} {r.message}" for r in results)


def _finding(finding: Mapping[str, Any], words: Mapping[str, str]) -> str:
    days = f", {finding['duration_days']:g} d" if finding["duration_days"] else ""
    return f"{words[finding['assertion']]:<6} {finding['label']}{days}"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = [f"  {line}" for line in lines]
    return ["", f"{title}:", *body] if body else []
