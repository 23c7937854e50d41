"""Numbers as people write them: digits, English words, Chinese numerals, halves."""

from __future__ import annotations

import re

_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "couple": 2, "few": 3, "several": 4, "half": 0.5,
}  # fmt: skip
_HAN = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}

HAN_NUMBER = r"[零〇一二两三四五六七八九十百千半几数]+"
ENGLISH_NUMBER = (
    r"(?:a couple(?: of)?|a few|few|several|half an?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|an?)"
)
NUMBER = rf"(?:\d+(?:\.\d+)?|{ENGLISH_NUMBER}|{HAN_NUMBER})"


def parse_number(text: str) -> float | None:
    """Value of a number word, or None. ``几`` and ``several`` count as small numbers, since that is what they say."""
    text = text.strip().lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if text and all(c in _HAN or c in _UNITS or c in "半几数" for c in text):
        return _parse_han(text)
    words = [w for w in re.split(r"[\s-]+", text) if w not in ("of",)]
    if len(words) > 1 and words[0] in ("a", "half"):
        words = words[1:] if words[0] == "a" else words[:1]
    values = [_ENGLISH.get(w) for w in words]
    if not values or any(v is None for v in values):
        return None
    return float(sum(v for v in values if v is not None))


def _parse_han(text: str) -> float | None:
    if text == "半":
        return 0.5
    half = 0.5 if text.endswith("半") and len(text) > 1 else 0.0
    total, current = 0, 0
    for character in text.rstrip("半") if half else text:
        if character in _UNITS:
            total += (current or 1) * _UNITS[character]
            current = 0
        elif character in "几数":
            current = 3
        elif character in _HAN and current and _HAN[character] == current + 1:
            current += 1  # "两三天": two or three
        elif character in _HAN:
            current = _HAN[character] + (current * 10 if current else 0)
        else:
            return None
    return total + current + half
