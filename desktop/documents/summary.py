"""What the summary of a visit says, whatever it is printed on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.age import age_words
from desktop.domain.encounter import Encounter
from desktop.domain.laboratory import CATALOGUE, RESULT_WORDS_ZH
from desktop.domain.patient import Patient, StatusList
from desktop.domain.saved_assessment import SavedAssessment, SavedCondition, SavedRule, read_assessment
from desktop.domain.vitals import POSSIBLE
from desktop.domain.wording import say
from modelzoo.contract.case import ListStatus, TestResult
from modelzoo.contract.errors import BadInput

SHOWN_CANDIDATES = 5
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Role(StrEnum):
    """How a block is set off: the clinician's own words, a danger, or the program's suggestions."""

    PLAIN = "plain"
    DANGER = "danger"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]
    role: Role = Role.PLAIN


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole summary. ``facts`` are label and value; ``caution`` stands with every advice block."""

    language: str
    title: str
    clinic: str
    name: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    caution: str
    footer: str


def build_summary(
    patient: Patient, encounter: Encounter, *, clinic: str, created_at: datetime, program_version: str, language: str
) -> Summary:
    """Return the summary of one visit in ``en`` or ``zh``. Labels of findings stay in the assessment's language."""
    saved = read_assessment(encounter.assessment)
    return Summary(
        language=language,
        title=say("title", language),
        clinic=printable(clinic),
        name=printable(patient.name),
        facts=_facts(patient, encounter, created_at, language),
        blocks=(*_danger(saved, language), *_recorded(patient, encounter, language), *_advice(saved, language)),
        caution=say("unreviewed", language),
        footer=_footer(saved, program_version, language),
    )


def printable(text: str) -> str:
    """Return text without what could disturb a page: control, direction-changing and unassigned characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(_printable(character) for character in text).strip()


def _printable(character: str) -> str:
    if character in _BIDI:
        return ""
    hidden = character != "\n" and unicodedata.category(character) in _UNPRINTABLE
    return "\ufffd" if hidden else character


def _facts(patient: Patient, encounter: Encounter, created_at: datetime, language: str) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []

    def add(key: str, value: str) -> None:
        if value:
            rows.append((say(key, language), printable(value)))

    add("sex", say(patient.sex or "unknown", language))
    add("age", _age(patient, encounter, language))
    if patient.birth_date is not None and not patient.birth_date_is_estimate:
        add("birth_date", patient.birth_date.isoformat())
    add("local_number", patient.local_number)
    add("village", patient.village)
    add("phone", patient.phone)
    add("visit", _moment(encounter.started_at))
    add("author", encounter.author)
    add("sealed", _moment(created_at))
    return tuple(rows)


def _age(patient: Patient, encounter: Encounter, language: str) -> str:
    if patient.birth_date is None:
        return say("unknown", language)
    try:
        on = encounter.started_at.date()
        return age_words(patient.birth_date, on, language, estimate=patient.birth_date_is_estimate)
    except BadInput:  # a birth date after the visit: the record is wrong, the document still has to be made
        return say("unknown", language)


def _moment(moment: datetime) -> str:
    """Return a time as this clinic's clock shows it, with its distance from UTC."""
    local = moment.astimezone()
    offset = local.strftime("%z")
    return local.strftime("%Y-%m-%d %H:%M UTC") + ("" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}")


def _recorded(patient: Patient, encounter: Encounter, language: str) -> list[Block]:
    diagnoses = [f"{d.text} ({d.icd10})" if d.icd10 else d.text for d in encounter.diagnoses]
    prescribed = [f"{p.medicine}: {p.directions}" if p.directions else p.medicine for p in encounter.prescriptions]
    blocks = [
        _block("allergies", _listed(patient.allergies, "allergies", language), language),
        _block("diagnoses", diagnoses or [say("no_diagnosis", language)], language),
        _block("history", [encounter.text or say("no_text", language)], language),
        _block("vital_signs", _vital_signs(encounter, language) or [say("none_measured", language)], language),
        _block("results", _results(encounter.tests, language) or [say("no_tests", language)], language),
        _block("known_problems", _listed(patient.problems, "problems", language), language),
        _block("medications", _listed(patient.medicines, "medications", language), language),
        _block("plan", [encounter.plan or say("no_plan", language)], language),
    ]
    if prescribed:
        blocks.append(_block("prescriptions", prescribed, language))
    return blocks


