"""Links words that the lexicon does not hold to findings by the encoder's similarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding.fillers import FILLER_HAN, FILLER_WORDS
from modelzoo.understanding.lexicon import LexiconMatch
from modelzoo.understanding.tokens import Token
from modelzoo.understanding.wordings import Said, Wordings

Vectors = npt.NDArray[np.float32]
MAX_WINDOWS = 96
LONGEST_CLAUSE = 12
# Words at the edge of a clause that carry no finding of their own.
_EDGE = FILLER_WORDS | frozenset(
    "i he she they it we you me him them patient pt who with and or but of for to in on at since from by when while "
    "day days week weeks month months year years hour hours ago today yesterday since then also complains complaining "
    "reports reported presents presented history started began noticed said says can could would will do does did as "
    "after before during about around over there here no not without if because so than more most much many lot "
    "old woman man boy girl child baby male female".split()
)
_EDGE_HAN = frozenset("我他她你您它们的了着和并且但有是在也就都还与及或来去到说个天周月年岁今昨前后时候男女孩")


_EDGE_NAMES = ("患者", "患儿", "病人", "孩子", "宝宝", "老人", "家长", "家属")
_CLAIMS = frozenset(
    "denies denied denying no not never none any without has had have 没 无 不 未 否 认 怎 么 曾 可 能".split()
    + list("已退消失缓解停")
)
_CONJUNCTIONS = frozenset(("and", "but", "or", "with", "和", "但", "或", "伴"))


class Embedder(Protocol):
    """What the linker needs of an encoder."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (n, width)."""


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens [first, last) lie near ``finding``; ``similarity`` is the cosine to its nearest wording.

    ``denied``: the words hold a denial of their own ("颈静脉无怒张").
    """

    first: int
    last: int
    finding: str
    similarity: float
    denied: bool = False


class Linker:
    """Compares word windows with the wordings of the knowledge.

    ``vectors`` has one unit row a wording, in the order of ``Knowledge.phrases``; ``neutral`` one a saying that is no
    finding. ``threshold``, ``margin`` (to the next finding) and ``sharper`` (by how much a more special finding must
    lie nearer than the one whose wording stands there) were chosen when the pack was made and stand in its manifest.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        vectors: Vectors,
        neutral: Vectors,
        embedder: Embedder,
        *,
        threshold: float,
        margin: float,
        sharper: float,
    ) -> None:
        phrases = knowledge.phrases()
        if len(phrases) != len(vectors):
            raise ValueError("phrase vectors and knowledge do not belong together")
        keep = [i for i, (finding, _) in enumerate(phrases) if knowledge.findings[finding].kind in ("symptom", "sign")]
        self._ids = [phrases[i][0] for i in keep]
        self._vectors = np.ascontiguousarray(vectors[keep])
        rows: dict[str, list[int]] = {}
        for row, finding in enumerate(self._ids):
            rows.setdefault(finding, []).append(row)
        self._rows = rows
        self._neutral = neutral
        self._wordings = Wordings(knowledge)
        self._embedder = embedder
        self._threshold = threshold
        self._margin = margin
        self._sharper = sharper
        self._kin = {f: knowledge.ancestors(f) for f in knowledge.findings}

    def link(self, plain: str, tokens: Sequence[Token], windows: Sequence[tuple[int, int]]) -> list[Link]:
        """Links of ``windows`` (token ranges) that lie near a finding, best first wins where they overlap."""
        asked = [w for w in windows if not self._wordings.vague(tokens[w[0] : w[1]])][:MAX_WINDOWS]
        if not asked:
            return []
        vectors = self._embedder.embed([plain[tokens[a].start : tokens[b - 1].end] for a, b in asked])
        scores = vectors @ self._vectors.T
        nothing = (vectors @ self._neutral.T).max(axis=1)
        links = []
        for window, row, none in zip(asked, scores, nothing, strict=True):
            link = self._best(window, row)
            if link is None or link.similarity - float(none) < self._margin:
                continue
            said = self._wordings.said(tokens[window[0] : window[1]], link.finding)
            if said is not Said.OPPOSITE:
                links.append(replace(link, denied=said is Said.DENIED))
        return _best_first(links)

    def refine(
        self, plain: str, tokens: Sequence[Token], matches: Sequence[LexiconMatch], clauses: Sequence[tuple[int, int]]
    ) -> list[Link]:
        """Clauses (token ranges) whose one known finding the rest of the clause makes more special.

        "a rash that does not fade when pressed" holds the wording *rash* and means more than it; a link is made only
        to a finding that implies the one that was found, so that it can sharpen a reading and never change it.
        """
        windows = [
            (*clause, inside[0])
            for clause in clauses
            if len(inside := [m for m in matches if clause[0] <= m.first < clause[1]]) == 1
            and _says_more(tokens, clause, inside[0])
        ][:MAX_WINDOWS]
        if not windows:
            return []
        vectors = self._embedder.embed([plain[tokens[a].start : tokens[b - 1].end] for a, b, _ in windows])
        links = []
        for (first, last, match), row in zip(windows, vectors @ self._vectors.T, strict=True):
            best = int(np.argmax(row))
            own = float(row[self._rows[match.finding]].max()) if match.finding in self._rows else 0.0
            if (
                float(row[best]) >= max(self._threshold, own + self._sharper)
                and match.finding in self._kin[self._ids[best]]
                and self._wordings.said(tokens[first:last], self._ids[best]) is Said.SAME
            ):
                links.append(Link(first, last, self._ids[best], float(row[best])))
        return _best_first(links)

    def _best(self, window: tuple[int, int], row: Vectors) -> Link | None:
        order = np.argsort(-row)[:12]
        top = int(order[0])
        best, score = self._ids[top], float(row[top])
        if score < self._threshold:
            return None
        for other in order[1:]:
            rival = self._ids[int(other)]
            if rival != best and rival not in self._kin[best] and best not in self._kin[rival]:
                if score - float(row[int(other)]) < self._margin:
                    shared = self._closest_shared(best, rival)
                    return Link(window[0], window[1], shared, score) if shared else None
                break
        return Link(window[0], window[1], best, score)

    def _closest_shared(self, first: str, second: str) -> str | None:
        """The most special finding that both imply: between two kinds of eye pain, eye pain is sure."""
        shared = self._kin[first] & self._kin[second]
        return max(sorted(shared), key=lambda f: len(self._kin[f]), default=None)


