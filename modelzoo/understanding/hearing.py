"""What the model heard, laid over the tokens of a text: problems, what is claimed of them, what belongs to them.

Units and tokens are cut by different rules; a unit belongs to every token whose characters it shares.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from modelzoo.contract.case import Assertion
from modelzoo.runtime.listening import Heard
from modelzoo.runtime.units import decode
from modelzoo.understanding.gist import PROBLEM, gist
from modelzoo.understanding.text import PlainText
from modelzoo.understanding.tokens import Token

FloatArray = npt.NDArray[np.float32]
CLAIMS = tuple(Assertion)  # the order in which the model's heads were trained
_OWN = 0.5


@dataclass(frozen=True, slots=True)
class HeardSpan:
    """Tokens ``[first, last)`` are one mention of ``kind``; ``confidence``: mean chance that its units are in one."""

    kind: str
    first: int
    last: int
    confidence: float


class Hearing:
    """``heard`` of the text as given, for the ``tokens`` of its matching form."""

    def __init__(self, heard: Heard, kinds: Sequence[str], plain: PlainText, tokens: Sequence[Token]) -> None:
        self._heard = heard
        self._columns = {kind: column for column, kind in enumerate(kinds)}
        self._units = _units_of_tokens(heard, plain, tokens)
        self._chances = _softmax(heard.spans) if heard.units else heard.spans

    def gist(self) -> FloatArray | None:
        """The gist of what was heard, as ``gist`` describes it."""
        return gist(self._heard, tuple(self._columns))

    def complains(self) -> bool:
        """Whether a problem was heard that is claimed, surely or possibly, of the patient now."""
        heard = (self.claims(span.first, span.last) for span in self.spans(PROBLEM))
        now = [CLAIMS.index(Assertion.PRESENT), CLAIMS.index(Assertion.POSSIBLE)]
        return any(chances is not None and chances[now].sum() >= _OWN for chances in heard)

    def spans(self, kind: str) -> list[HeardSpan]:
        """Mentions of ``kind`` in order, those without a token left out."""
        if not self._heard.units:
            return []
        column = self._columns[kind]
        inside = 1.0 - self._chances[:, column, 0]
        found = []
        for low, high in decode(self._heard.spans[:, column]):
            tokens = [t for t, (a, b) in enumerate(self._units) if a < high and low < b]
            if tokens:
                found.append(HeardSpan(kind, tokens[0], tokens[-1] + 1, float(inside[low:high].mean())))
        return found

    def inside(self, kind: str, first: int, last: int) -> float:
        """Mean chance that the units of tokens ``[first, last)`` are part of a mention of ``kind``; 0 where unheard."""
        low, high = self._range(first, last)
        if low >= high:
            return 0.0
        return float(1.0 - self._chances[low:high, self._columns[kind], 0].mean())

    def heard(self, first: int, last: int) -> bool:
        """Whether tokens ``[first, last)`` lie in the part of the text that was heard."""
        low, high = self._range(first, last)
        return low < high

    def claims(self, first: int, last: int) -> FloatArray | None:
        """Chances of ``CLAIMS`` for a mention at tokens ``[first, last)``, or None where nothing was heard."""
        low, high = self._range(first, last)
        return _softmax(self._heard.claims[low:high].mean(axis=0)) if low < high else None

    def vector(self, first: int, last: int) -> FloatArray | None:
        """Unit vector ``(width,)`` of the mention in its context, or None where nothing was heard."""
        low, high = self._range(first, last)
        if low >= high:
            return None
        mean = self._heard.states[low:high].mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    def owner(self, span: HeardSpan, problems: Sequence[tuple[int, int]]) -> int | None:
        """Which of ``problems`` (token ranges) the attribute ``span`` belongs to, None where there is none."""
        low, high = self._range(span.first, span.last)
        heard = [(number, *self._range(*problem)) for number, problem in enumerate(problems)]
        heard = [h for h in heard if h[1] < h[2]]
        if low >= high or not heard:
            return None
        query = self._heard.query[low:high].mean(axis=0)
        return max(heard, key=lambda h: float(self._heard.key[h[1] : h[2]].mean(axis=0) @ query))[0]

    def _range(self, first: int, last: int) -> tuple[int, int]:
        ranges = [self._units[t] for t in range(first, last) if self._units[t][0] < self._units[t][1]]
        return (ranges[0][0], ranges[-1][1]) if ranges else (0, 0)


@dataclass(frozen=True, slots=True)
class RuleWeights:
    """By how much the rules' word raises the log chance of a claim: of theirs where one ``fired``, of presence where
    none did (``silent``)."""

    fired: float
    silent: float


def decide(ruled: Assertion, fired: bool, heard: FloatArray | None, weights: RuleWeights) -> Assertion:
    """What is claimed, by a rule's word and by ear.

    ``ruled``: what the rules say, and whether one ``fired`` or plain presence was assumed. ``heard``: chances of
    ``CLAIMS``.
    """
    if heard is None:
        return ruled
    logs = np.log(np.maximum(heard, 1e-6))
    logs[CLAIMS.index(ruled)] += weights.fired if fired else weights.silent
    return CLAIMS[int(logs.argmax())]


def _units_of_tokens(heard: Heard, plain: PlainText, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """For each token the units ``[low, high)`` that share characters with it, empty where none was heard."""
    ends = [unit.end for unit in heard.units]
    found: list[tuple[int, int]] = []
    for token in tokens:
        start, end = plain.origin(token.start, token.end)
        low = bisect_left(ends, start + 1)
        high = low
        while high < len(heard.units) and heard.units[high].start < end:
            high += 1
        found.append((low, high))
    return found


def _softmax(logits: FloatArray) -> FloatArray:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)
