"""Strict figures of a reading model on passages: spans, assertion of found spans, attachment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.chinese import UNSETTLED
from modelzoo.corpora.pieces import ASSERTIONS, ATTRIBUTES, KINDS, PROBLEM, Piece, cut, pack
from modelzoo.runtime.units import decode

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heard:
    """What a model says of one batch: arrays of the shapes of ``reader_model.Read``."""

    states: FloatArray
    spans: FloatArray
    claims: FloatArray
    query: FloatArray
    key: FloatArray


# ids and mask, both (n, tokens) int64, to what the model says
Listen = Callable[[npt.NDArray[np.int64], npt.NDArray[np.int64]], Heard]
Span = tuple[int, int, str]


@dataclass
class Counts:
    """Right, said and wanted spans; ``f1`` of them."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.wanted)


@dataclass
class Figures:
    """``spans`` by kind; ``claims``: right and all by source (the model's assertion of spans that it found);
    ``confused``: (wanted, said) of exact assertions, by source; ``attached``: right and all."""

    spans: dict[str, Counts] = field(default_factory=dict)
    claims: dict[str, list[int]] = field(default_factory=dict)
    confused: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    attached: list[int] = field(default_factory=lambda: [0, 0])

    def source_f1(self, source: str) -> float:
        """Micro F1 over the kinds of one set."""
        own = [c for kind, c in self.spans.items() if kind.startswith(f"{source}.")]
        return Counts(*(sum(getattr(c, n) for c in own) for n in ("right", "said", "wanted"))).f1

    def flat(self) -> dict[str, float]:
        """One number a task, for logs."""
        sources = dict.fromkeys(kind.partition(".")[0] for kind in self.spans)
        flat = {f"f1/{s}": self.source_f1(s) for s in sources if s != "clinic"}
        flat |= {f"f1/{k}": c.f1 for k, c in self.spans.items() if k.startswith("clinic.")}
        flat |= {f"claims/{s}": right / max(1, every) for s, (right, every) in self.claims.items()}
        if self.attached[1]:
            flat["attached"] = self.attached[0] / self.attached[1]
        return flat


def score(
    listen: Listen, tokenizer: Tokenizer, passages: Sequence[Passage], kinds: Sequence[str] = KINDS, batch: int = 16
) -> Figures:
    """Strict figures over ``passages``, packed as full as blocks go."""
    figures = Figures()
    blocks = sorted(pack(cut(tokenizer, passages)), key=lambda held: sum(len(p.ids) for p in held))
    for start in range(0, len(blocks), batch):
        for held, heard in _heard(listen, blocks[start : start + batch]):
            at = 1
            for piece in held:
                _count(figures, piece, at, heard, kinds)
                at += len(piece.ids)
    return figures


def _heard(listen: Listen, blocks: list[list[Piece]]) -> Iterator[tuple[list[Piece], Heard]]:
    rows = [[0, *(i for p in held for i in p.ids), 2] for held in blocks]
    width = max(map(len, rows))
    ids = np.full((len(rows), width), 1, dtype=np.int64)
    for row, pieces in enumerate(rows):
        ids[row, : len(pieces)] = pieces
    heard = listen(ids, (ids != 1).astype(np.int64))
    for row, held in enumerate(blocks):
        yield held, Heard(*(getattr(heard, n)[row] for n in ("states", "spans", "claims", "query", "key")))


def _count(figures: Figures, piece: Piece, at: int, heard: Heard, kinds: Sequence[str]) -> None:
    firsts = [at + u.first for u in piece.units]
    found: dict[Span, list[int]] = {}
    for column, kind in enumerate(kinds):
        if kind not in piece.passage.kinds:
            continue
        for low, high in decode(heard.spans[firsts, column]):
            found[piece.units[low].start, piece.units[high - 1].end, kind] = firsts[low:high]
    wanted = {(m.start, m.end, m.kind): m for m in piece.passage.mentions if m.kind in kinds}
    for kind in piece.passage.kinds & set(kinds):
        counts = figures.spans.setdefault(kind, Counts())
        said, right = {s for s in found if s[2] == kind}, {s for s in wanted if s[2] == kind}
        counts.right += len(said & right)
        counts.said += len(said)
        counts.wanted += len(right)
    for span in found.keys() & wanted.keys():
        # A set with kinds of its own has its problems twice; they are counted under its own kind.
        if wanted[span].claims and (span[2] != PROBLEM or piece.passage.source == "clinic"):
            _count_claim(figures, piece.passage.source, wanted[span].claims, heard.claims[found[span]].mean(axis=0))
    _count_attached(figures, piece, at, heard)


def _count_claim(figures: Figures, source: str, allowed: tuple[Assertion, ...], logits: FloatArray) -> None:
    said = ASSERTIONS[int(logits.argmax())]
    unsettled = source == "cmdd" and said in UNSETTLED
    right = allowed == UNSETTLED if unsettled else said in allowed
    figures.confused[source, "/".join(c.value for c in allowed), said.value] += 1
    tally = figures.claims.setdefault(source, [0, 0])
    tally[0] += right
    tally[1] += 1


def _count_attached(figures: Figures, piece: Piece, at: int, heard: Heard) -> None:
    mentions = piece.passage.mentions
    if not piece.passage.attachments:
        return
    places = [[at + u.first for u in piece.units if u.start < m.end and m.start < u.end] for m in mentions]
    problems = [i for i, m in enumerate(mentions) if m.kind not in ATTRIBUTES and places[i]]
    keys = {i: heard.key[places[i]].mean(axis=0) for i in problems}
    for link in piece.passage.attachments:
        if places[link.attribute] and link.problem in keys:
            query = heard.query[places[link.attribute]].mean(axis=0)
            figures.attached[0] += max(problems, key=lambda i: float(keys[i] @ query)) == link.problem
            figures.attached[1] += 1


def summary(figures: Mapping[str, float]) -> str:
    """One line of figures in percent."""
    return "  ".join(f"{name} {100 * value:.1f}" for name, value in figures.items())
