"""The base and its cut students as ``transformers`` BERT models, with the pooling that gives a sentence vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from transformers import BertConfig, BertModel

from modelzoo.recipes.q4 import BaseWeights

# Names in the file on the left, names in a transformers BertLayer on the right.
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_NORMS = ("aln", "oln")


def build_base(weights: BaseWeights, kept: npt.NDArray[np.int64]) -> BertModel:
    """The 12-layer base with the embedding rows ``kept`` only, in evaluation mode."""
    shape = weights.shape
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        # The file holds 1e-12 as fp32; written out it would be 9.999999960041972e-13.
        layer_norm_eps=float(f"{weights.layer_norm_epsilon:.3g}"),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(weights, kept), strict=True)
    return model.eval()


def _state(weights: BaseWeights, kept: npt.NDArray[np.int64]) -> dict[str, Tensor]:
    tensors, shape = weights.tensors, weights.shape
    hidden = shape.hidden
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden)[kept],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(shape.layers):
        for short, long in _LAYER_PARTS.items():
            prefix = f"encoder.layer.{layer}.{long}"
            bias = tensors[f"l{layer}.{short}.b"]
            matrix = tensors[f"l{layer}.{short}.w"]
            state[f"{prefix}.weight"] = matrix if short in _NORMS else matrix.reshape(bias.size, -1)
            state[f"{prefix}.bias"] = bias
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}


def cut_layers(base: BertModel, layers: Sequence[int]) -> BertModel:
    """A new model that keeps only ``layers`` of ``base``, in that order, with copied weights."""
    config = BertConfig.from_dict({**base.config.to_dict(), "num_hidden_layers": len(layers)})
    student = BertModel(config, add_pooling_layer=False)
    state = {name: value.clone() for name, value in base.state_dict().items() if not name.startswith("encoder.")}
    for new, old in enumerate(layers):
        source = base.encoder.layer[old].state_dict()
        state.update({f"encoder.layer.{new}.{name}": value.clone() for name, value in source.items()})
    student.load_state_dict(state, strict=True)
    return student.eval()


def pool(token_states: Tensor, attention_mask: Tensor) -> Tensor:
    """Mean over real tokens, then length 1: ``(n, tokens, width)`` and ``(n, tokens)`` give ``(n, width)``."""
    mask = attention_mask.unsqueeze(-1).to(token_states.dtype)
    mean = (token_states * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1.0)
    return torch.nn.functional.normalize(mean, dim=-1)
