"""Mends misspelt words of the lexicon: only words that neither the lexicon nor the encoder's vocabulary knows.

A wrong correction invents a symptom, so a short word is never mended, the first letter must agree, and the nearest
word must be nearer than the second nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz.distance import DamerauLevenshtein

from modelzoo.understanding.tokens import Token, stem

SHORTEST = 5


class Speller:
    """``known`` tells whether a lower-case word is a word of the language (then it is left alone)."""

    def __init__(self, vocabulary: Iterable[str], known: Callable[[str], bool]) -> None:
        self._known = known
        self._vocabulary = set(vocabulary)
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._vocabulary):
            if len(word) >= SHORTEST - 1 and word.isascii():
                self._by_letter.setdefault(word[0], []).append(word)
        self._stems = {stem(word) for word in self._vocabulary}
        self._memory: dict[str, str | None] = {}

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one that the lexicon or the language model knows."""
        return word in self._vocabulary or stem(word) in self._stems or self._known(word)

    def corrections(self, tokens: list[Token]) -> dict[int, str]:
        """Index of each misspelt token -> stem of the word that was meant."""
        out = {}
        for index, token in enumerate(tokens):
            if token.kind == "word" and len(token.text) >= SHORTEST and token.unit not in self._stems:
                meant = self.correct(token.text)
                if meant is not None:
                    out[index] = stem(meant)
        return out

    def correct(self, word: str) -> str | None:
        """The lexicon's word that a misspelt word means, or None."""
        if word not in self._memory:
            if len(self._memory) > 10_000:
                self._memory.clear()
            self._memory[word] = None if self._known(word) else self._nearest(word)
        return self._memory[word]

    def _nearest(self, word: str) -> str | None:
        limit = 1 if len(word) < 7 else 2
        scored = sorted(
            (distance, abs(len(word) - len(other)), other)
            for other in self._by_letter.get(word[0], ())
            if abs(len(word) - len(other)) <= limit
            and (distance := DamerauLevenshtein.distance(word, other, score_cutoff=limit)) <= limit
        )
        if not scored:
            return None
        best = scored[0]
        rivals = {stem(other) for distance, _, other in scored if distance == best[0]}
        return best[2] if len(rivals) == 1 else None
