"""Age, sex, pregnancy and weight that the text itself states, with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modelzoo.understanding.numbers import ENGLISH_NUMBER, HAN_NUMBER, parse_number

_N = rf"(?P<n>\d+(?:\.\d+)?|{ENGLISH_NUMBER}|{HAN_NUMBER})"
_YEARS_PER = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}
_AGE_PATTERNS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (
        re.compile(
            rf"(?<![\w.]){_N}[\s-]*(?P<u>years?|yrs?|y|months?|mos?|mths?|weeks?|wks?|days?)?[\s-]*"
            r"(?:old\b|/o\b|o\b|of age\b)"
        ),
        None,
    ),
    (
        re.compile(
            r"(?<![\w.])(?P<n>\d{1,3})\s*(?P<u>y)(?:rs?|ears?)?(?:[\s,]+|/)?(?=(?:male|female|man|woman|boy|girl|m|f)\b)"
        ),
        None,
    ),
    (
        re.compile(
            rf"\b(?:age[d:]?|aged?:?|years:?)\s*:?\s*{_N}(?:\s*(?P<u>years?|yrs?|y|months?|mos?|weeks?|days?))?\b"
        ),
        "y",
    ),
    (re.compile(r"(?<![\w.])(?P<n>\d{1,3})\s*(?:yo|y/o|y\.o\.?|yr|yrs)(?![a-z])"), "y"),
    (re.compile(r"(?<![\w./])(?P<n>\d{1,3})\s*[/ ]?\s*(?:[mf])(?=[\s,.;:，。]|$)"), "y"),
    (re.compile(r"\b[mf]\s*/?\s*(?P<n>\d{1,3})(?=\s*(?:y|,|;|\.|$|，|\s[a-z]))(?![\d/])"), "y"),
    (re.compile(rf"{_N}\s*(?:周)?岁(?P<half>半)?(?:(?P<m>\d+|{HAN_NUMBER})个月)?"), "y"),
    (re.compile(rf"(?:年龄|今年)[:：]?\s*{_N}(?!\s*[月年天])"), "y"),
    (re.compile(rf"{_N}\s*个?半?月(?:大|龄)|(?:月龄)[:：]?\s*(?P<n2>\d+)"), "m"),
    (re.compile(rf"(?:出生|生后|生下来)\s*(?:才|后|仅)?\s*{_N}\s*(?P<zu>天|日|周|个月|小时)"), None),
    (re.compile(rf"{_N}\s*天(?:大|龄)|日龄[:：]?\s*(?P<n2>\d+)"), "d"),
    (
        re.compile(
            rf"\b(?:baby|infant|newborn|child|son|daughter|boy|girl|toddler|kid)(?: is| just turned|,|:)? (?:only |about |now |just )?{_N}"
            r"[\s-]*(?P<u>months?|mos?|mths?|weeks?|wks?|years?|yrs?|days?)(?=\s*(?:,|\.|;|and\b|old|$))"
        ),
        None,
    ),
    (re.compile(r"(?<![\d/.])(?P<n>\d{1,2})/12(?=\s*(?:old|of age|male|female|boy|girl|baby|infant|[mf]\b))"), "m"),
    (re.compile(rf"(?:宝宝|婴儿|新生儿|娃娃?|男婴|女婴)(?:才|刚|,|，)?\s*{_N}\s*天(?=\s*(?:[,，。;；大]|$))"), "d"),
    (
        re.compile(
            rf"(?:宝宝|婴儿|孩子|娃娃?|患儿|男婴|女婴|小孩|儿子|女儿|孙子|孙女)(?:才|刚|刚满|现在|今年|,|，)?\s*{_N}\s*(?:个?月|months?|mo)(?=\s*(?:[,，。;；、多了]|$))"
        ),
        "m",
    ),
    (re.compile(rf"(?<![过前近第最]){_N}\s*个月的?(?=\s*(?:宝宝|婴儿|男婴|女婴|孩子|小孩|娃|男孩|女孩))"), "m"),
)
_ZH_UNIT = {"天": "d", "日": "d", "周": "w", "个月": "m", "小时": "d"}
_WORD_AGES = ((re.compile(r"\bnew-?born\b|\bneonate\b|新生儿"), 7 / 365.25),)

_FEMALE = re.compile(
    r"\b(?:woman|female|lady|girl|mrs|ms|miss|daughter|wife|housewife|schoolgirl|grandmother)\b|(?<![子儿])女(?:性|士|孩|童|婴|人|生|患)|老太太|妇女|女儿|大妈|阿姨|奶奶|老婆|妻子|产妇|孕妇"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=患者)|(?<=患儿)|(?<=病人)|(?<=岁))女(?![\u4e00-\u9fff])|小姑娘|姑娘|大娘"
)
_MALE = re.compile(
    r"\b(?:man|male|gentleman|boy|mr|son|husband|schoolboy|grandfather)\b|男(?:性|士|孩|童|婴|人|生|患)|老大爷|大爷|大叔|小伙子?|儿子|爷爷|老公|丈夫"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=患者)|(?<=患儿)|(?<=病人)|(?<=岁))男(?![\u4e00-\u9fff])|老头|老汉|伯伯"
)
_SHORT_SEX = re.compile(
    r"(?<![\w.])\d{1,3}\s*(?:y|yo|y/o|yrs?|years?)?[\s/]*(?:old)?\s*(?P<s>[mf])(?![\w'])|(?<![\w])(?P<s2>[mf])\s*/?\s*\d{1,3}(?![\w/])"
)
_PRONOUN = re.compile(r"\b(?P<f>she|her|herself)\b|\b(?P<m>he|his|him|himself)\b")
_RELATION = re.compile(r"(?:\b(?:his|her|my|the|their|by|with|and)\s+)$")

_PREGNANT = re.compile(
    r"(?<!born )(?<!delivered )\bat (?:2\d|3\d|4[0-2]) ?(?:\+ ?\d )?weeks(?=[,.;]| with| has| had|$)|\b(?:pregnant|pregnancy|gravida|g\dp\d|gestation|expecting (?:a baby|her)|weeks? gestation|antenatal)\b"
    r"|怀孕|孕妇|妊娠|孕\s*(?:\d+|[一二三四五六七八九十]+)\s*(?:周|个月|月)|怀了|有喜"
)
_NOT_PREGNANT = re.compile(
    r"\bnot (?:currently )?pregnant\b|\bnon-?pregnant\b|\bdenies (?:being )?pregnan\w+|pregnancy test (?:is |was )?neg\w*"
    r"|(?:没有?|未|否认)怀孕|未孕|妊娠试验阴性|(?:不是|非)孕妇|(?:last|previous|prior|first|second|after|since her|during her last) pregnancy"
    r"|怀孕(?:前|史)|history of pregnancy|prevent pregnancy|if (?:i am |she is )?pregnant|could be pregnant|怀孕的?可能|备孕"
)
_WEIGHT = re.compile(
    r"(?:\b(?:weigh(?:s|t|ing)?|wt)\b[:\s]*(?:is|of|about)?\s*(?P<n>\d+(?:\.\d+)?)\s*(?P<u>kgs?|kilos?|lbs?|pounds?)\b)"
    r"|(?:体重[:：]?\s*(?:约|为|是|有)?\s*(?P<n2>\d+(?:\.\d+)?)\s*(?P<u2>公斤|千克|kg|斤))"
    r"|(?<![\w.])(?P<n3>\d+(?:\.\d+)?)\s*(?P<u3>kg)\b(?!/)"
)
_KG = {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "公斤": 1.0, "千克": 1.0, "斤": 0.5}
_KG |= dict.fromkeys(("lb", "lbs", "pound", "pounds"), 0.45359237)


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated value at plain[start:end]."""

    value: float | str | bool
    start: int
    end: int


