"""Sayings that no list of wordings can hold (a number in them, any site of pain), kept as data in ``patterns.toml``."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from modelzoo.understanding.lexicon import LexiconMatch
from modelzoo.understanding.tokens import Token

FILE = Path(__file__).parent / "rules" / "patterns.toml"


@dataclass(frozen=True, slots=True)
class Saying:
    """One pattern with the finding that it means."""

    finding: str
    pattern: re.Pattern[str]


def load_sayings(known: Collection[str], file: Path = FILE) -> tuple[Saying, ...]:
    """Read the patterns. A finding that the knowledge does not know is a mistake of the pack: KeyError."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    out = []
    for entry in raw["pattern"]:
        if entry["finding"] == "site":
            # the longest site words first, so that "lower belly" is not read as "belly"
            sites = sorted(raw["sites"].items(), key=lambda item: -max(map(len, item[1])))
            chinese = not entry["pattern"].isascii()
            pairs = [(finding, words[1 if chinese else 0]) for finding, words in sites]
        else:
            pairs = [(entry["finding"], "")]
        for finding, site in pairs:
            if finding not in known:
                raise KeyError(finding)
            out.append(Saying(finding, re.compile(entry["pattern"].replace("{site}", site))))
    return tuple(out)


def match_sayings(
    sayings: Sequence[Saying], plain: str, tokens: Sequence[Token], taken: set[int]
) -> list[LexiconMatch]:
    """Matches of the patterns on tokens that nothing has taken yet, longest first."""
    starts = [t.start for t in tokens]
    found = []
    for saying in sayings:
        for match in saying.pattern.finditer(plain):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_left(starts, match.end())
            if 0 <= first < last:
                found.append(LexiconMatch(first, last, saying.finding, last - first))
    out: list[LexiconMatch] = []
    used = set(taken)
    for found_match in sorted(found, key=lambda m: (-m.units, m.first)):
        span = range(found_match.first, found_match.last)
        if not used.intersection(span):
            used.update(span)
            out.append(found_match)
    return out
