"""Units begin where a word does, whatever the pieces do."""

from __future__ import annotations

from modelzoo.runtime.units import units


def stretches(text: str, offsets: list[tuple[int, int]]) -> list[str]:
    return [text[u.start : u.end] for u in units(text, offsets)]


def test_pieces_of_one_word_are_one_unit_and_blanks_belong_to_none() -> None:
    text = "chest pain, 38.5"
    offsets = [(0, 0), (0, 2), (2, 5), (5, 10), (10, 11), (11, 14), (14, 15), (15, 16), (0, 0)]
    assert stretches(text, offsets) == ["chest", "pain", ",", "38", ".", "5"]
    found = units(text, offsets)
    assert (found[0].first, found[0].last) == (1, 3)
    assert (found[1].start, found[1].end) == (6, 10)


def test_each_han_character_may_begin_a_unit() -> None:
    assert stretches("头疼三天", [(0, 0), (0, 2), (2, 3), (3, 4), (0, 0)]) == ["头疼", "三", "天"]


def test_a_piece_that_begins_inside_a_word_goes_on_with_it() -> None:
    # A tokenizer that normalises may cut where no word begins; nothing is lost and no label falls between.
    assert stretches("abcdef", [(0, 3), (3, 6)]) == ["abcdef"]
    assert stretches("", []) == []
    assert stretches("   ", [(0, 3)]) == []
