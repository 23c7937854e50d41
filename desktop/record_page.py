"""One record of the knowledge as a page of plain text, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modelzoo.graph import KnowledgeGraph

_WORDS = {
    "en": {
        "codes": "ICD-10", "also": "Also called", "people": "People say", "urgency": "Care it needs",
        "emergency": "EMERGENCY", "urgent": "urgent", "routine": "routine", "self_care": "self-care",
        "onset": "Begins", "course": "Goes on", "frequency": "About one in {n:,} visits", "findings": "Findings",
        "risks": "Commoner with", "danger": "Danger signs", "confused": "Confused with", "apart": "told apart by",
        "tests": "Tests", "first": "First steps", "advice": "For the patient", "sources": "Sources",
        "ask": "Ask", "lay": "Said as", "implies": "Implies", "excludes": "Excludes", "in": "Most often in",
        "unreviewed": "No clinician has reviewed this record.", "reviewed": "Reviewed by a clinician.",
        "has": "has", "risked_by": "is commoner with", "confused_with": "is confused with",
    },
    "zh": {
        "codes": "ICD-10", "also": "又称", "people": "俗称", "urgency": "需要的处理",
        "emergency": "急症", "urgent": "当天处理", "routine": "常规", "self_care": "可自我护理",
        "onset": "起病", "course": "病程", "frequency": "约每{n:,}次就诊一例", "findings": "表现",
        "risks": "更常见于", "danger": "危险征象", "confused": "易混淆", "apart": "鉴别点",
        "tests": "检查", "first": "首要处理", "advice": "告诉患者", "sources": "来源",
        "ask": "问", "lay": "说法", "implies": "意味着", "excludes": "排斥", "in": "最常见于",
        "unreviewed": "本条未经临床医生审核。", "reviewed": "已由临床医生审核。",
        "has": "有", "risked_by": "更常见于", "confused_with": "易混淆",
    },
}  # fmt: skip
_OF_FINDING = 12


def condition_page(graph: KnowledgeGraph, key: str, language: str) -> str:
    """Everything that the knowledge says of a condition."""
    record, text, words = graph.knowledge.conditions[key], graph.condition_text(key), _WORDS[language]
    vocabulary = graph.knowledge.words

    def named(kind: str, ids: tuple[str, ...]) -> str:
        return "; ".join(vocabulary[kind][i][language] for i in ids)

    lines = [f"{record.name[language]}  ({key})", "", text.description[language], ""]
    lines.append(f"{words['codes']}: {', '.join(record.icd10)}")
    for title, phrases in (("also", record.synonyms), ("people", record.lay)):
        if phrases.get(language):
            lines.append(f"{words[title]}: {', '.join(phrases[language])}")
    lines.append(f"{words['urgency']}: {words[record.urgency]}")
    lines.append(words["frequency"].format(n=round(1 / record.prevalence)))
    lines.append(
        f"{words['onset']}: {named('onset', record.onset)}. {words['course']}: {named('course', record.course)}."
    )
    lines += ["", f"{words['findings']}:"]
    for finding, frequency in sorted(record.findings.items(), key=lambda e: (-e[1], e[0])):
        typical = "; ".join(named(kind, ids) for kind, ids in record.attributes.get(finding, {}).items())
        lines.append(
            f"  {100 * frequency:3.0f} %  {graph.label(finding, language)}" + (f" [{typical}]" if typical else "")
        )
    lines += _list(words["risks"], (f"{graph.label(f, language)} (×{v:g})" for f, v in record.risk_factors.items()))
    lines += _list(words["danger"], (f"{graph.label(f, language)}: {words[v]}" for f, v in record.danger_signs.items()))
    apart = ((graph.label(c, language), graph.label(f, language)) for c, f in record.confused_with.items())
    lines += _list(words["confused"], (f"{other}; {words['apart']}: {by}" for other, by in apart))
    lines += _list(words["tests"], (f"{vocabulary['test'][t][language]}: {s[language]}" for t, s in text.tests.items()))
    lines += ["", f"{words['first']}: {text.first_steps[language]}", "", f"{words['advice']}: {text.advice[language]}"]
    return "\n".join([*lines, "", f"{words['sources']}: {', '.join(text.sources)}. {words[text.review]}"])


def finding_page(graph: KnowledgeGraph, key: str, language: str) -> str:
    """Everything that the knowledge says of a finding, and the conditions that have it most often."""
    record, words = graph.knowledge.findings[key], _WORDS[language]
    lines = [f"{record.name[language]}  ({key})", ""]
    lines.append(f"{words['ask']}: {record.ask[language]}")
    lines.append(f"{words['lay']}: {', '.join(record.lay.get(language, ()))}")
    for title, others in (("implies", record.parents), ("excludes", record.excludes)):
        if others:
            lines.append(f"{words[title]}: {', '.join(graph.label(o, language) for o in others)}")
    cross = [term for term in (record.hpo, record.symp) if term]
    lines += [", ".join(cross)] if cross else []
    near = graph.neighbours(key, _OF_FINDING)
    lines += _list(words["in"], (f"{100 * v:3.0f} %  {graph.label(t.id, language)}" for t, v in near))
    sources, review = graph.texts.finding_sources[key], graph.texts.finding_review[key]
    return "\n".join([*lines, "", f"{words['sources']}: {', '.join(sources)}. {words[review]}"])


def relation_line(graph: KnowledgeGraph, step: Mapping[str, Any], language: str) -> str:
    """One step of a path as a sentence; the relation always reads from its own first member."""
    words = _WORDS[language]
    first, last = (step["to"], step["from"]) if step.get("reversed") else (step["from"], step["to"])
    verb = words.get(step["relation"], step["relation"])
    strength = ""
    if "frequency" in step:
        strength = f" ({100 * step['frequency']:.0f} %)"
    elif "told_apart_by" in step:
        strength = f" ({words['apart']}: {graph.label(step['told_apart_by'], language)})"
    return f"{graph.label(first, language)} {verb} {graph.label(last, language)}{strength}"


def _list(title: str, entries: Any) -> list[str]:
    body = [f"  {entry}" for entry in entries]
    return ["", f"{title}:", *body] if body else []
