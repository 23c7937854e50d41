"""Severity, site and duration of a finding, read from the clause around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from modelzoo.understanding.durations import Duration

_SEVERITY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "severe",
        re.compile(
            r"\b(?:severe(?:ly)?|excruciating|unbearable|intense|terrible|awful|worst|agonising|agonizing|very bad|"
            r"extreme(?:ly)?|profuse(?:ly)?|10/10|9/10|heavy|heavily)\b"
            r"|剧烈|严重|厉害|难以忍受|受不了|要命|非常|特别|极其|极度|大量|很重|剧痛|绞痛"
        ),
    ),
    ("moderate", re.compile(r"\b(?:moderate(?:ly)?|[4-6]/10)\b|中度|中等")),
    (
        "mild",
        re.compile(
            r"\b(?:mild(?:ly)?|slight(?:ly)?|a little|a bit|minor|faint|low[- ]grade|[1-3]/10)\b|轻微|轻度|有点|有些|稍微|略|一点点|隐隐|不太厉害"
        ),
    ),
)
_SIDE = r"(?:left|right|both|bilateral|upper|lower)"
_PART = (
    r"(?:arm|leg|knee|ankle|foot|feet|hand|wrist|elbow|shoulder|hip|eye|ear|breast|chest|flank|jaw|neck|back|face|cheek|side|thigh|"
    r"calf|toe|finger|testicle|groin|abdomen|belly|stomach|head|temple|throat|buttock|groin|axilla|armpit|scalp|trunk)"
)
_SITE = re.compile(
    rf"\b{_SIDE}(?: {_SIDE})? {_PART}s?\b|\b{_PART}s?\b"
    r"|[左右双两上下]侧?(?:上|下)?(?:臂|腿|膝|踝|脚|手|腕|肘|肩|髋|眼|耳|乳|胸|腰|颌|颈|脸|面|大腿|小腿|腹|肢|睾丸|肋)(?:部|侧|盖)?"
    r"|(?:胸口|胸部|腹部|肚子|腰部|背部|后背|头部|额头|太阳穴|喉咙|脖子|膝盖|脚踝|手指|脚趾|四肢|面部|脸上|躯干|全身|背上|胳膊|大腿|小腿|屁股|腹股沟|腋下)"
)
_BREAK = re.compile(r"[,，。.;；!?\n]|\b(?:and|but|or)\b|[和并且但]")


def severity(plain: str, start: int, end: int, sentence: tuple[int, int]) -> str | None:
    """Severity word inside the finding's words or next to them, within the same clause."""
    low, high = _clause(plain, start, end, sentence)
    low, high = max(low, start - 24), min(high, end + 14)
    for word, pattern in _SEVERITY:
        if pattern.search(plain, low, high):
            return word
    return None


def site(plain: str, start: int, end: int, sentence: tuple[int, int]) -> str | None:
    """Body site named in the finding's words or in the same clause, nearest first."""
    inside = _SITE.search(plain, start, end)
    low, high = _clause(plain, start, end, sentence)
    nearby = sorted(_SITE.finditer(plain, low, high), key=lambda m: min(abs(m.start() - end), abs(start - m.end())))
    sided = [m for m in nearby if re.match(rf"{_SIDE}\b|[左右双两]", m.group())]
    chosen = sided or ([inside] if inside else []) or nearby
    return chosen[0].group() if chosen else None


def _clause(plain: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    breaks = [m.end() for m in _BREAK.finditer(plain, sentence[0], start)]
    after = _BREAK.search(plain, end, sentence[1])
    return (breaks[-1] if breaks else sentence[0]), (after.start() if after else sentence[1])


def attach_durations(
    plain: str, sentence: tuple[int, int], spans: Sequence[tuple[int, int]], found: Sequence[Duration]
) -> dict[int, float]:
    """Index of span -> days. An opening duration ("3 days of …") covers the list after it, another the list before it."""
    out: dict[int, float] = {}
    inside = [d for d in found if sentence[0] <= d.start < sentence[1]]
    for duration in inside:
        before = [i for i, s in enumerate(spans) if sentence[0] <= s[0] and s[1] <= duration.start]
        after = [i for i, s in enumerate(spans) if s[0] >= duration.end and s[1] <= sentence[1]]
        if duration.opens or not before or _heads_clause(plain, duration, before, after, spans):
            chosen = _run(plain, duration.end, after, spans, forward=True, opens=duration.opens)
        else:
            chosen = _run(plain, duration.start, before, spans, forward=False, opens=False)
            if not chosen:
                chosen = _run(plain, duration.end, after, spans, forward=True, opens=False)
        for index in chosen:
            out.setdefault(index, duration.days)
    return out


def _heads_clause(
    plain: str, duration: Duration, before: Sequence[int], after: Sequence[int], spans: Sequence[tuple[int, int]]
) -> bool:
    """Whether a duration opens its own clause ("咳嗽，今天呼吸急促"): a comma before it, a finding right behind it."""
    if not after or not re.search(r"[,，]\s*$", plain[spans[before[-1]][1] : duration.start]):
        return False
    return not re.search(r"[,，]", plain[duration.end : spans[after[0]][0]])


_LISTED = re.compile(r"\s*(?:[,，]\s*(?:and\s)?|and\s)\s*(?:a |an )?")
_GAP = re.compile(r"[,，]|\b(?:then|but|now|also)\b|但|今天|后来")


def _run(
    plain: str, anchor: int, order: Sequence[int], spans: Sequence[tuple[int, int]], *, forward: bool, opens: bool
) -> list[int]:
    """Spans joined to the anchor without a break; "and" and 、 go on, a comma ends (except right at the anchor)."""
    chosen: list[int] = []
    edge = anchor
    for index in order if forward else list(reversed(order)):
        start, end = spans[index]
        gap = plain[edge:start] if forward else plain[end:edge]
        limit = 40 if opens or not chosen else 14
        listed = opens and bool(_LISTED.fullmatch(gap))
        if len(gap) > limit or (not listed and _GAP.search(gap) and (chosen or len(gap.strip()) > 6)):
            break
        chosen.append(index)
        edge = end if forward else start
    return chosen
