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
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Saying:
    """One pattern with the finding that it means.

    ``denied``: the words say that the finding is absent. ``wins``: the pattern outranks a wording that it covers.
    The finding ``NOTHING`` keeps words that mean no finding at all ("fell asleep") from being read as one.
    """

    finding: str
    pattern: re.Pattern[str]
    denied: bool = False
    wins: bool = False


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
            if finding not in known and finding != NOTHING:
                raise KeyError(finding)
            denied = entry.get("claim") == "absent"
            wins = bool(entry.get("wins")) or finding == NOTHING
            out.append(Saying(finding, re.compile(entry["pattern"].replace("{site}", site)), denied, wins))
    return tuple(out)


def match_sayings(
    sayings: Sequence[Saying], plain: str, tokens: Sequence[Token], taken: set[int]
) -> list[LexiconMatch]:
    """Matches of the patterns on tokens that nothing has taken yet, longest first; those of ``NOTHING`` too."""
    starts = [t.start for t in tokens]
    found = []
    for saying in sayings:
        for match in saying.pattern.finditer(plain):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_left(starts, match.end())
            if 0 <= first < last:
                found.append(LexiconMatch(first, last, saying.finding, last - first, denied=saying.denied))
    out: list[LexiconMatch] = []
    used = set(taken)
    for found_match in sorted(found, key=lambda m: (-m.units, m.first)):
        span = range(found_match.first, found_match.last)
        if not used.intersection(span):
            used.update(span)
            out.append(found_match)
    return out


def join(worded: Sequence[LexiconMatch], winners: Sequence[LexiconMatch]) -> list[LexiconMatch]:
    """Wordings and winning sayings together: a saying takes the place of every wording that lies within it."""
    kept = []
    for saying in winners:
        touched = [m for m in worded if m.first < saying.last and saying.first < m.last]
        if all(saying.first <= m.first and m.last <= saying.last for m in touched):
            kept.append(saying)
    return [m for m in worded if not any(k.first <= m.first and m.last <= k.last for k in kept)] + kept
