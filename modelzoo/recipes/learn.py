"""The student learns what its teacher reads: logits, token states and attention relations, with the labels beside.

Relations after MiniLMv2 (Wang et al. 2021): who attends to whom among queries, keys and values of the last layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertModel

from modelzoo.recipes.blocks import IGNORE
from modelzoo.recipes.losses import token_loss
from modelzoo.recipes.phrase_bank import PhraseBank
from modelzoo.recipes.phrase_batches import vectors_of
from modelzoo.recipes.reader_model import Read, ReaderModel, mean_over, unit
from modelzoo.recipes.run import Losses, mixed
from modelzoo.recipes.teach import Lesson, TeachSettings, lesson_losses

# Layers of the 12 that the student's six start from, counted from 0.
KEPT_LAYERS = (0, 2, 4, 7, 9, 11)
WEIGHTS = {
    "labels": 0.5, "span_logits": 1.0, "claim_logits": 1.0, "states": 1.0, "middle": 0.3, "relations": 0.05,
    "phrase_states": 1.0, "bank": 0.3,
}  # fmt: skip


@dataclass(frozen=True)
class LearnSettings:
    """``teach`` gives schedule, mixture and the weights of the label losses; ``weights`` those of the imitation.
    An ingredient whose weight is 0 is not computed."""

    teach: TeachSettings
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    temperature: float = 1.0


class Watched:
    """An encoder whose states of all layers and last queries, keys and values are kept while it runs."""

    def __init__(self, encoder: BertModel) -> None:
        self.layers: list[Tensor] = []
        self.last: dict[str, Tensor] = {}
        for layer in encoder.encoder.layer:
            layer.register_forward_hook(self._keep_layer)
        attention = encoder.encoder.layer[-1].attention.self
        for name in ("query", "key", "value"):
            getattr(attention, name).register_forward_hook(self._keeper(name))

    def _keep_layer(self, _module: nn.Module, _given: Any, output: Any) -> None:
        self.layers.append(output[0] if isinstance(output, tuple) else output)

    def _keeper(self, name: str) -> Any:
        def keep(_module: nn.Module, _given: Any, output: Tensor) -> None:
            self.last[name] = output

        return keep

    def clear(self) -> None:
        """Forget the last run."""
        self.layers, self.last = [], {}


class Imitation:
    """Losses of a student that reads the same lessons as its teacher."""

    def __init__(
        self, teacher: ReaderModel, student: ReaderModel, settings: LearnSettings, bank: PhraseBank | None = None
    ) -> None:
        self.teacher, self.settings, self.bank = teacher.eval(), settings, bank
        self.theirs, self.ours = Watched(teacher.encoder), Watched(student.encoder)

    def losses(self, student: nn.Module, lesson: Lesson) -> Losses:
        """Weighted losses by name."""
        wanted = self.settings.weights
        batch = lesson.batch
        self.theirs.clear()
        self.ours.clear()
        with torch.no_grad(), mixed():
            told: Read = self.teacher(batch.ids, batch.mask)
        theirs, their_last = self.theirs.layers, dict(self.theirs.last)
        read: Read = student(batch.ids, batch.mask)
        ours, our_last = self.ours.layers, dict(self.ours.last)
        found: Losses = {}
        if wanted["span_logits"]:
            found["span_logits"] = _span_imitation(read, told, batch.labels, self.settings.temperature)
        if wanted["claim_logits"] and len(batch.mentions):
            found["claim_logits"] = _divergence(
                mean_over(batch.mentions, read.claims), mean_over(batch.mentions, told.claims)
            )
        if wanted["states"]:
            found["states"] = token_loss(read.states.float(), told.states.float(), batch.mask)
        if wanted["middle"]:
            pairs = [(ours[i], theirs[kept]) for i, kept in enumerate(KEPT_LAYERS[:-1])]
            found["middle"] = torch.stack([token_loss(o.float(), t.float(), batch.mask) for o, t in pairs]).mean()
        if wanted["relations"]:
            found["relations"] = relation_loss(our_last, their_last, batch.mask)
        if wanted["phrase_states"] or (wanted["bank"] and self.bank):
            found |= self._phrases(student, lesson, read)
        found = {name: wanted[name] * loss for name, loss in found.items()}
        if wanted["labels"]:
            labels = lesson_losses(student, lesson, self.settings.teach, read)
            found |= {f"label_{name}": wanted["labels"] * loss for name, loss in labels.items()}
        return found

    def _phrases(self, student: nn.Module, lesson: Lesson, read: Read) -> Losses:
        """One minus cosine of the vectors of wordings, and how well they and the mentions find their finding."""
        wanted, phrases = self.settings.weights, lesson.phrases
        ours = vectors_of(student(phrases.ids, phrases.mask).states, phrases.mask)
        found: Losses = {}
        if wanted["phrase_states"]:
            with torch.no_grad(), mixed():
                theirs = vectors_of(self.teacher(phrases.ids, phrases.mask).states, phrases.mask)
            found["phrase_states"] = (1.0 - (ours * theirs).sum(-1)).mean()
        if wanted["bank"] and self.bank:
            known = [(m, finding) for m, finding in enumerate(lesson.batch.findings) if finding is not None]
            said = unit(mean_over(lesson.batch.mentions[[m for m, _ in known]], read.states.float()))
            findings, rows = [*phrases.owners, *(f for _, f in known)], [*phrases.rows, *(-1 for _ in known)]
            found["bank"] = self.bank.loss(torch.cat([ours, said]), findings, rows)
        return found


def _span_imitation(read: Read, told: Read, labels: Tensor, temperature: float) -> Tensor:
    """Divergence at every unit and kind that was asked for in the batch, a mean over the units."""
    units = (labels != IGNORE).any(dim=-1)
    ours, theirs = read.spans[units].float() / temperature, told.spans[units].float() / temperature
    logs, wanted = ours.log_softmax(-1), theirs.log_softmax(-1)
    return (wanted.exp() * (wanted - logs)).sum() / max(1, int(units.sum())) * temperature**2


def _divergence(ours: Tensor, theirs: Tensor) -> Tensor:
    logs, wanted = ours.float().log_softmax(-1), theirs.float().log_softmax(-1)
    return (wanted.exp() * (wanted - logs)).sum(-1).mean()


def relation_loss(ours: Mapping[str, Tensor], theirs: Mapping[str, Tensor], mask: Tensor, heads: int = 12) -> Tensor:
    """Mean divergence of the relations query-query, key-key and value-value, over real tokens."""
    blocked = (mask == 0)[:, None, None, :]
    rows = mask[:, None, :].float()
    total = torch.zeros(())
    for name in ("query", "key", "value"):
        logs = [_relations(x[name], heads).masked_fill(blocked, -1e4).log_softmax(-1) for x in (ours, theirs)]
        divergence = (logs[1].exp() * (logs[1] - logs[0])).sum(-1)
        total = total + (divergence * rows).sum() / (rows.sum() * heads)
    return total / 3


def _relations(states: Tensor, heads: int) -> Tensor:
    """``(n, tokens, width)`` to ``(n, heads, tokens, tokens)`` scaled products."""
    n, tokens, width = states.shape
    split = states.float().view(n, tokens, heads, width // heads).transpose(1, 2)
    return split @ split.transpose(-1, -2) / (width // heads) ** 0.5


def cut_reader(teacher: ReaderModel, encoder: BertModel) -> ReaderModel:
    """A student over ``encoder`` with its teacher's heads to start from."""
    student = ReaderModel(encoder, teacher.heads.kinds)
    student.heads.load_state_dict(teacher.heads.state_dict())
    return student
