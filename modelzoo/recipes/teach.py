"""All tasks together: spans, assertion, attachment and the phrase space, on public sets and generated complaints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.complaints import ComplaintWriter
from modelzoo.corpora.phrases import read_phrases
from modelzoo.corpora.pieces import KINDS
from modelzoo.corpora.score import Heard, Listen, score, summary
from modelzoo.recipes.blocks import Batch
from modelzoo.recipes.mixture import Mixture, Shares
from modelzoo.recipes.phrase_batches import PhraseBatch, PhraseSource, vectors_of
from modelzoo.recipes.reader_losses import attach_loss, claim_loss, phrase_loss, span_loss
from modelzoo.recipes.reader_model import Read, ReaderModel
from modelzoo.recipes.run import Losses, Run, Schedule, mixed

# An epoch meets every second CMDD dialogue: the set has more text than all the others, most of it small talk.
PER_EPOCH = {"bc5cdr": 1.0, "ncbi": 1.0, "psytar": 1.0, "maccrobat": 1.0, "cmdd": 0.5, "cmedqaner": 1.5}
WEIGHTS = {"spans": 1.0, "claims": 0.5, "attached": 0.2, "phrases": 0.3}


@dataclass(frozen=True)
class TeachSettings:
    """``complaints``: generated per epoch; ``phrases``: findings whose wordings a micro-batch brings; ``adversarial``:
    how far word embeddings are moved against the loss (0: not at all)."""

    schedule: Schedule
    shares: Shares = field(default_factory=lambda: Shares(PER_EPOCH))
    complaints: int = 12_000
    phrases: int = 24
    kinds: tuple[str, ...] = KINDS
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    smoothing: float = 0.0
    adversarial: float = 0.0


@dataclass(frozen=True)
class Lesson:
    """What one micro-batch brings."""

    batch: Batch
    phrases: PhraseBatch


class Lessons:
    """Micro-batches by number: blocks of the mixture, and wordings around what they mention."""

    def __init__(
        self, tokenizer: Tokenizer, passages: Sequence[Passage], sources: Path, settings: TeachSettings
    ) -> None:
        writer = ComplaintWriter(sources)
        seed = settings.schedule.seed
        self._count, self._seed = settings.phrases, seed
        self._mixture = Mixture(
            tokenizer, passages, lambda epoch: writer.write(settings.complaints, seed, epoch), settings.shares,
            settings.kinds, seed,
        )  # fmt: skip
        self.phrases = PhraseSource(tokenizer, read_phrases(sources / "findings"))

    def lesson(self, number: int) -> Lesson:
        batch = self._mixture.batch(number)
        rng = np.random.default_rng([self._seed, 11, number])
        mentioned = [f for f in batch.findings if f is not None]
        return Lesson(batch, self.phrases.draw(mentioned, self._count, rng))


def lesson_losses(model: nn.Module, lesson: Lesson, settings: TeachSettings, read: Read | None = None) -> Losses:
    """Weighted losses of the tasks. ``read``: what ``model`` already said of the lesson's batch."""
    vectors = None
    if read is None and settings.adversarial:
        vectors = _word_vectors(model, lesson.batch.ids)
        read = model(lesson.batch.ids, lesson.batch.mask, vectors)
    if read is None:
        read = model(lesson.batch.ids, lesson.batch.mask)
    losses = _batch_losses(read, lesson.batch, settings)
    if vectors is not None:
        losses["adversarial"] = _adversarial(model, lesson.batch, vectors, losses, settings)
    if settings.weights["phrases"]:
        wordings: Read = model(lesson.phrases.ids, lesson.phrases.mask)
        alone = vectors_of(wordings.states, lesson.phrases.mask)
        losses["phrases"] = settings.weights["phrases"] * phrase_loss(read, lesson.batch, alone, lesson.phrases.owners)
    return losses


def _batch_losses(read: Read, batch: Batch, settings: TeachSettings) -> Losses:
    losses = {
        "spans": span_loss(read, batch, settings.smoothing),
        "claims": claim_loss(read, batch),
        "attached": attach_loss(read, batch),
    }
    return {name: settings.weights[name] * loss for name, loss in losses.items()}


def _word_vectors(model: nn.Module, ids: Tensor) -> Tensor:
    plain = getattr(model, "module", model)  # several processes wrap the model
    words: Tensor = plain.encoder.get_input_embeddings()(ids)
    return words


def _adversarial(model: nn.Module, batch: Batch, vectors: Tensor, losses: Losses, settings: TeachSettings) -> Tensor:
    """Loss once more with the word embeddings moved a little where it hurts most (Miyato et al. 2017)."""
    (slope,) = torch.autograd.grad(torch.stack(list(losses.values())).sum(), vectors, retain_graph=True)
    step = settings.adversarial * slope / slope.norm(dim=-1, keepdim=True).clamp(min=1e-9)
    read = model(batch.ids, batch.mask, vectors + step.detach())
    return torch.stack(list(_batch_losses(read, batch, settings).values())).sum()


def listen_with(model: ReaderModel) -> Listen:
    """``model`` as ``score`` asks it."""

    def listen(ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> Heard:
        with torch.no_grad(), mixed():
            read = model(torch.from_numpy(ids), torch.from_numpy(mask))
        fields = (read.states, read.spans, read.claims, read.query, read.key)
        return Heard(*(value.float().numpy() for value in fields))

    return listen


def teach(
    name: str, model: ReaderModel, tokenizer: Tokenizer, passages: Sequence[Passage], tune: Sequence[Passage],
    sources: Path, settings: TeachSettings, work: Path, minutes: float | None = None, check_every: int = 400,
    losses: Callable[[nn.Module, Any], Losses] | None = None,
) -> None:  # fmt: skip
    """Train ``model`` in place. Figures on ``tune`` go to the log. Raises ``Stopped``."""
    lessons = Lessons(tokenizer, passages, sources, settings)
    lessons.phrases.set_neighbours(_name_vectors(model, lessons.phrases, tokenizer))
    run = Run(name, model, settings.schedule, work, minutes)

    def check(step: int) -> Mapping[str, float]:
        flat = score(listen_with(model), tokenizer, tune, settings.kinds).flat()
        print(f"{name} {step}: {summary(flat)}", flush=True)
        return flat

    loss_of = losses or (lambda wrapped, lesson: lesson_losses(wrapped, lesson, settings))
    run.train(lessons.lesson, loss_of, check, check_every)


def _name_vectors(model: ReaderModel, source: PhraseSource, tokenizer: Tokenizer) -> Tensor:
    from modelzoo.recipes.contrast import embed

    return embed(model.encoder, tokenizer, source.names)
