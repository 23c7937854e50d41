"""What the wordings tell of words that only lie near one: whether they say the opposite, whether they are too vague.

Vectors hardly see a negation: "心律齐" lies next to "心律不齐". Words decide that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum

from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding.fillers import FILLER_HAN, FILLER_WORDS
from modelzoo.understanding.text import plain_text
from modelzoo.understanding.tokens import Token, tokenize

_DENYING = frozenset(
    "no not never without cannot can't doesn't isn't wasn't don't didn't haven't hasn't 无 没 未 不 非".split()
)
_LEADING = frozenset("无未")  # what no wording holds, unless its finding is the lack of something
_SHORTEST_ALONE = 5  # letters; a shorter single word that no wording holds is an abbreviation or a name
_LONGEST_VAGUE_HAN = 3


class Said(Enum):
    """How words stand to the wordings of a finding that they lie near."""

    SAME = "same"
    DENIED = "denied"  # the words of a wording, with a denial that the wording has not
    OPPOSITE = "opposite"  # the words of a wording that is a denial itself, without its denial


class Wordings:
    """Units of every wording, by finding and by unit, built once from the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._content: dict[str, set[tuple[frozenset[str], bool]]] = defaultdict(set)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for finding, phrase in knowledge.phrases():
            tokens = tokenize(plain_text(phrase).plain)
            self._content[finding].add((_content(tokens), _denies(tokens)))
            for piece in _pieces(tokens):
                self._holders[piece].add(finding)

    def said(self, tokens: Sequence[Token], finding: str) -> Said:
        """Whether ``tokens``, which lie near ``finding``, say it, deny it, or say the opposite."""
        content, denies = _content(tokens), _denies(tokens)
        inside = {denial for words, denial in self._content[finding] if words and words <= content}
        leading = any(token.text in _LEADING for token in tokens)
        if not inside and leading and not any(denial for _, denial in self._content[finding]):
            return Said.DENIED
        if not inside or denies in inside:
            return Said.SAME
        return Said.DENIED if denies else Said.OPPOSITE

    def vague(self, tokens: Sequence[Token]) -> bool:
        """Whether a window is one short or common piece of a saying: "knees", "temp", "出血"."""
        if len(tokens) == 1 and tokens[0].kind == "word":
            return len(tokens[0].text) < _SHORTEST_ALONE or len(self._holders.get(tokens[0].unit, ())) > 1
        if all(t.kind == "han" for t in tokens) and len(tokens) <= _LONGEST_VAGUE_HAN:
            return len(self._holders.get("".join(t.text for t in tokens), ())) > 1
        return any(t.kind in ("word", "han") for t in tokens) and not any(
            t.kind == "han" or len(t.text) > 2 for t in tokens
        )


def _denies(tokens: Sequence[Token]) -> bool:
    return any(t.text in _DENYING for t in tokens)


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    """Units that mean something; a denial and what changes nothing are left out."""
    passing = FILLER_WORDS | FILLER_HAN[1] | _DENYING
    return frozenset(t.unit for t in tokens if t.kind != "mark" and t.text not in passing)


def _pieces(tokens: Sequence[Token]) -> set[str]:
    """Every word, and every run of two or three Han characters, of a wording."""
    out = {t.unit for t in tokens if t.kind == "word"}
    for first in range(len(tokens)):
        for last in range(first + 2, min(first + _LONGEST_VAGUE_HAN, len(tokens)) + 1):
            if all(t.kind == "han" for t in tokens[first:last]):
                out.add("".join(t.text for t in tokens[first:last]))
    return out
