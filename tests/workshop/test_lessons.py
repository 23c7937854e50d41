"""Labels stand on the right pieces, every task has its loss, and the student of a teacher imitates it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

import modelzoo
from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import Attachment, Mention, Passage
from modelzoo.corpora.complaints import COMPLAINT_KINDS, ComplaintWriter
from modelzoo.corpora.pieces import ASSERTIONS, KINDS, MAX_TOKENS, cut, pack
from modelzoo.corpora.score import Heard, score
from modelzoo.recipes.bert import cut_layers
from modelzoo.recipes.blocks import BEGIN, IGNORE, INSIDE, OUTSIDE, Batch, block, collate
from modelzoo.recipes.learn import Imitation, LearnSettings, cut_reader
from modelzoo.recipes.lora import add_lora, merge_lora
from modelzoo.recipes.mixture import Mixture, Shares
from modelzoo.recipes.phrase_bank import PhraseBank
from modelzoo.recipes.reader_model import Read, ReaderModel
from modelzoo.recipes.run import Schedule, mixed
from modelzoo.recipes.teach import Lessons, TeachSettings, lesson_losses, listen_with

SOURCES = Path(__file__).parents[2] / "modelzoo" / "knowledge" / "sources"
PROBLEM, BACKGROUND, DURATION = (KINDS.index(f"clinic.{name}") for name in ("problem", "background", "duration"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(modelzoo.PACK / "tokenizer.json"))


def passage(
    text: str, *marked: tuple[str, str, Assertion | None], attached: tuple[tuple[int, int], ...] = ()
) -> Passage:
    mentions = tuple(
        Mention(text.index(w), text.index(w) + len(w), f"clinic.{k}", (c,) if c else (), None) for w, k, c in marked
    )
    links = tuple(Attachment(a, p) for a, p in attached)
    return Passage("clinic", "1", "en", text, COMPLAINT_KINDS, mentions, links)


SAID = passage(
    "no fever, cough for three days, smokes", ("fever", "problem", Assertion.ABSENT), ("cough", "problem", Assertion.PRESENT),
    ("three days", "duration", None), ("smokes", "background", Assertion.PRESENT), attached=((2, 1),),
)  # fmt: skip


def one_batch(tokenizer: Tokenizer, *passages: Passage) -> Batch:
    return collate([block([piece]) for piece in cut(tokenizer, passages)])


def test_labels_stand_on_the_first_piece_of_each_unit(tokenizer: Tokenizer) -> None:
    (piece,) = cut(tokenizer, [SAID])
    one = block([piece])
    words = {SAID.text[u.start : u.end]: 1 + u.first for u in piece.units}
    assert one.labels[words["fever"], PROBLEM] == BEGIN
    assert one.labels[words["no"], PROBLEM] == OUTSIDE
    assert [one.labels[words[w], DURATION] for w in ("three", "days")] == [BEGIN, INSIDE]
    # Whether somebody's background is a problem of today, the sets do not agree on: nothing is asked there.
    assert one.labels[words["smokes"], PROBLEM] == IGNORE
    assert one.labels[words["smokes"], BACKGROUND] == BEGIN
    assert (one.labels[0] == IGNORE).all()
    assert (one.labels[:, KINDS.index("bc5cdr.disease")] == IGNORE).all()


def test_a_long_passage_loses_nothing(tokenizer: Tokenizer) -> None:
    sentence = "no fever, cough for three days. "
    text = sentence * 40
    starts = [n * len(sentence) for n in range(40)]
    mentions = [Mention(s + 3, s + 8, "clinic.problem", (Assertion.ABSENT,)) for s in starts]
    mentions += [Mention(s + 10, s + 15, "clinic.problem") for s in starts]
    mentions += [Mention(s + 20, s + 30, "clinic.duration") for s in starts]
    links = tuple(Attachment(80 + n, 40 + n) for n in range(40))
    pieces = cut(tokenizer, [Passage("clinic", "1", "en", text, COMPLAINT_KINDS, tuple(mentions), links)])
    assert len(pieces) > 1
    assert max(len(p.ids) for p in pieces) <= MAX_TOKENS - 2
    assert "".join(f"{p.passage.text.strip()} " for p in pieces) == text
    words = [p.passage.text[m.start : m.end] for p in pieces for m in p.passage.mentions]
    assert sorted(words) == sorted(["fever", "cough", "three days"] * 40)
    assert sum(len(p.passage.attachments) for p in pieces) == 40
    for piece in pieces:
        assert [piece.passage.text[u.start : u.end] for u in piece.units][:2] == ["no", "fever"]


def test_batches_average_the_pieces_of_a_mention(tokenizer: Tokenizer) -> None:
    batch = one_batch(tokenizer, SAID, passage("rash", ("rash", "problem", Assertion.POSSIBLE)))
    assert torch.allclose(batch.mentions.sum(dim=1), torch.ones(5))
    assert batch.claims[0].tolist() == [c is Assertion.ABSENT for c in ASSERTIONS]
    assert batch.attached.tolist() == [[2, 1]]
    assert batch.rows.tolist() == [0, 0, 0, 0, 1]


def small(layers: int, words: int) -> ReaderModel:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=words, hidden_size=48, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=64,
        pad_token_id=1,
    )  # fmt: skip
    return ReaderModel(BertModel(config, add_pooling_layer=False), len(KINDS))


@pytest.fixture(scope="module")
def lessons(tokenizer: Tokenizer) -> Lessons:
    settings = TeachSettings(Schedule(2, 1e-3, 1), Shares({}), complaints=60, phrases=8)
    return Lessons(tokenizer, [], SOURCES, settings)


def test_lessons_depend_on_their_number_alone(tokenizer: Tokenizer, lessons: Lessons) -> None:
    settings = TeachSettings(Schedule(2, 1e-3, 1), Shares({}), complaints=60, phrases=8)
    again = Lessons(tokenizer, [], SOURCES, settings)
    late, early = again.lesson(7), again.lesson(1)
    assert torch.equal(late.batch.ids, lessons.lesson(7).batch.ids)
    assert torch.equal(early.batch.ids, lessons.lesson(1).batch.ids)
    assert late.phrases.owners == lessons.lesson(7).phrases.owners


def test_a_part_of_the_data_is_chosen_by_hash(tokenizer: Tokenizer) -> None:
    many = [Passage("s", str(n), "en", "cough", frozenset(("clinic.problem",))) for n in range(500)]
    mixture = Mixture(tokenizer, many, lambda _: [], Shares({"s": 1.0}, one_in=10), KINDS, 1)
    assert 20 < sum(len(group) for group in mixture.groups) < 90


@pytest.mark.parametrize("adversarial", [0.0, 0.5])
def test_every_task_teaches(tokenizer: Tokenizer, lessons: Lessons, adversarial: float) -> None:
    model = small(2, tokenizer.get_vocab_size())
    settings = TeachSettings(Schedule(2, 1e-3, 1), adversarial=adversarial)
    losses = lesson_losses(model, lessons.lesson(0), settings)
    assert set(losses) == {"spans", "claims", "attached", "phrases"} | ({"adversarial"} if adversarial else set())
    torch.stack(list(losses.values())).sum().backward()
    for name, parameter in model.named_parameters():
        if "position" not in name and "token_type" not in name:
            assert parameter.grad is not None, name


def test_a_student_that_is_its_teacher_has_nothing_to_learn(tokenizer: Tokenizer, lessons: Lessons) -> None:
    teacher = small(12, tokenizer.get_vocab_size()).eval()
    settings = LearnSettings(TeachSettings(Schedule(2, 1e-3, 1)), weights={
        "labels": 0.0, "span_logits": 1.0, "claim_logits": 1.0, "states": 1.0, "middle": 1.0, "relations": 1.0,
        "phrase_states": 1.0, "bank": 0.0,
    })  # fmt: skip
    student = cut_reader(teacher, cut_layers(teacher.encoder, (0, 2, 4, 7, 9, 11))).eval()
    losses = Imitation(teacher, student, settings).losses(student, lessons.lesson(2))
    assert all(loss.item() > 1e-9 for loss in losses.values())
    twin = small(12, tokenizer.get_vocab_size()).eval()
    with mixed():  # as in a run
        same = Imitation(teacher, twin, settings).losses(twin, lessons.lesson(2))
    assert all(loss.item() < 1e-5 for name, loss in same.items() if name != "middle")


def test_scores_are_strict_and_perfect_hearing_is_perfect(tokenizer: Tokenizer) -> None:
    written = ComplaintWriter(SOURCES).write(40, seed=2)
    truth = {tuple(b.ids): b for b in (block(held) for held in pack(cut(tokenizer, written)))}

    def oracle(ids: np.ndarray, mask: np.ndarray) -> Heard:
        n, width = ids.shape
        spans = np.zeros((n, width, len(KINDS), 3), dtype=np.float32)
        claims = np.zeros((n, width, 6), dtype=np.float32)
        for row in range(n):
            one = truth[tuple(ids[row, : int(mask[row].sum())].tolist())]
            for token, column in np.argwhere(one.labels != IGNORE):
                spans[row, token, column, one.labels[token, column]] = 9.0
            for marked in one.marked:
                for place in marked.pieces:
                    claims[row, place, list(marked.claims)] = 9.0
        flat = np.zeros((n, width, 4), dtype=np.float32)
        return Heard(flat, spans, claims, flat, flat)

    figures = score(oracle, tokenizer, written)
    # A piece may run over the edge of a word ("5)", 也很); one mention in two hundred cannot be marked exactly.
    assert figures.spans["clinic.background"].f1 > 0.9
    assert figures.spans["clinic.duration"].f1 > 0.9
    assert figures.claims["clinic"][0] == figures.claims["clinic"][1] > 50
    deaf = score(lambda ids, mask: Heard(*_nothing(ids)), tokenizer, written)
    assert deaf.spans["clinic.problem"].said == 0
    model = small(1, tokenizer.get_vocab_size()).eval()
    assert 0.0 <= score(listen_with(model), tokenizer, written).spans["clinic.problem"].f1 < 0.9


def _nothing(ids: np.ndarray) -> tuple[np.ndarray, ...]:
    n, width = ids.shape
    spans = np.zeros((n, width, len(KINDS), 3), dtype=np.float32)
    spans[..., 0] = 5.0
    flat = np.zeros((n, width, 4), dtype=np.float32)
    return flat, spans, np.zeros((n, width, 6), dtype=np.float32), flat, flat


def test_reading_gives_the_shapes_it_promises(tokenizer: Tokenizer) -> None:
    batch = one_batch(tokenizer, SAID)
    read: Read = small(1, tokenizer.get_vocab_size())(batch.ids, batch.mask)
    n, tokens = batch.ids.shape
    assert read.spans.shape == (n, tokens, len(KINDS), 3)
    assert read.claims.shape == (n, tokens, 6)
    assert read.query.shape == read.key.shape == (n, tokens, 64)


def test_the_bank_asks_for_the_finding_among_all_and_never_for_the_same_words() -> None:
    axes = torch.eye(3)
    bank = PhraseBank(torch.stack([axes[0], axes[0], axes[1], axes[2]]), ["cough", "cough", "fever", "rash"])
    assert bank.loss(axes[:1], ["cough"], [0]).item() < 1e-6
    assert bank.loss(axes[:1], ["fever"], [-1]).item() > 10
    # The only wording of a finding cannot be found without itself, and nothing is asked of an unknown one.
    assert bank.loss(axes[1:2], ["fever"], [2]).item() == 0.0
    assert bank.loss(axes[1:2], ["itch"], [-1]).item() == 0.0
    nearer = bank.loss(torch.tensor([[0.8, 0.6, 0.0]]), ["cough"], [-1])
    assert nearer.item() < bank.loss(torch.tensor([[0.6, 0.8, 0.0]]), ["cough"], [-1]).item()


def test_drawn_wordings_know_their_row(lessons: Lessons) -> None:
    drawn = lessons.lesson(3).phrases
    assert [lessons.phrases.wordings[row][0] for row in drawn.rows] == list(drawn.owners)


def test_adapters_teach_little_and_leave_a_plain_encoder(tokenizer: Tokenizer, lessons: Lessons) -> None:
    model = small(2, tokenizer.get_vocab_size())
    every = sum(p.numel() for p in model.encoder.parameters())
    add_lora(model, 4)
    assert sum(p.numel() for p in model.encoder.parameters() if p.requires_grad) < every / 4
    assert all(p.requires_grad for p in model.heads.parameters())
    losses = lesson_losses(model, lessons.lesson(0), TeachSettings(Schedule(2, 1e-3, 1)))
    torch.stack(list(losses.values())).sum().backward()
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.data -= 0.1 * parameter.grad
    ids = torch.tensor([[0, 50, 60, 2]])
    before = model.eval()(ids, torch.ones_like(ids)).states
    merge_lora(model)
    assert type(model.encoder) is BertModel
    assert torch.allclose(model(ids, torch.ones_like(ids)).states, before, atol=1e-4)