def stated_age(plain: str) -> Fact | None:
    """First age of the text, in years (fractions for months, weeks and days)."""
    best: Fact | None = None
    for pattern, unit in _AGE_PATTERNS:
        for match in pattern.finditer(plain):
            years = _years(match, unit)
            if years is not None and 0 <= years <= 125 and (best is None or match.start() < best.start):
                best = Fact(years, match.start(), match.end())
                break
    if best is None:
        for pattern, years in _WORD_AGES:
            if word := pattern.search(plain):
                best = Fact(years, word.start(), word.end())
    return best


def _years(match: re.Match[str], unit: str | None) -> float | None:
    groups = match.groupdict()
    number = parse_number(groups.get("n") or groups.get("n2") or "")
    if number is None:
        return None
    if unit is None or groups.get("u"):
        word = groups.get("zu") or groups.get("u")
        unit = _ZH_UNIT[word] if word in _ZH_UNIT else (word[0] if word else "y")
    if groups.get("zu") == "小时":
        number /= 24
    if groups.get("half"):
        number += 0.5
    years = number * _YEARS_PER[unit]
    if groups.get("m"):
        years += (parse_number(groups["m"]) or 0.0) / 12
    return round(years, 6)


def stated_sex(plain: str) -> Fact | None:
    """Sex by the first noun, short form ("55M") or, failing both, by pronoun."""
    found: list[Fact] = []
    for pattern, sex in ((_FEMALE, "female"), (_MALE, "male")):
        for match in pattern.finditer(plain):
            if not _RELATION.search(plain, 0, match.start()) or match.group() in ("son", "daughter", "儿子", "女儿"):
                found.append(Fact(sex, match.start(), match.end()))
                break
    if short := _SHORT_SEX.search(plain):
        found.append(Fact("male" if (short["s"] or short["s2"]) == "m" else "female", short.start(), short.end()))
    if found:
        return min(found, key=lambda f: f.start)
    pronouns = {
        ("female" if m["f"] else "male"): Fact("female" if m["f"] else "male", m.start(), m.end())
        for m in _PRONOUN.finditer(plain)
    }
    return next(iter(pronouns.values())) if len(pronouns) == 1 else None


def stated_pregnancy(plain: str) -> Fact | None:
    """Whether the text says that the patient is or is not pregnant."""
    if match := _NOT_PREGNANT.search(plain):
        negative = bool(re.match(r"not|non|denies|pregnancy test|没|未|否认|不是|非|妊娠试验", match.group()))
        return Fact(False, match.start(), match.end()) if negative else None
    match = _PREGNANT.search(plain)
    return Fact(True, match.start(), match.end()) if match else None


def stated_weight(plain: str) -> Fact | None:
    """First body weight of the text in kg (斤 and pounds converted)."""
    match = _WEIGHT.search(plain)
    if not match:
        return None
    number = float(match["n"] or match["n2"] or match["n3"])
    unit = match["u"] or match["u2"] or match["u3"]
    return Fact(round(number * _KG[unit], 2), match.start(), match.end())
