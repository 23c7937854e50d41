"""Stage two: wordings of one finding move together across languages, wordings of different findings apart.

The distilling losses of stage one stay in the mix, so that what the student knows of other texts is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from modelzoo.corpora.phrases import Phrase
from modelzoo.recipes.bert import pool
from modelzoo.recipes.checkpoint import Progress, new_state
from modelzoo.recipes.distill import DistillTargets, batches_from, distill_loss, take_step
from modelzoo.recipes.losses import contrast_loss
from modelzoo.recipes.teacher import tokenise

NEIGHBOURS = 5
TYPO_SHARE = 0.10
LOWER_SHARE = 0.30
UPPER_SHARE = 0.05


@dataclass(frozen=True)
class ContrastSettings:
    """Each step takes ``findings`` findings, at most ``wordings`` of each, and ``texts`` texts to distil on."""

    steps: int
    findings: int = 48
    wordings: int = 3
    texts: int = 32
    peak_rate: float = 1e-4
    warm_up: int = 100
    weight_decay: float = 0.01
    distill_weight: float = 0.5
    seed: int = 20261123


def embed(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], batch: int = 64) -> Tensor:
    """Sentence vectors ``(len(texts), width)`` of length 1, fp32."""
    tokenised = tokenise(tokenizer, texts)
    order = np.argsort(tokenised.lengths(), kind="stable")
    vectors = torch.empty((len(texts), int(model.config.hidden_size)))
    for start in range(0, len(order), batch):
        rows = order[start : start + batch].tolist()
        ids, mask = tokenised.batch(rows)
        with torch.no_grad():
            vectors[rows] = pool(model(ids, attention_mask=mask).last_hidden_state, mask)
    return vectors


def disturb(text: str, rng: np.random.Generator) -> str:
    """``text`` as someone in a hurry types it: often in small letters, sometimes one letter gone or doubled."""
    draw = rng.random()
    if draw < LOWER_SHARE:
        return text.lower()
    if draw < LOWER_SHARE + UPPER_SHARE:
        return text.upper()
    if draw < LOWER_SHARE + UPPER_SHARE + TYPO_SHARE and text.isascii() and len(text) > 5:
        at = int(rng.integers(1, len(text) - 1))
        return text[:at] + text[at + 1 :] if rng.random() < 0.5 else text[:at] + text[at] + text[at:]
    return text


class PhraseSampler:
    """Batches of wordings, half of the findings drawn with their nearest neighbours: those are the hard ones."""

    def __init__(self, phrases: Sequence[Phrase], names: Tensor, findings: Sequence[str], seed: int) -> None:
        """``names``: one vector ``(len(findings), width)`` a finding, by which neighbours are found."""
        self.findings = list(findings)
        self.wordings: dict[str, list[str]] = {finding: [] for finding in findings}
        for phrase in phrases:
            self.wordings[phrase.finding].append(phrase.text)
        near = names @ names.T
        self.neighbours = near.topk(min(NEIGHBOURS + 1, len(findings)), dim=-1).indices.tolist()
        self.rng = np.random.default_rng(seed)

    def draw(self, count: int, wordings: int) -> tuple[list[str], Tensor]:
        """Texts and the number of the finding that each belongs to."""
        count = min(count, len(self.findings))
        chosen: dict[int, None] = {}
        while len(chosen) < count // 2:
            seed = int(self.rng.integers(len(self.findings)))
            chosen.update(dict.fromkeys(self.neighbours[seed]))
        for index in self.rng.permutation(len(self.findings)).tolist():
            if len(chosen) >= count:
                break
            chosen.setdefault(index)
        texts: list[str] = []
        labels: list[int] = []
        for index in chosen:
            own = self.wordings[self.findings[index]]
            for pick in self.rng.permutation(len(own))[:wordings].tolist():
                texts.append(disturb(own[pick], self.rng))
                labels.append(index)
        return texts, torch.tensor(labels)


def contrast(
    student: BertModel,
    tokenizer: Tokenizer,
    phrases: Sequence[Phrase],
    targets: DistillTargets,
    settings: ContrastSettings,
    work: Path,
    new_rows: int,
) -> None:
    """Train ``student`` in place on the phrases that are not held out. Short enough to be run in one go.

    The last ``new_rows`` word embeddings are trained too: characters that the base does not know.
    """
    torch.manual_seed(settings.seed)
    phrases = [phrase for phrase in phrases if not phrase.held_out]
    findings = sorted({phrase.finding for phrase in phrases})
    rates = (settings.peak_rate, settings.steps, settings.warm_up, settings.weight_decay)
    state = new_state(student, *rates, new_rows=new_rows)
    name_of = {phrase.finding: phrase.text for phrase in reversed(phrases)}
    names = embed(student, tokenizer, [name_of[finding] for finding in findings])
    sampler = PhraseSampler(phrases, names, findings, settings.seed)
    batches = batches_from(targets.texts.lengths(), settings.texts, settings.seed, 0)
    student.train()
    progress = Progress(work / "contrast.log", state.step)
    while state.step < settings.steps:
        texts, labels = sampler.draw(settings.findings, settings.wordings)
        ids, mask = tokenise(tokenizer, texts).batch(range(len(texts)))
        with torch.autocast("cpu", torch.bfloat16):
            states = student(ids, attention_mask=mask).last_hidden_state
        kept = distill_loss(student, targets, next(batches))
        losses = {"contrast": contrast_loss(pool(states.float(), mask), labels)}
        losses.update({name: settings.distill_weight * loss for name, loss in kept.items()})
        take_step(state, losses)
        progress.add(state.step, losses)
    state.save(work / "contrast.pt")
    student.eval()
