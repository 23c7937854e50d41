"""Small parts of the recipe: layers cut out, pooling, contrast, mistyped wordings."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from modelzoo.recipes.bert import cut_layers, pool
from modelzoo.recipes.losses import contrast_loss
from modelzoo.recipes.wordings import disturb

WIDTH, VOCABULARY = 32, 40


def tiny_model(layers: int) -> BertModel:
    torch.manual_seed(2)
    config = BertConfig(
        vocab_size=VOCABULARY, hidden_size=WIDTH, num_hidden_layers=layers, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=16,
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval()


def test_layers_are_copied_in_order() -> None:
    base = tiny_model(4)
    cut = cut_layers(base, (1, 3))
    for new, old in ((0, 1), (1, 3)):
        wanted = base.encoder.layer[old].output.dense.weight
        assert torch.equal(cut.encoder.layer[new].output.dense.weight, wanted)
        assert cut.encoder.layer[new].output.dense.weight.data_ptr() != wanted.data_ptr()


def test_pooling_ignores_padding() -> None:
    states = torch.tensor([[[3.0, 0.0], [0.0, 4.0], [100.0, 100.0]]])
    assert torch.allclose(pool(states, torch.tensor([[1, 1, 0]])), torch.tensor([[0.6, 0.8]]))


def test_contrast_by_hand() -> None:
    vectors = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    right = contrast_loss(vectors, torch.tensor([0, 0, 1, 1]))
    wrong = contrast_loss(vectors, torch.tensor([0, 1, 0, 1]))
    # cosine 1 over temperature 0.05 is 20: the right pair wins by 20 nats, the wrong one loses by as much
    assert right.item() == pytest.approx(0.0, abs=1e-3)
    assert wrong.item() == pytest.approx(20.0, abs=1e-3)


def test_disturbing_changes_at_most_one_letter_or_the_case() -> None:
    rng = np.random.default_rng(0)
    seen = {disturb("sore throat", rng) for _ in range(200)}
    assert "sore throat" in seen
    assert len(seen) > 5
    assert "SORE THROAT" in seen
    assert all(abs(len(text) - len("sore throat")) <= 1 for text in seen)