def _block(key: str, lines: list[str], language: str, role: Role = Role.PLAIN) -> Block:
    return Block(say(key, language), tuple(printable(line) for line in lines), role)


def _listed(listed: StatusList, kind: str, language: str) -> list[str]:
    if listed.status is ListStatus.KNOWN and listed.items:
        return [f"{item.name} ({item.note})" if item.note else item.name for item in listed.items]
    status = ListStatus.NOT_ASKED if listed.status is ListStatus.KNOWN else listed.status
    return [say(f"{status}.{kind}", language)]


def _vital_signs(encounter: Encounter, language: str) -> list[str]:
    vitals, parts = dict(encounter.vitals), []
    systolic, diastolic = vitals.pop("systolic_mmhg", None), vitals.pop("diastolic_mmhg", None)
    for name, value in vitals.items():
        if name in POSSIBLE and not isinstance(value, str):
            label = POSSIBLE[name].label_zh if language == "zh" else POSSIBLE[name].label_en
            parts.append(f"{label} {value:g} {POSSIBLE[name].unit}")
    if systolic is not None or diastolic is not None:
        upper, lower = (f"{v:g}" if isinstance(v, int | float) else "–" for v in (systolic, diastolic))
        parts.append(f"{say('blood_pressure', language)} {upper}/{lower} mmHg")
    if encounter.weight_kg is not None:
        parts.append(f"{say('weight', language)} {encounter.weight_kg:g} kg")
    consciousness = encounter.vitals.get("consciousness")
    if isinstance(consciousness, str):
        parts.append(f"{say('consciousness', language)}: {say(consciousness, language)}")
    if encounter.pregnant is not None:
        parts.append(say("pregnant" if encounter.pregnant else "not_pregnant", language))
    return [" · ".join(parts)] if parts else []


def _results(tests: tuple[TestResult, ...], language: str) -> list[str]:
    shown = []
    for test in tests:
        known = CATALOGUE.get(test.name)
        result = test.result if test.value is None else f"{test.value:g} {test.unit or ''}"
        word = RESULT_WORDS_ZH.get(result or "", result) if language == "zh" else result
        shown.append(f"{known.label(language) if known else test.name}: {(word or '–').strip()}")
    return [" · ".join(shown)] if shown else []


def _danger(saved: SavedAssessment | None, language: str) -> list[Block]:
    """The program's danger signs stand first, because they are what a reader must not overlook."""
    if saved is None or saved.triage_level not in ("emergency", "urgent"):
        return []
    lines = [say(saved.triage_level, language).upper()]
    lines += [_because(rule) for rule in saved.rules]
    return [_block("suggested_level", lines, language, Role.DANGER)]


def _because(rule: SavedRule) -> str:
    if not rule.action:
        return rule.text
    between = "" if rule.text.endswith("。") else " " if rule.text.endswith(".") else " – "
    return f"{rule.text}{between}{rule.action}"


def _advice(saved: SavedAssessment | None, language: str) -> list[Block]:
    if saved is None:
        return []
    blocks = []
    if not saved.coverage_inside:
        lines = [say("outside", language), *([saved.coverage_because] if saved.coverage_because else [])]
        blocks.append(_block("could_be", lines, language, Role.ADVICE))
    elif saved.differential:
        lines = [_candidate(c, language) for c in saved.differential[:SHOWN_CANDIDATES]]
        blocks.append(_block("could_be", lines, language, Role.ADVICE))
    if saved.must_not_miss:
        lines = [f"{m.label}: {m.because}" if m.because else m.label for m in saved.must_not_miss]
        blocks.append(_block("not_to_miss", lines, language, Role.ADVICE))
    if saved.triage_level in ("routine", "self_care"):
        blocks.append(_block("suggested_level", [say(saved.triage_level, language)], language, Role.ADVICE))
    if saved.warnings:
        blocks.append(_block("warnings", list(saved.warnings), language, Role.ADVICE))
    return blocks


def _candidate(candidate: SavedCondition, language: str) -> str:
    codes = f" ({candidate.icd10[0]})" if candidate.icd10 else ""
    return f"{candidate.label}{codes}" + (f" – {say(f'band.{candidate.band}', language)}" if candidate.band else "")


def _footer(saved: SavedAssessment | None, program_version: str, language: str) -> str:
    if saved is None or not saved.pack:
        return say("made_without", language).format(version=program_version)
    return say("made_by", language).format(version=program_version, pack=printable(saved.pack))
