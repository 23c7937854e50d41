"""Trimming a Unigram vocabulary leaves covered text cut exactly as before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from modelzoo.recipes import vocabulary
from modelzoo.recipes.vocabulary import count_pieces, extend, trim

PIECES: list[tuple[str, float]] = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("a", -3.0),
    ("e", -3.1),
    ("f", -3.2),
    ("r", -3.3),
    ("v", -3.4),
    ("▁fe", -4.0),
    ("ver", -4.1),
    ("▁fever", -5.0),
    ("▁жар", -5.5),
    ("疼", -6.0),
    ("肚", -6.1),
    ("肚子", -6.2),
    ("子", -6.3),
    ("ح", -7.0),
]


@pytest.fixture
def base() -> dict[str, Any]:
    tokenizer = Tokenizer(models.Unigram(PIECES, unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([AddedToken(piece, special=True) for piece in ("<s>", "<pad>", "</s>", "<unk>")])
    parsed: dict[str, Any] = json.loads(tokenizer.to_str())
    return parsed


def test_covered_text_keeps_its_pieces(base: dict[str, Any]) -> None:
    whole = Tokenizer.from_str(json.dumps(base))
    texts = ["fever 肚子疼", "a fever"]
    trimmed = trim(base, count_pieces(whole, texts), target=0)
    small = trimmed.load()
    assert small.get_vocab_size() < whole.get_vocab_size()
    for text in texts:
        assert small.encode(text).tokens == whole.encode(text).tokens


def test_rows_follow_the_kept_pieces(base: dict[str, Any]) -> None:
    whole = Tokenizer.from_str(json.dumps(base))
    trimmed = trim(base, count_pieces(whole, ["fever"]), target=0)
    small = trimmed.load()
    for new, old in enumerate(trimmed.kept.tolist()):
        assert small.id_to_token(new) == whole.id_to_token(old)
    kept = {PIECES[index][0] for index in trimmed.kept.tolist()}
    assert {"<s>", "<pad>", "</s>", "<unk>", "▁", "a", "▁fever", "疼"} <= kept
    assert not {"▁жар", "ح"} & kept, "what nobody here writes is left out"


def test_unknown_piece_still_has_a_place(base: dict[str, Any]) -> None:
    trimmed = trim(base, count_pieces(Tokenizer.from_str(json.dumps(base)), []), target=0)
    assert "<unk>" in [trimmed.load().id_to_token(index) for index in trimmed.load().encode("ح").ids]


def test_target_is_filled_with_likely_words(base: dict[str, Any]) -> None:
    counts = count_pieces(Tokenizer.from_str(json.dumps(base)), [])
    few, more = trim(base, counts, target=0), trim(base, counts, target=100)
    added = {PIECES[index][0] for index in set(more.kept.tolist()) - set(few.kept.tolist())}
    assert "▁fever" in added
    assert "▁жар" not in added


def test_more_than_the_limit_is_refused(base: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MAX_PIECES", 5)
    with pytest.raises(ValueError, match="the limit is 5"):
        trim(base, count_pieces(Tokenizer.from_str(json.dumps(base)), ["fever"]), target=0)


def test_text_of_the_tokenizer_is_deterministic(base: dict[str, Any]) -> None:
    counts = count_pieces(Tokenizer.from_str(json.dumps(base)), ["fever"])
    assert trim(base, counts, 0).dumps() == trim(base, counts, 0).dumps()


def test_characters_without_a_piece_get_one_at_the_end(base: dict[str, Any]) -> None:
    trimmed = trim(base, count_pieces(Tokenizer.from_str(json.dumps(base)), ["fever 肚子疼"]), target=0)
    extension = extend(trimmed, base, ["疥疼 fever", "绀"])
    assert extension.characters == ("疥", "绀")
    assert extension.base_rows == (-1, -1)
    larger, small = extension.vocabulary.load(), trimmed.load()
    assert larger.encode("fever 肚子疼").ids == small.encode("fever 肚子疼").ids
    unknown = small.token_to_id("<unk>")
    assert unknown in small.encode("疥").ids
    assert unknown not in larger.encode("疥").ids
    assert larger.encode("疥").ids[-1] == len(trimmed.kept)
    assert extension.vocabulary.kept[-2:].tolist() == [-1, -1]


def test_trimmed_character_gets_the_row_of_the_base_back(base: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "COMMON_HAN", 0)
    trimmed = trim(base, count_pieces(Tokenizer.from_str(json.dumps(base)), ["fever"]), target=0)
    extension = extend(trimmed, base, ["肚"])
    assert [PIECES[row][0] for row in extension.base_rows] == ["肚"]
