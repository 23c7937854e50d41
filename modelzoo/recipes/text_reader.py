"""Teaches the text reader on the shipped graph: which condition the gist of a text suits.

The encoder stays as it is. A condition is given as its findings, each the mean of its wordings' vectors, weighted by
how much it speaks for the condition; two small maps, shared by all conditions, are learnt that bring a text near its
own. So a worked case of one condition teaches something about all, which a row of free weights for each condition does
not: that was tried and was far worse. Each condition is told equally often; prevalence comes in once, in the prior.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from modelzoo.contract.manifest import Manifest, read_manifest
from modelzoo.corpora.told_cases import CaseTeller
from modelzoo.evidence.cases import WorkedCase
from modelzoo.export.pack import write_manifest
from modelzoo.knowledge.model import Knowledge
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.reasoning.tables import Tables
from modelzoo.reasoning.text_reader import stored_bytes
from modelzoo.runtime.boot import prepare_process
from modelzoo.understanding.gist import PARTS, gist
from modelzoo.understanding.text import plain_text

FILE = "condition_vectors.npz"
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TextReaderSettings:
    """``told``: cases told of each condition, half in each language; ``worked``: how many told ones an open worked case
    counts as; ``rank``: width of the space in which texts and conditions meet."""

    told: int = 24
    worked: float = 8.0
    rank: int = 128
    epochs: int = 10
    rate: float = 3e-3
    decay: float = 0.05
    smoothing: float = 0.1
    dropout: float = 0.2
    batch: int = 256
    seed: int = 20261123


@dataclass(frozen=True)
class Heard:
    """Gists ``(n, parts * width)`` and, for each, the row of its condition and how much it counts."""

    gists: FloatArray
    rows: npt.NDArray[np.int64]
    counts: FloatArray

    def part(self, chosen: npt.NDArray[np.bool_]) -> Heard:
        """Those that are ``chosen``."""
        return Heard(self.gists[chosen], self.rows[chosen], self.counts[chosen])

    def joined(self, other: Heard) -> Heard:
        """Both, one after the other."""
        parts = ((self.gists, other.gists), (self.rows, other.rows), (self.counts, other.counts))
        return Heard(*(np.concatenate(pair) for pair in parts))


class Ear:
    """Hears gists with the encoder of ``pack``."""

    def __init__(self, pack: Path) -> None:
        prepare_process()
        from modelzoo.runtime.encoder import Encoder

        self.encoder = Encoder.open(pack, read_manifest(pack))

    def gist(self, text: str) -> FloatArray:
        """The gist of ``text``, zeros where nothing can be heard."""
        found = gist(self.encoder.hear(plain_text(text).given), self.encoder.kinds)
        return np.zeros(PARTS * self.encoder.width, dtype=np.float32) if found is None else found


def teach_text_reader(pack: Path, told: Heard, worked: Heard, settings: TextReaderSettings) -> Manifest:
    """Learn the conditions of ``pack`` and write what was learnt into it."""
    knowledge = knowledge_of(pack)
    weights, bias = learn(told.joined(worked), made_of(knowledge, wording_vectors(pack)), settings)
    (pack / FILE).write_bytes(stored_bytes(list(knowledge.conditions), weights, bias))
    return write_manifest(pack)


def knowledge_of(pack: Path) -> Knowledge:
    """The compiled knowledge in ``pack``."""
    return read_knowledge((pack / "knowledge.json").read_bytes())


def told_texts(knowledge: Knowledge, sources: Path, settings: TextReaderSettings) -> Iterator[str]:
    """Cases told of every condition, in the order of the conditions, the same number of each."""
    teller = CaseTeller(sources, knowledge)
    for row, condition in enumerate(knowledge.conditions):
        for number in range(settings.told):
            rng = np.random.default_rng([settings.seed, row, number])
            yield teller.tell(condition, "en" if number % 2 else "zh", rng).text


def hear_told(ear: Ear, knowledge: Knowledge, sources: Path, settings: TextReaderSettings) -> Heard:
    """Cases told of every condition."""
    rows = np.repeat(np.arange(len(knowledge.conditions)), settings.told)
    texts = tqdm(told_texts(knowledge, sources, settings), desc="cases told", unit=" cases", total=len(rows))
    return Heard(np.stack([ear.gist(text) for text in texts]), rows, np.ones(len(rows), dtype=np.float32))


def hear_worked(ear: Ear, knowledge: Knowledge, cases: Sequence[WorkedCase], settings: TextReaderSettings) -> Heard:
    """Worked ``cases``; the row of one that expects no condition is -1."""
    places = {condition: row for row, condition in enumerate(knowledge.conditions)}
    gists = np.stack([ear.gist(case.case.text) for case in cases])
    rows = np.array([places.get(case.expected, -1) for case in cases])
    return Heard(gists, rows, np.full(len(rows), settings.worked, dtype=np.float32))


def wording_vectors(pack: Path) -> FloatArray:
    """Vectors of the wordings of the knowledge in ``pack``, ``(wordings, width)``, in its order."""
    with np.load(io.BytesIO((pack / "phrase_vectors.npz").read_bytes()), allow_pickle=False) as stored:
        return np.asarray(stored["vectors"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None])


def made_of(knowledge: Knowledge, wordings: FloatArray) -> FloatArray:
    """One row a condition, of length the root of the width: the vectors of its findings, each weighted by its log
    likelihood ratio and the root of its frequency. ``wordings``: vectors of ``knowledge.phrases()``."""
    tables = Tables(knowledge)
    vectors = np.zeros((len(tables.findings), wordings.shape[1]), dtype=np.float32)
    for (finding, _), vector in zip(knowledge.phrases(), wordings, strict=True):
        vectors[tables.column[finding]] += vector
    worded = np.linalg.norm(vectors, axis=1) > 0
    vectors[worded] = _unit(vectors[worded])
    vectors[worded] -= vectors[worded].mean(axis=0)
    speaks = np.maximum(np.log(tables.chance / tables.marginal), 0.0) * np.sqrt(tables.chance)
    rows = np.where(tables.listed, speaks, 0.0).astype(np.float32) @ vectors
    return np.asarray(_unit(rows) * wordings.shape[1] ** 0.5, dtype=np.float32)


def learn(heard: Heard, conditions: FloatArray, settings: TextReaderSettings) -> tuple[FloatArray, FloatArray]:
    """Weights ``(conditions, gist)`` and bias ``(conditions,)`` from gists to ``conditions``, given as ``made_of``."""
    torch.manual_seed(settings.seed)
    x, y, count = (torch.from_numpy(part) for part in (heard.gists, heard.rows, heard.counts))
    middle, spread = x.mean(0), x.std(0).clamp(min=1e-4)
    x, made = (x - middle) / spread, torch.from_numpy(conditions)
    text = _small(x.shape[1], settings.rank, 1.0)
    condition = _small(made.shape[1], settings.rank, 0.5)
    bias = torch.zeros(len(made), requires_grad=True)
    optimiser = torch.optim.AdamW([text, condition, bias], lr=settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * (1 + len(y) // settings.batch)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps)
    for _ in range(settings.epochs):
        for chosen in torch.randperm(len(y)).split(settings.batch):
            seen = functional.dropout(x[chosen], settings.dropout)
            logits = (seen @ text) @ (made @ condition).T / settings.rank**0.5 + bias
            losses = functional.cross_entropy(logits, y[chosen], label_smoothing=settings.smoothing, reduction="none")
            optimiser.zero_grad()
            (losses * count[chosen]).mean().backward()
            optimiser.step()
            rate.step()
    with torch.no_grad():
        weights = (made @ condition) @ text.T / settings.rank**0.5 / spread
        return weights.numpy(), (bias - weights @ middle).numpy()


def _small(rows: int, columns: int, scale: float) -> Tensor:
    return (scale * torch.randn(rows, columns) / rows**0.5).requires_grad_()


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)
