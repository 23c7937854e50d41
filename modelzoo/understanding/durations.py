"""Durations ("for three days", "x2w", "since yesterday", "发热三天", "三天前开始") in days, with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modelzoo.understanding.numbers import NUMBER, parse_number

_UNIT_DAYS = {
    "minute": 1 / 1440, "minutes": 1 / 1440, "min": 1 / 1440, "mins": 1 / 1440, "hour": 1 / 24, "hours": 1 / 24,
    "hr": 1 / 24, "hrs": 1 / 24, "h": 1 / 24, "day": 1, "days": 1, "d": 1, "night": 1, "nights": 1, "week": 7,
    "weeks": 7, "wk": 7, "wks": 7, "w": 7, "month": 30, "months": 30, "mo": 30, "mos": 30, "year": 365, "years": 365,
    "yr": 365, "yrs": 365, "分钟": 1 / 1440, "小时": 1 / 24, "钟头": 1 / 24, "天": 1, "日": 1,
    "晚": 1, "晚上": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365,
}  # fmt: skip
_EN_UNIT = "|".join(sorted((re.escape(u) for u in _UNIT_DAYS if u.isascii()), key=len, reverse=True))
_ZH_UNIT = "|".join(sorted((re.escape(u) for u in _UNIT_DAYS if not u.isascii()), key=len, reverse=True))
_SPAN = re.compile(
    rf"(?:(?:for|over|during|since|past|last|the|about|around|almost|nearly|x|×|约|大约|大概|近|已经|已|有)\s*)*"
    rf"(?<![a-z0-9.])(?P<n>{NUMBER})(?:\s*(?:-|to|or|~|至|到|、)\s*(?P<n2>{NUMBER}))?\s*(?:more\s+|whole\s+|full\s+)?(?P<counter>个?多?个?)"
    rf"[-\s]*(?:(?P<en>{_EN_UNIT})\b|(?P<zh>{_ZH_UNIT}))(?P<half>半)?(?P<after>\s*(?:ago|history|hx|以?前|多|来|余|左右))?",
)
_SHORTHAND = re.compile(
    r"(?<![a-z0-9])[x×]\s*(?P<n>\d+(?:\.\d+)?)\s*/?\s*(?P<unit>7|12|52|d|w|m|y|h)(?:ays?|eeks?|onths?|rs?)?\b"
)
_FRACTION = re.compile(
    r"(?:(?P<led>\b(?:for|x|past|last|since|over)\s*)|(?<![\d/.]))(?P<n>\d{1,2})/(?P<unit>7|52|12)(?![\d/])"
    r"(?P<after>\s*(?:hx|history|of|ago)\b)?"
)
_SHORT_DAYS = {"d": 1.0, "7": 1.0, "w": 7.0, "52": 7.0, "m": 30.0, "12": 30.0, "y": 365.0, "h": 1 / 24}
_WORDS = (
    (
        re.compile(
            r"\bsince (?:this morning|today)\b|\btoday\b|\bthis (?:morning|afternoon|evening)\b|今天|今早|今晨|今日"
        ),
        0.5,
    ),
    (re.compile(r"\b(?:since )?(?:yesterday|last night|overnight)\b|昨天|昨晚|昨日|昨夜"), 1.0),
    (re.compile(r"前天|\bday before yesterday\b"), 2.0),
    (
        re.compile(
            r"\bsince last week\b|\bthe past week\b|上周|上个星期|上星期|\b(?:for|over) (?:the )?(?:past|last) week\b"
        ),
        7.0,
    ),
    (re.compile(r"\b(?:for|over) (?:the )?(?:past|last) (?:month)\b|\bsince last month\b|上个月"), 30.0),
)
_AGE_AFTER = re.compile(r"\s*-?\s*(?:old\b|of age|大(?!便)|龄)")


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration at plain[start:end]; ``opens`` when it stands before what it measures ("3 days of …")."""

    start: int
    end: int
    days: float
    opens: bool


def durations(plain: str) -> list[Duration]:
    """All durations of the plain text, in order, without ages ("8 months old")."""
    out: list[Duration] = []
    for match in _SPAN.finditer(plain):
        if _AGE_AFTER.match(plain, match.end()) or _is_noise(plain, match):
            continue
        low = parse_number(match["n"])
        high = parse_number(match["n2"]) if match["n2"] else low
        unit = _UNIT_DAYS[match["en"] or match["zh"]]
        if low is None or high is None:
            continue
        days = (max(low, high) + (0.5 if match["half"] else 0.0)) * unit
        out.append(Duration(match.start(), match.end(), days, _opens(plain, match)))
    for match in _SHORTHAND.finditer(plain):
        out.append(Duration(match.start(), match.end(), float(match["n"]) * _SHORT_DAYS[match["unit"]], False))
    for match in _FRACTION.finditer(plain):
        taken = any(d.start < match.end() and match.start() < d.end for d in out)
        if not taken and (match["led"] or match["after"]):  # else it may be a date
            days = float(match["n"]) * _SHORT_DAYS[match["unit"]]
            out.append(
                Duration(match.start(), match.end(), days, bool(match["after"]) and match["after"].strip() != "ago")
            )
    for pattern, days in _WORDS:
        for match in pattern.finditer(plain):
            if not any(d.start < match.end() and match.start() < d.end for d in out):
                out.append(Duration(match.start(), match.end(), days, False))
    return sorted(out, key=lambda d: d.start)


def _opens(plain: str, match: re.Match[str]) -> bool:
    after = plain[match.end() : match.end() + 14]
    return bool(re.match(r"\s*(?:of|history of|hx of|的|来)", after)) or bool(
        match["after"] and re.search("前|ago", match["after"]) and not re.match(r"\s*[,，.。;；]|\s*$", after)
    )


def _is_noise(plain: str, match: re.Match[str]) -> bool:
    """Doses of time that are not how long something lasts: "every 2 hours", "3 times a day", "一天三次"."""
    before = plain[max(0, match.start() - 12) : match.start()]
    after = plain[match.end() : match.end() + 4]
    if re.search(r"(?:every|per|each|次|times|once|twice|每|每隔)\s*$", before):
        return True
    if match["n"] in ("a", "an") and match["en"] and not re.match(r"(?:for|over|about|past)", match.group()):
        return not (match["after"] or "").strip()
    if match["en"] in ("d", "h", "w") and match["n"] in ("a", "an"):
        return True
    if match["zh"] in ("日", "月") and "个" not in match["counter"] and match["n"][0].isdigit():
        return not match["after"]  # a date, unless "前" follows
    return bool(re.match(r"[一二两三四五六七八九十几\d]+次", after))
