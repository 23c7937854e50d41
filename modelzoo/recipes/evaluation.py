"""The figures that go into the manifest and the model card, all measured in one run on the same wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import BertModel

from modelzoo.corpora.phrases import Phrase
from modelzoo.export.golden import sentence_vectors
from modelzoo.recipes.contrast import embed
from modelzoo.recipes.measure import Embed, agreement, link_figures
from modelzoo.recipes.reference import stock_base, stock_minilm

AGREEMENT_TEXTS = 2_000


def torch_embed(model: BertModel, tokenizer: Tokenizer) -> Embed:
    """A model of the workshop as a function from texts to vectors."""
    return lambda texts: embed(model, tokenizer, texts).numpy()


def graph_embed(graph: Path, tokenizer: Path, max_tokens: int) -> Embed:
    """An ONNX file as a function from texts to vectors, each text by itself as on the device."""
    return lambda texts: sentence_vectors(graph, tokenizer, tuple(texts), max_tokens)


def linking_table(models: Mapping[str, Embed], phrases: Sequence[Phrase]) -> dict[str, Any]:
    """``link_figures`` of each model as plain values, by the model's name."""
    table: dict[str, Any] = {}
    for name, function in models.items():
        table[name] = {task: asdict(figures) for task, figures in link_figures(function, phrases).items()}
        print(name, table[name], flush=True)
    return table


def reference_models(packages: Path) -> dict[str, Embed]:
    """What the student has to beat: the whole base and the English MiniLM."""
    return {
        "base, 12 layers, stock": torch_embed(*stock_base(packages)),
        "MiniLM-L6 (English), stock": torch_embed(*stock_minilm(packages)),
    }


def agreement_table(models: Mapping[str, Embed], teacher: Embed, texts: Sequence[str]) -> dict[str, Any]:
    """Nearness of each model to the teacher over evenly spaced ``texts``."""
    sample = list(texts)[:: max(1, len(texts) // AGREEMENT_TEXTS)][:AGREEMENT_TEXTS]
    truth = teacher(sample)
    return {name: agreement(function(sample), truth) for name, function in models.items()}
