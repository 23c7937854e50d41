"""Who the patient is, as the reasoning uses it: fields win over the text, and every disagreement is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from modelzoo.contract.assessment import AssessmentWarning, PatientFacts, Stated
from modelzoo.contract.case import Case
from modelzoo.reasoning.messages import say
from modelzoo.understanding.reader import Reading

ADULT_YEARS = 35.0
_GUESSES = (
    (re.compile(r"\b(?:infant|baby)\b|婴儿|宝宝|吃奶的孩子", re.I), 0.6),
    (re.compile(r"\btoddler\b|幼儿", re.I), 2.0),
    (re.compile(r"\b(?:child|kid|little (?:boy|girl)|my (?:son|daughter))\b|孩子|小孩|患儿|儿童|娃", re.I), 5.0),
    (re.compile(r"\belderly\b|\bold (?:man|woman)\b|老人|老太太|老大爷|老头|老年", re.I), 72.0),
)
# Weight that at least 99 in 100 people of an age lie between, generously; general medical knowledge.
_WEIGHT_BY_AGE = (
    (0.1, 1.0, 7.0),
    (0.5, 2.0, 12.0),
    (1, 3.0, 16.0),
    (2, 5.0, 20.0),
    (5, 7.0, 35.0),
    (10, 10.0, 70.0),
    (16, 18.0, 140.0),
)


@dataclass(frozen=True, slots=True)
class Patient:
    """Facts used for reasoning. ``age_years`` is always a number here: stated (``age_known``), hinted at ("the child", ``age_hinted``) or a default."""

    facts: PatientFacts
    age_years: float
    age_known: bool
    age_hinted: bool
    sex: str | None
    pregnant: bool | None
    vitals: dict[str, float | str]
    warnings: tuple[AssessmentWarning, ...] = field(default=())

    @property
    def age_days(self) -> float:
        """Age in days."""
        return round(self.age_years * 365.25, 3)


def patient_of(case: Case, reading: Reading, language: str) -> Patient:
    """Join fields and text. Raises nothing: what cannot be is warned of and left unused."""
    warnings: list[AssessmentWarning] = []

    def join(name: str, given: float | str | bool | None, read: Stated | None) -> Stated | None:
        if given is None:
            return read
        if read is not None and _differ(name, given, read.value):
            warnings.append(AssessmentWarning("UND-004", say("field_wins", language, field=say(name, language))))
        return Stated(given, "field")

    age = join("age_years", case.age_years, reading.age_years)
    sex = join("sex", case.sex, reading.sex)
    pregnant = join("pregnant", case.pregnant, reading.pregnant)
    weight = join("weight_kg", case.weight_kg, reading.weight_kg)
    vitals: dict[str, Stated] = {k: Stated(v, "field") for k, v in case.vitals.items()}
    for name, stated in reading.vitals.items():
        if name not in vitals:
            vitals[name] = stated
        elif _differ(name, vitals[name].value, stated.value):
            warnings.append(AssessmentWarning("UND-004", say("field_wins", language, field=say(name, language))))
    years, known, hinted = _age(case.text, age)
    warnings += _contradictions(years if known else None, sex, pregnant, weight, language)
    warnings += [AssessmentWarning("UND-005", doubt) for doubt in reading.doubts]
    if not known:
        warnings.append(AssessmentWarning("RSN-003", say("age_unknown", language, years=f"{years:g}")))
    is_pregnant = bool(pregnant.value) if pregnant else None
    return Patient(
        facts=PatientFacts(age, sex, pregnant, weight, vitals),
        age_years=years,
        age_known=known,
        age_hinted=hinted,
        sex=str(sex.value) if sex else ("female" if is_pregnant else None),
        pregnant=is_pregnant,
        vitals={k: s.value for k, s in vitals.items() if isinstance(s.value, float | int | str)},
        warnings=tuple(warnings),
    )


def _age(text: str, age: Stated | None) -> tuple[float, bool, bool]:
    """Years, whether they were stated, and whether a word at least hints at them."""
    if age is not None:
        return float(age.value), True, False
    for pattern, years in _GUESSES:
        if pattern.search(text):
            return years, False, True
    return ADULT_YEARS, False, False


def _differ(name: str, given: float | str | bool, read: float | str | bool) -> bool:
    if isinstance(given, str | bool) or isinstance(read, str):
        return given != read
    tolerance = {"age_years": 1.0, "weight_kg": 1.0, "temperature_c": 0.3}.get(name, 2.0)
    return abs(float(given) - float(read)) > tolerance


def _contradictions(
    years: float | None, sex: Stated | None, pregnant: Stated | None, weight: Stated | None, language: str
) -> list[AssessmentWarning]:
    out = []
    if pregnant and pregnant.value:
        if sex and sex.value == "male":
            out.append(AssessmentWarning("RSN-001", say("male_pregnant", language)))
        if years is not None and not 10 <= years <= 56:
            out.append(AssessmentWarning("RSN-001", say("age_pregnant", language, years=f"{years:g}")))
    if weight and years is not None:
        kg = float(weight.value)
        low, high = next(((low, high) for upper, low, high in _WEIGHT_BY_AGE if years <= upper), (25.0, 250.0))
        if not low <= kg <= high:
            out.append(AssessmentWarning("RSN-002", say("weight_age", language, kg=f"{kg:g}", years=f"{years:.3g}")))
    return out