def _says_more(tokens: Sequence[Token], clause: tuple[int, int], match: LexiconMatch) -> bool:
    """Whether a clause holds at least two words of content beside its finding; a negation or a filler is none."""
    rest = [*range(clause[0], match.first), *range(match.last, clause[1])]
    full = [i for i in rest if tokens[i].kind == "han" or len(tokens[i].text) > 2]  # "x 2d" is no content
    content = [i for i in full if not _is_edge(tokens[i]) and tokens[i].text not in _CLAIMS]
    return len(content) >= 2


def clauses(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Trimmed runs of tokens between marks and conjunctions, none too long to be one finding."""
    out = []
    start = first
    for index in range(first, last + 1):
        if index == last or tokens[index].kind == "mark" or tokens[index].text in _CONJUNCTIONS:
            low, high = trim(tokens, start, index)
            if 1 < high - low <= LONGEST_CLAUSE:
                out.append((low, high))
            start = index + 1
    return out


def trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """``[first, last)`` without words at its edges that carry no finding of their own."""
    while first < last:
        if "".join(t.text for t in tokens[first : first + 2]) in _EDGE_NAMES and first + 2 < last:
            first += 2
        elif _is_edge(tokens[first]):
            first += 1
        else:
            break
    while last > first and (_is_edge(tokens[last - 1]) or tokens[last - 1].text in "无未没不"):
        last -= 1
    return first, last


def _is_edge(token: Token) -> bool:
    if token.kind == "number":
        return True
    return token.text in _EDGE or token.text in _EDGE_HAN or token.text in FILLER_HAN[1]


def _best_first(links: list[Link]) -> list[Link]:
    taken: set[int] = set()
    kept = []
    for link in sorted(links, key=lambda k: -k.similarity):
        span = range(link.first, link.last)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(link)
    return sorted(kept, key=lambda k: k.first)
