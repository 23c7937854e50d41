"""Finds the wordings of the knowledge in a text: word by word, over inflections, articles and intensifiers.

The lexicon is a trie over units (stems, Han characters). Between two units of a wording the text may hold words that
change nothing ("pain in *my* chest", "肚子*有点*疼"); how strong something is, is read elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding.fillers import DETERMINERS, FILLER_HAN, FILLER_WORDS, MAX_SKIPPED
from modelzoo.understanding.text import plain_text
from modelzoo.understanding.tokens import Token, tokenize

# Words that share a stem with a one-word wording and mean something else by themselves.
_NOT_ALONE = {
    "burn": frozenset({"burning", "burns"}),
    "injury_fall": frozenset({"falling", "blowing", "hurting"}),
    "vaginal_bleeding": frozenset({"spot", "spots"}),
    "diarrhea": frozenset({"run", "running", "runs"}),
}


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """Tokens [first, last) mean ``finding``.

    ``corrected``: a spelling was mended for it. ``denied``: the words themselves say that it is not there ("afebrile").
    """

    first: int
    last: int
    finding: str
    units: int
    corrected: bool = False
    denied: bool = False


class Lexicon:
    """Wordings of all findings, built once from the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._root = _Node()
        self.vocabulary: set[str] = set()
        for finding, phrase in knowledge.phrases():
            self._add(finding, phrase)

    def _add(self, finding: str, phrase: str) -> None:
        tokens = [t for t in tokenize(plain_text(phrase).plain) if t.kind != "mark"]
        units = [t.unit for t in tokens if t.text not in DETERMINERS] or [t.unit for t in tokens]
        if not units:
            return
        self.vocabulary.update(t.text for t in tokens if t.kind == "word")
        node = self._root
        for unit in units:
            node = node.children.setdefault(unit, _Node())
        if finding not in node.findings:
            node.findings = (*node.findings, finding)

    def match(self, tokens: list[Token], corrections: dict[int, str] | None = None) -> list[LexiconMatch]:
        """Longest matches of the token list, left to right, without overlaps.

        ``corrections`` maps a token's index to the stem of its mended spelling.
        """
        fixed = corrections or {}
        found: list[LexiconMatch] = []
        for index in range(len(tokens)):
            best = self._longest(tokens, index, fixed)
            if best is not None:
                found.append(best)
        return _without_overlaps(found)

    def _longest(self, tokens: list[Token], index: int, fixed: dict[int, str]) -> LexiconMatch | None:
        best: LexiconMatch | None = None
        todo: list[tuple[_Node, int, int, int]] = [(self._root, index, 0, 0)]  # node, position, units, skipped
        while todo:
            node, position, units, skipped = todo.pop()
            alone = units == 1 and tokens[index].text in _NOT_ALONE.get(node.findings[0] if node.findings else "", ())
            if node.findings and not alone and (best is None or units > best.units):
                corrected = any(i in fixed for i in range(index, position))
                best = LexiconMatch(index, position, node.findings[0], units, corrected)
            if position >= len(tokens):
                continue
            child = node.children.get(fixed.get(position, tokens[position].unit))
            if child is not None:
                todo.append((child, position + 1, units + 1, skipped))
            if units and skipped < MAX_SKIPPED:
                width = _filler_width(tokens, position)
                if width:
                    todo.append((node, position + width, units, skipped + 1))
        return best


def _filler_width(tokens: list[Token], position: int) -> int:
    """How many tokens from ``position`` on change nothing: 0, 1, or the length of a Chinese filler word."""
    token = tokens[position]
    if token.kind == "word":
        return 1 if token.text in FILLER_WORDS else 0
    if token.kind == "han":
        for width in (3, 2, 1):
            if "".join(t.text for t in tokens[position : position + width] if t.kind == "han") in FILLER_HAN[width]:
                return width
    return 0


def _without_overlaps(found: list[LexiconMatch]) -> list[LexiconMatch]:
    taken: set[int] = set()
    kept = []
    for match in sorted(found, key=lambda m: (-m.units, m.last - m.first, m.first)):
        span = range(match.first, match.last)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(match)
    return sorted(kept, key=lambda m: m.first)
