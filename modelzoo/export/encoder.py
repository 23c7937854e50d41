"""Writes the encoder's files into a pack: ``encoder.onnx``, ``tokenizer.json`` and the manifest over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer
from transformers import BertModel

from modelzoo.contract.manifest import MANIFEST_NAME, EncoderShape, Manifest
from modelzoo.export.golden import GOLDEN_TEXTS, golden_of, inputs_of, sentence_vectors
from modelzoo.export.graph import Head, export_graph
from modelzoo.export.pack import EncoderFacts, Origin, write_manifest
from modelzoo.export.quantise import SHIPPED, quantise

MAX_TOKENS = 128
MAX_ENCODER_BYTES = 30_000_000
# Below the worst golden cosine of this machine by this much: room for processors with other int8 kernels, and far
# less than any real damage costs.
GOLDEN_MARGIN = 0.01


@dataclass(frozen=True)
class ExportedEncoder:
    """The manifest as written, and the fp32 graph that was kept beside the work for measuring."""

    manifest: Manifest
    fp32: Path


def export_encoder(
    model: BertModel,
    heads: Mapping[str, Head],
    kinds: Sequence[str],
    tokenizer: str,
    pack: Path,
    work: Path,
    *,
    licence: str,
    base: Sequence[str],
    samples: Sequence[str] = GOLDEN_TEXTS,
    evaluation: Mapping[str, Any] | None = None,
) -> ExportedEncoder:
    """Export, quantise and describe. ``heads``: linear layers by output; ``kinds``: what the span head tells apart;
    ``tokenizer``: the text of tokenizer.json; ``samples``: texts like those that will be read, to even activations by.

    Raises ``ValueError`` where the files together are over 30 MB, or the tokenizer has other pieces than the model.
    """
    pack.mkdir(parents=True, exist_ok=True)
    fp32, int8, pieces = work / "encoder.fp32.onnx", pack / "encoder.onnx", pack / "tokenizer.json"
    # Vectors of wordings belong to the encoder that made them; better missing, with a clear error, than silently wrong.
    # So do figures and thresholds: another encoder starts with none.
    for vectors in ("phrase_vectors.npz", "condition_vectors.npz", "urgency_reader.npz"):
        (pack / vectors).unlink(missing_ok=True)
    (pack / MANIFEST_NAME).unlink(missing_ok=True)
    size = Tokenizer.from_str(tokenizer).get_vocab_size()
    if size != int(model.config.vocab_size):
        raise ValueError(f"the tokenizer has {size} pieces, the model {model.config.vocab_size}")
    export_graph(model, fp32, heads)
    pieces.write_text(tokenizer, encoding="utf-8")
    quantise(fp32, int8, SHIPPED, inputs_of(pieces, samples, MAX_TOKENS))
    total = int8.stat().st_size + pieces.stat().st_size
    if total > MAX_ENCODER_BYTES:
        raise ValueError(f"the encoder takes {total} bytes, the limit is {MAX_ENCODER_BYTES}")
    golden = golden_of(fp32, pieces, MAX_TOKENS)
    found = sentence_vectors(int8, pieces, GOLDEN_TEXTS, MAX_TOKENS)
    expected = np.array([item.vector for item in golden], dtype=np.float32)
    worst = float((found * expected).sum(axis=1).min())
    facts = EncoderFacts(
        shape=EncoderShape(int(model.config.hidden_size), MAX_TOKENS, size, tuple(kinds)),
        golden=golden,
        golden_min_cosine=round(worst - GOLDEN_MARGIN, 3),
        origins={name: Origin(licence, tuple(base)) for name in (int8.name, pieces.name)},
    )
    return ExportedEncoder(write_manifest(pack, encoder=facts, evaluation=evaluation), fp32)
