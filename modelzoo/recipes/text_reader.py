"""Teaches the text reader: softmax regression from the gist of told cases to their condition, on the shipped graph.

The encoder stays as it is; only one linear layer is learnt, with each condition told equally often, so that prevalence
comes in once, in the prior.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional
from tqdm import tqdm

from modelzoo.contract.manifest import Manifest, read_manifest
from modelzoo.corpora.told_cases import CaseTeller
from modelzoo.export.pack import write_manifest
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.reasoning.text_reader import stored_bytes
from modelzoo.runtime.boot import prepare_process
from modelzoo.understanding.gist import gist
from modelzoo.understanding.text import plain_text

FILE = "condition_vectors.npz"
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TextReaderSettings:
    """``cases`` told of each condition, half in each language; ``epochs`` over them."""

    cases: int = 40
    epochs: int = 12
    rate: float = 3e-3
    decay: float = 0.05
    smoothing: float = 0.1
    batch: int = 256
    seed: int = 20261123


def teach_text_reader(pack: Path, sources: Path, settings: TextReaderSettings | None = None) -> Manifest:
    """Tell, hear and learn the conditions of ``pack``, whose knowledge was compiled from ``sources``, and write them
    into it."""
    settings = settings or TextReaderSettings()
    gists, conditions = hear_cases(pack, sources, settings)
    weights, bias = regress(gists, np.repeat(np.arange(len(conditions)), settings.cases), len(conditions), settings)
    (pack / FILE).write_bytes(stored_bytes(conditions, weights, bias))
    return write_manifest(pack)


def hear_cases(pack: Path, sources: Path, settings: TextReaderSettings) -> tuple[FloatArray, list[str]]:
    """Gists ``(conditions * cases, width)`` of told cases, those of one condition after each other."""
    prepare_process()
    from modelzoo.runtime.encoder import Encoder

    encoder = Encoder.open(pack, read_manifest(pack))
    knowledge = read_knowledge((pack / "knowledge.json").read_bytes())
    teller, found = CaseTeller(sources, knowledge), []
    for row, condition in enumerate(tqdm(knowledge.conditions, desc="cases told", unit=" conditions")):
        for number in range(settings.cases):
            rng = np.random.default_rng([settings.seed, row, number])
            text = teller.tell(condition, "en" if number % 2 else "zh", rng).text
            heard = gist(encoder.hear(plain_text(text).given), encoder.kinds)
            if heard is None:
                raise ValueError(f"a told case of {condition} has no word that can be heard: {text!r}")
            found.append(heard)
    return np.stack(found), list(knowledge.conditions)


def regress(
    gists: FloatArray, rows: npt.NDArray[np.int64], conditions: int, settings: TextReaderSettings
) -> tuple[FloatArray, FloatArray]:
    """Weights ``(conditions, width)`` and bias ``(conditions,)`` of softmax regression from ``gists`` to ``rows``."""
    torch.manual_seed(settings.seed)
    x, y = torch.from_numpy(gists), torch.from_numpy(rows)
    middle, spread = x.mean(0), x.std(0).clamp(min=1e-4)
    x = (x - middle) / spread
    layer = torch.nn.Linear(x.shape[1], conditions)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * (1 + len(y) // settings.batch)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps)
    for _ in range(settings.epochs):
        for chosen in torch.randperm(len(y)).split(settings.batch):
            loss = functional.cross_entropy(layer(x[chosen]), y[chosen], label_smoothing=settings.smoothing)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    weights = layer.weight.detach() / spread
    return weights.numpy(), (layer.bias.detach() - weights @ middle).numpy()
