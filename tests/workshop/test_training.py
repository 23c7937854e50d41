"""Both training stages on a model of two layers: losses fall, a stopped run goes on, held-out wordings stay out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from modelzoo.corpora.phrases import Phrase
from modelzoo.recipes.bert import add_rows, cut_layers, pool
from modelzoo.recipes.checkpoint import new_state
from modelzoo.recipes.contrast import PhraseSampler, disturb
from modelzoo.recipes.distill import (
    DistillSettings,
    DistillTargets,
    batches_from,
    distill,
    distill_loss,
    sentence_centre,
    take_step,
)
from modelzoo.recipes.losses import contrast_loss, relation_loss, sentence_loss
from modelzoo.recipes.teacher import TokenisedTexts, cache_states

WIDTH, VOCABULARY = 32, 40


def tiny_model(layers: int, seed: int) -> BertModel:
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.2,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture
def texts() -> TokenisedTexts:
    rng = np.random.default_rng(3)
    rows = [[0, *rng.integers(4, VOCABULARY, size=int(rng.integers(1, 10))).tolist(), 2] for _ in range(48)]
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    return TokenisedTexts(np.array([piece for row in rows for piece in row], dtype=np.int32), starts)


@pytest.fixture
def targets(texts: TokenisedTexts, tmp_path: Path) -> DistillTargets:
    states = cache_states(tiny_model(4, seed=1), texts, tmp_path / "teacher.f16", batch=16)
    return DistillTargets(texts, states, sentence_centre(texts, states))


def test_cached_states_are_those_of_the_teacher(texts: TokenisedTexts, tmp_path: Path) -> None:
    teacher = tiny_model(2, seed=1)
    states = cache_states(teacher, texts, tmp_path / "teacher.f16", batch=5)
    ids, mask = texts.batch([7])
    with torch.no_grad():
        expected = teacher(ids, attention_mask=mask).last_hidden_state[0].numpy()
    found = states[texts.starts[7] : texts.starts[8]].astype(np.float32)
    assert np.abs(found - expected).max() < 0.1, "bfloat16 and fp16 are all that lies between"


def test_every_text_once_an_epoch_and_a_resumed_run_goes_on(texts: TokenisedTexts) -> None:
    per_epoch = -(-len(texts) // 10)
    whole = batches_from(texts.lengths(), 10, seed=5, step=0)
    first = [next(whole) for _ in range(2 * per_epoch)]
    assert sorted(row for rows in first[:per_epoch] for row in rows) == list(range(len(texts)))
    later = batches_from(texts.lengths(), 10, seed=5, step=per_epoch + 2)
    assert next(later) == first[per_epoch + 2]


def test_distilling_lowers_every_loss(targets: DistillTargets) -> None:
    student = tiny_model(2, seed=9)
    rows = list(range(32))
    state = new_state(student, peak_rate=3e-3, steps=60, warm_up=5, weight_decay=0.0)
    before = {name: loss.item() for name, loss in distill_loss(student, targets, rows).items()}
    words = student.embeddings.word_embeddings.weight.clone()
    for _ in range(40):
        take_step(state, distill_loss(student, targets, rows))
    after = {name: loss.item() for name, loss in distill_loss(student, targets, rows).items()}
    for name in before:
        assert after[name] < 0.8 * before[name], name
    assert torch.equal(student.embeddings.word_embeddings.weight, words), "word embeddings stay those of the base"


def test_stopped_run_ends_where_the_whole_run_ends(targets: DistillTargets, tmp_path: Path) -> None:
    settings = DistillSettings(steps=8, batch=16, warm_up=2)
    whole, stopped, resumed = (tiny_model(2, seed=9) for _ in range(3))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    distill(whole, targets, settings, tmp_path / "a", resume=False)
    state = new_state(stopped, settings.peak_rate, settings.steps, settings.warm_up, settings.weight_decay)
    stopped.train()
    batches = batches_from(targets.texts.lengths(), settings.batch, settings.seed, 0)
    for _ in range(3):
        take_step(state, distill_loss(stopped, targets, next(batches)))
    state.save(tmp_path / "b" / "distill.pt")
    distill(resumed, targets, settings, tmp_path / "b", resume=True)
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)


def test_layers_are_copied_in_order() -> None:
    base = tiny_model(4, seed=2)
    cut = cut_layers(base, (1, 3))
    for new, old in ((0, 1), (1, 3)):
        wanted = base.encoder.layer[old].output.dense.weight
        assert torch.equal(cut.encoder.layer[new].output.dense.weight, wanted)
        assert cut.encoder.layer[new].output.dense.weight.data_ptr() != wanted.data_ptr()


def test_pooling_ignores_padding() -> None:
    states = torch.tensor([[[3.0, 0.0], [0.0, 4.0], [100.0, 100.0]]])
    assert torch.allclose(pool(states, torch.tensor([[1, 1, 0]])), torch.tensor([[0.6, 0.8]]))


def test_losses_are_least_for_equal_vectors() -> None:
    torch.manual_seed(0)
    vectors = torch.nn.functional.normalize(torch.randn(6, 8), dim=-1)
    centre = vectors.mean(dim=0)
    assert sentence_loss(vectors, vectors, centre).item() == pytest.approx(0.0, abs=1e-6)
    assert relation_loss(vectors, vectors, centre).item() == pytest.approx(0.0, abs=1e-6)
    assert relation_loss(vectors.flip(0), vectors, centre).item() > 0.01


def test_contrast_by_hand() -> None:
    vectors = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    right = contrast_loss(vectors, torch.tensor([0, 0, 1, 1]))
    wrong = contrast_loss(vectors, torch.tensor([0, 1, 0, 1]))
    # cosine 1 over temperature 0.05 is 20: the right pair wins by 20 nats, the wrong one loses by as much
    assert right.item() == pytest.approx(0.0, abs=1e-3)
    assert wrong.item() == pytest.approx(20.0, abs=1e-3)


def test_sampler_labels_every_wording_with_its_finding() -> None:
    phrases = [Phrase(finding, "en", f"{finding} {n}", n == 0) for finding in ("aa", "bb", "cc") for n in range(4)]
    sampler = PhraseSampler(phrases, torch.eye(3), ["aa", "bb", "cc"], seed=1)
    texts, labels = sampler.draw(3, 2)
    assert len(texts) == 6
    for text, label in zip(texts, labels.tolist(), strict=True):
        assert text.lower()[0] == "abc"[label]


def test_disturbing_changes_at_most_one_letter_or_the_case() -> None:
    rng = np.random.default_rng(0)
    seen = {disturb("sore throat", rng) for _ in range(200)}
    assert "sore throat" in seen
    assert len(seen) > 5
    assert "SORE THROAT" in seen
    assert all(abs(len(text) - len("sore throat")) <= 1 for text in seen)


def test_only_added_rows_of_the_word_embeddings_are_trained(targets: DistillTargets) -> None:
    small = tiny_model(2, seed=9)
    grown = add_rows(small, torch.zeros(2, WIDTH))
    ids, mask = targets.texts.batch([0, 1])
    with torch.no_grad():
        before = small(ids, attention_mask=mask).last_hidden_state
        assert torch.allclose(grown(ids, attention_mask=mask).last_hidden_state, before)
    state = new_state(grown, peak_rate=1e-3, steps=10, warm_up=1, weight_decay=0.1, new_rows=2)
    for _ in range(3):
        found = grown(torch.tensor([[0, VOCABULARY, 5, 2]])).last_hidden_state
        take_step(state, {"any": found.square().sum() + found.sum()})
    words = grown.embeddings.word_embeddings.weight.detach()
    assert torch.equal(words[:VOCABULARY], small.embeddings.word_embeddings.weight)
    assert words[VOCABULARY].abs().max() > 0, "the added row that was met has moved"
    assert not words[VOCABULARY + 1].any(), "the added row that was not met has not"
