"""An engine from a table: the same protocol as the real one, no model file, so screens and services are quick to test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from modelzoo.contract.assessment import (
    Assessment,
    Band,
    Candidate,
    Change,
    Coverage,
    Evidence,
    Finding,
    FiredRule,
    MustNotMiss,
    PatientFacts,
    Provenance,
    Question,
    Triage,
    TriageLevel,
    WhyNot,
)
from modelzoo.contract.case import Assertion, Case
from modelzoo.contract.engine import CheckResult, NormalRange, Term

_FINDINGS: dict[str, tuple[str, str, str]] = {
    "fever": ("Fever", "发热", r"fever|发热|发烧"),
    "cough": ("Cough", "咳嗽", r"cough|咳嗽"),
    "productive_sputum": ("Productive sputum", "咳痰", r"(?:yellow )?phlegm|咳黄痰|黄痰"),
    "chest_pain": ("Chest pain", "胸痛", r"chest pain|胸痛"),
    "tachypnoea": ("Fast breathing", "呼吸急促", r"breathing fast|呼吸急促"),
    "pleuritic_pain": ("Pain on breathing in", "吸气时胸痛", r"hurts to breathe in|吸气.{0,2}痛"),
    "night_sweats": ("Night sweats", "盗汗", r"night sweats|盗汗"),
    "asthma_history": ("Asthma", "哮喘", r"asthma|哮喘"),
    "convulsions": ("Convulsions", "抽搐", r"convulsions|抽搐"),
    "headache": ("Headache", "头痛", r"headache|头痛"),
}
_NEGATION = re.compile(r"(?:\bno\b|\bdenies\b|without|无|没有|否认)\s*(?:[a-z]+\s){0,1}$", re.IGNORECASE)
_CONDITIONS: dict[str, tuple[str, str, str, dict[str, float]]] = {
    "pneumonia": ("Pneumonia", "肺炎", "J18.9", {"fever": 1.1, "cough": 1.2, "productive_sputum": 1.0, "tachypnoea": 1.4,
                                              "chest_pain": 0.5, "pleuritic_pain": 0.9}),
    "acute_bronchitis": ("Acute bronchitis", "急性支气管炎", "J20.9", {"cough": 1.3, "productive_sputum": 0.6,
                                                                 "tachypnoea": -0.8}),
    "tuberculosis": ("Tuberculosis", "结核病", "A15.0", {"cough": 0.7, "night_sweats": 1.6, "fever": 0.3}),
    "influenza": ("Influenza", "流行性感冒", "J11.1", {"fever": 0.9, "cough": 0.6, "headache": 0.6}),
    "migraine": ("Migraine", "偏头痛", "G43.9", {"headache": 2.0, "fever": -1.5}),
}  # fmt: skip
_QUESTIONS: dict[str, tuple[str, str]] = {
    "pleuritic_pain": ("Does it hurt to breathe in?", "吸气时疼吗？"),
    "night_sweats": ("Night sweats?", "夜间出汗吗？"),
    "headache": ("Headache?", "头痛吗？"),
}
_RANGES = {
    "temperature_c": (36.1, 37.5), "heart_rate": (60, 100), "respiratory_rate": (12, 20), "systolic_mmhg": (100, 140),
    "diastolic_mmhg": (60, 90), "spo2_percent": (94, 100), "muac_mm": (230, 400),
}  # fmt: skip

_PROVENANCE = Provenance("fake.1", "0" * 64, "cpu")


@dataclass
class FakeEngine:
    """Understands the ten findings of its table by pattern and ranks five conditions by adding up weights."""

    failure: Exception | None = None
    asked: list[Case] = field(default_factory=list)
    provenance: Provenance = _PROVENANCE

    def assess(self, case: Case, language: str = "en") -> Assessment:
        """Assess from the table; raises ``failure`` if one is set."""
        if self.failure is not None:
            raise self.failure
        self.asked.append(case)
        findings = self._with_observations(self.understand(case.text, language), case, language)
        state = {f.id: f.assertion for f in findings}
        inside = bool(findings) or not case.text.strip()
        ranked = self._ranked(findings, language) if state else ()
        outside = _say(
            language, "Nothing in the text is something that this knowledge covers.", "文字中没有本知识库涵盖的内容。"
        )
        return Assessment(
            id=case.id,
            patient=PatientFacts(),
            findings=findings,
            differential=ranked,
            must_not_miss=_must_not_miss(state, language),
            triage=_triage(case, state, language),
            questions=self._questions(case, state, language) if ranked else (),
            coverage=Coverage(inside, 0.9 if inside else 0.1, None if inside else outside),
            warnings=(),
            provenance=self.provenance,
            language=language,
        )

    def why_not(self, case: Case, condition: str, language: str = "en") -> WhyNot:
        """Where the condition stands, with one reason and one answer that would bring it up."""
        ranked = self.assess(case, language).differential
        place = [c.id for c in ranked].index(condition)
        reason = _say(language, "Something else fits better.", "另有更符合的疾病。")
        change = Change("tachypnoea", _say(language, "Fast breathing", "呼吸急促"), "?", 1)
        return WhyNot(ranked[place], place + 1, True, (reason,) if place else (), (change,))

    def _questions(self, case: Case, state: dict[str, Assertion], language: str) -> tuple[Question, ...]:
        asked = {o.finding for o in case.observations}
        return tuple(
            Question(f, _FINDINGS[f][language == "zh"], q[language == "zh"], 0.2, "ask")
            for f, q in _QUESTIONS.items()
            if f not in state and f not in asked
        )

    def understand(self, text: str, language: str = "en") -> tuple[Finding, ...]:
        """Findings by pattern, negated where a negation stands just before."""
        found = []
        for finding, (en, zh, pattern) in _FINDINGS.items():
            for match in re.finditer(pattern, text, re.IGNORECASE):
                before = text[max(0, match.start() - 20) : match.start()]
                assertion = Assertion.ABSENT if _NEGATION.search(before) else Assertion.PRESENT
                if re.search(r"mother had\s*$|妈妈有$", before):
                    assertion = Assertion.FAMILY
                found.append(
                    Finding(finding, _say(language, en, zh), assertion, match.start(), match.end(), match.group())
                )
                break
        return tuple(sorted(found, key=lambda f: f.start or 0))

    def search_findings(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Substring search in either language."""
        q = query.casefold()
        hits = [
            Term(i, _say(language, e, z), "symptom") for i, (e, z, _) in _FINDINGS.items() if q in f"{e} {z}".casefold()
        ]
        return tuple(hits[:limit])

    def search_conditions(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Substring search in either language and the code."""
        q = query.casefold()
        hits = [
            Term(i, _say(language, e, z), "condition", (code,))
            for i, (e, z, code, _) in _CONDITIONS.items()
            if q in f"{e} {z} {code}".casefold()
        ]
        return tuple(hits[:limit])

    def label(self, record_id: str, language: str = "en") -> str:
        """Name of a finding or condition."""
        entry = _FINDINGS.get(record_id) or _CONDITIONS.get(record_id)
        if entry is None:
            raise KeyError(record_id)
        return str(entry[1 if language == "zh" else 0])

    def normal_range(self, vital: str, age_years: float | None) -> NormalRange | None:
        """One table for adults; children under five breathe faster."""
        if vital == "respiratory_rate" and age_years is not None and age_years < 5:
            return NormalRange(vital, 20, 40)
        limits = _RANGES.get(vital)
        return None if limits is None else NormalRange(vital, *limits)

    def self_check(self) -> tuple[CheckResult, ...]:
        """One line that is always well."""
        return (CheckResult("table", True, "The table is there."),)

    def _with_observations(self, found: tuple[Finding, ...], case: Case, language: str) -> tuple[Finding, ...]:
        by_id = {f.id: f for f in found}
        for o in case.observations:
            if o.rejected or o.assertion is None:
                by_id.pop(o.finding, None)
                continue
            old = by_id.get(o.finding)
            by_id[o.finding] = Finding(
                o.finding, self.label(o.finding, language), o.assertion, old and old.start, old and old.end,
                old and old.text, source="clinician",
            )  # fmt: skip
        return tuple(by_id.values())

    def _ranked(self, findings: tuple[Finding, ...], language: str) -> tuple[Candidate, ...]:
        scored = []
        for condition, (en, zh, code, weights) in _CONDITIONS.items():
            evidence = [Evidence("prior", -2.0)]
            for f in findings:
                if f.id in weights and f.assertion in (Assertion.PRESENT, Assertion.ABSENT):
                    weight = weights[f.id] if f.assertion is Assertion.PRESENT else -0.6 * weights[f.id]
                    evidence.append(
                        Evidence("finding", weight, "for" if weight > 0 else "against", f.id, f.label, f.start, f.end)
                    )
            scored.append((sum(e.weight for e in evidence), condition, _say(language, en, zh), code, tuple(evidence)))
        scored.sort(reverse=True)
        bands = [Band.LIKELY, Band.POSSIBLE, Band.POSSIBLE, Band.NOT_EXCLUDED, Band.NOT_EXCLUDED]
        return tuple(
            Candidate(c, name, (code,), (), round(0.5 / 2**i, 3), bands[i], score, evidence)
            for i, (score, c, name, code, evidence) in enumerate(scored)
        )


def _say(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


def _must_not_miss(state: dict[str, Assertion], language: str) -> tuple[MustNotMiss, ...]:
    if state.get("tachypnoea") is not Assertion.PRESENT:
        return ()
    because = _say(language, "Fast breathing is not yet explained", "呼吸急促尚无解释")
    return (MustNotMiss("pulmonary_embolism", _say(language, "Pulmonary embolism", "肺栓塞"), ("I26.9",), because),)


def _triage(case: Case, state: dict[str, Assertion], language: str) -> Triage:
    rules = []
    spo2 = case.vitals.get("spo2_percent")
    if isinstance(spo2, int | float) and spo2 < 90:
        rules.append(FiredRule("spo2_low", TriageLevel.EMERGENCY, _say(language, f"SpO₂ {spo2:g} %", f"血氧 {spo2:g} %"),
                               _say(language, "Give oxygen and refer now.", "立即吸氧并转诊。")))  # fmt: skip
    if state.get("convulsions") is Assertion.PRESENT:
        rules.append(FiredRule("convulsions", TriageLevel.EMERGENCY, _say(language, "Convulsions", "抽搐"),
                               _say(language, "Protect the airway and refer now.", "保护气道，立即转诊。")))  # fmt: skip
    if state.get("tachypnoea") is Assertion.PRESENT:
        rules.append(FiredRule("fast_breathing", TriageLevel.URGENT, _say(language, "Breathing fast", "呼吸急促")))
    if rules:
        return Triage(rules[0].level, tuple(rules))
    return Triage(TriageLevel.ROUTINE if state else TriageLevel.SELF_CARE, ())
