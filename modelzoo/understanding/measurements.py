"""Measurements that the text states ("T 38.5", "BP 90/60", "体温39度", "SpO2 89%"), in the units of the contract.

A value that cannot be is not used; it comes back as doubtful, with the range, so that somebody measures again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from modelzoo.contract.vitals import POSSIBLE

_NUM = r"(?P<n>\d{1,3}(?:\.\d+)?)"
_IS = r"\s*(?:[:：=]|is|was|are|were|of|at|up to|to|as high as|高达|达到?|为|是|约|最高|在|测)*\s*(?:about|around)?\s*"
_END = r"(?![\d.]*\d)(?!\s*(?:days?|hours?|weeks?|天|小时|周|岁|年))"
_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    "temperature_c": (
        re.compile(rf"\b(?:temp(?:[a-z]{{0,4}}ture?)?|t|fever|febrile)(?: \(?(?:oral|axillary|rectal)\)?)?\.?{_IS}{_NUM}\s*(?P<u>°?\s*[cf]\b|度|°|degrees?(?: [cf]\w*)?)?{_END}"),
        re.compile(rf"(?:体温|高烧|高热|低烧|低热|发烧|发热|烧到?){_IS}{_NUM}\s*(?P<u>°\s*[cf]|度|℃|°)?{_END}"),
        re.compile(r"(?<![\d.])(?P<n>\d{2,3}(?:\.\d+)?)\s*(?P<u>°\s*[cf]|degrees? (?:c|f)\w*|摄氏度)(?![a-z])"),
        re.compile(r"(?<![\d.])(?<!气温)(?<!室温)(?<!水温)(?P<n>(?:3[5-9]|4[0-2])(?:\.\d)?)\s*(?P<u>度)(?!烧|烫|角|以上的天)"),
    ),
    "heart_rate": (
        re.compile(rf"\b(?:heart rate|hr|pulse(?: rate)?|p){_IS}{_NUM}\s*(?:bpm|/min|beats|per min)?{_END}"),
        re.compile(rf"(?:心率|脉搏|心跳){_IS}{_NUM}\s*(?:次)?{_END}"),
    ),
    "respiratory_rate": (
        re.compile(rf"\b(?:resp(?:iratory|iration|irations)?\.?(?: rate)?|rr|breathing(?: rate)?|breaths?){_IS}{_NUM}\s*(?:/min|breaths|per min)?{_END}"),
        re.compile(rf"(?<![a-z])r\s*[:：]?\s*{_NUM}\s*(?:次|/ ?min|/分)"),
        re.compile(rf"(?:呼吸(?:频率)?){_IS}{_NUM}\s*(?:次)?{_END}"),
    ),
    "spo2_percent": (
        re.compile(rf"\b(?:spo2|sao2|o2 ?sat\w*|oxygen sat\w*|sats?|saturation|pulse ox\w*){_IS}{_NUM}\s*%?{_END}"),
        re.compile(rf"(?:血氧(?:饱和度)?|氧饱和度?){_IS}{_NUM}\s*%?{_END}"),
    ),
    "blood_glucose_mmol_l": (
        re.compile(rf"\b(?:blood (?:glucose|sugar)|glucose|sugar|bg|rbs|fbs|bm){_IS}{_NUM}\s*(?P<u>mmol(?:/l)?|mg(?:/dl)?)?{_END}"),
        re.compile(rf"(?:血糖){_IS}{_NUM}\s*(?P<u>mmol(?:/l)?|mg(?:/dl)?)?{_END}"),
    ),
    "glasgow_coma_scale": (
        re.compile(rf"(?:\bgcs|\bglasgow(?: coma (?:scale|score))?|昏迷评分){_IS}{_NUM}(?:\s*/\s*15)?{_END}"),
    ),
    "muac_mm": (re.compile(rf"(?:\bmuac|上臂围){_IS}{_NUM}\s*(?P<u>cm|mm|厘米|毫米)?{_END}"),),
}  # fmt: skip
_PRESSURE = re.compile(
    r"(?:\b(?:bp|blood pressure|b/p)|血压)\s*(?:[:：=]|is|was|of|at|高达|为|是|约)*\s*(?P<s>\d{2,3})\s*(?:/|over|-)\s*(?P<d>\d{2,3})"
    r"|(?<![\d/.])(?P<s2>\d{2,3})\s*/\s*(?P<d2>\d{2,3})\s*mm ?hg"
)
_CONSCIOUSNESS = (
    (re.compile(r"\b(?:gcs (?:3|4|5|6|7|8)\b|unresponsive|comatose)"), "unresponsive"),
    (re.compile(r"\bresponds? (?:only )?to pain\b"), "pain"),
    (re.compile(r"\bresponds? (?:only )?to voice\b"), "voice"),
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """A stated measurement at plain[start:end]; ``doubt`` is the sentence why it was not used, else None."""

    vital: str
    value: float | str
    start: int
    end: int
    doubt: str | None = None


def measurements(plain: str, sex_or_age_spans: tuple[tuple[int, int], ...] = ()) -> list[Measurement]:
    """First usable statement of every measurement, in order of place."""
    out: dict[str, Measurement] = {}
    for vital, patterns in _PATTERNS.items():
        for pattern in patterns:
            for match in pattern.finditer(plain):
                if any(a < match.end() and match.start() < b for a, b in sex_or_age_spans):
                    continue
                found = _measurement(vital, match)
                if found and (vital not in out or (out[vital].doubt and not found.doubt)):
                    out[vital] = found
    for match in _PRESSURE.finditer(plain):
        systolic, diastolic = float(match["s"] or match["s2"]), float(match["d"] or match["d2"])
        if diastolic < systolic:
            for vital, value in (("systolic_mmhg", systolic), ("diastolic_mmhg", diastolic)):
                out.setdefault(vital, _checked(vital, value, match.start(), match.end()))
    for pattern, word in _CONSCIOUSNESS:
        if (said := pattern.search(plain)) and "consciousness" not in out:
            out["consciousness"] = Measurement("consciousness", word, said.start(), said.end())
    return sorted(out.values(), key=lambda m: m.start)


def _measurement(vital: str, match: re.Match[str]) -> Measurement | None:
    value = float(match["n"])
    unit = (match.groupdict().get("u") or "").replace(" ", "")
    if vital == "temperature_c":
        return _temperature(value, unit, match)
    if vital == "blood_glucose_mmol_l" and (unit.startswith("mg") or (not unit and value > 40)):
        value = round(value / 18.0, 1)
    if vital == "muac_mm" and (unit in ("cm", "厘米") or (not unit and value < 40)):
        value *= 10
    return _checked(vital, value, match.start(), match.end())


def _temperature(value: float, unit: str, match: re.Match[str]) -> Measurement | None:
    fahrenheit = unit.endswith("f") or "degreesf" in unit
    if not unit and not 30 <= value <= 45 and not 90 <= value <= 113:
        return None  # a bare number after "fever" or "t" that is no temperature
    if fahrenheit and value < 60:
        doubt = f"{value:g} °F is not a body temperature; was °C meant? It was not used."
        return Measurement("temperature_c", value, match.start(), match.end(), doubt)
    if fahrenheit or (value >= 90 and not unit.endswith("c")):
        value = round((value - 32) / 1.8, 1)
    return _checked("temperature_c", value, match.start(), match.end())


def _checked(vital: str, value: float, start: int, end: int) -> Measurement:
    limits = POSSIBLE[vital]
    doubt = None
    if not limits.low <= value <= limits.high:
        doubt = (
            f"{limits.label_en} {value:g} {limits.unit} in the text is not possible "
            f"({limits.low:g} to {limits.high:g} {limits.unit}); it was not used."
        )
    return Measurement(vital, value, start, end, doubt)
