"""A long text is heard in windows, and nothing shows where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import modelzoo
from modelzoo.runtime.listening import CONTEXT, Heard, listen, windows
from modelzoo.runtime.units import decode, units

KINDS, MAX_TOKENS = 2, 64


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    pieces = Tokenizer.from_file(str(modelzoo.PACK / "tokenizer.json"))
    pieces.no_truncation()
    pieces.no_padding()
    return pieces


class Parrot:
    """A graph that says of every piece its own number, and remembers how long the texts were that it was given."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def __call__(self, names: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
        ids = inputs["input_ids"]
        self.lengths.append(ids.shape[1])
        widths = {"token_states": 4, "spans": 3 * KINDS, "claims": 6, "attach_query": 5, "attach_key": 5}
        return [np.repeat(ids[..., None].astype(np.float32), widths[name], axis=2) for name in names]


def hear(text: str, tokenizer: Tokenizer) -> tuple[Heard, Parrot]:
    parrot = Parrot()
    return listen(parrot, tokenizer, text, KINDS, MAX_TOKENS), parrot


LONG = "Fever for three days. He coughs at night and cannot sleep, 咳嗽有痰，晚上加重。No rash. " * 30


@pytest.mark.parametrize("text", [LONG, LONG.replace(".", "").replace("。", ""), "咳" * 500, "a" * 3_000, "x y " * 400])
def test_each_unit_is_heard_once_by_its_own_piece(tokenizer: Tokenizer, text: str) -> None:
    heard, parrot = hear(text, tokenizer)
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    assert len(parrot.lengths) > 1
    assert max(parrot.lengths) <= MAX_TOKENS
    assert [int(row[0]) for row in heard.states] == [ids[unit.first] for unit in heard.units]
    assert heard.spans.shape == (len(heard.units), KINDS, 3)
    covered = [p for unit in heard.units for p in range(unit.first, unit.last)]
    assert covered == sorted(set(covered))


def test_windows_end_where_sentences_do(tokenizer: Tokenizer) -> None:
    encoding = tokenizer.encode(LONG, add_special_tokens=False)
    found = units(LONG, encoding.offsets)
    starts = {unit.first: unit.start for unit in found}
    ranges = windows(LONG, found, len(encoding.ids), MAX_TOKENS - 2 - 2 * CONTEXT)
    assert [first for first, _ in ranges[1:]] == [last for _, last in ranges[:-1]]
    ends = [LONG[: starts[last]].rstrip()[-1] for _, last in ranges[:-1]]
    assert set(ends) <= {".", "。"}


def test_a_short_text_is_read_in_one_go(tokenizer: Tokenizer) -> None:
    heard, parrot = hear("cough and fever", tokenizer)
    assert parrot.lengths == [len(tokenizer.encode("cough and fever").ids)]
    assert ["cough and fever"[u.start : u.end] for u in heard.units] == ["cough", "and", "fever"]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_heard_with_right_offsets(text: str) -> None:
    pieces = Tokenizer.from_file(str(modelzoo.PACK / "tokenizer.json"))
    pieces.no_truncation()
    sound = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    heard, _ = hear(sound, pieces)
    for unit in heard.units:
        assert 0 <= unit.start < unit.end <= len(sound)
        assert sound[unit.start : unit.end].strip()
    assert [u.start for u in heard.units] == sorted(u.start for u in heard.units)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [("OBIIO", [(1, 4)]), ("BBI", [(0, 1), (1, 3)]), ("OOO", []), ("OIO", []), ("BIB", [(0, 2), (2, 3)])],
)
def test_spans_are_decoded_on_the_best_allowed_path(labels: str, spans: list[tuple[int, int]]) -> None:
    # "inside" with nothing begun is not a path; outside is nearly as likely there
    logits = np.full((len(labels), 3), -4.0, dtype=np.float32)
    for index, label in enumerate(labels):
        logits[index, "OBI".index(label)] = 4.0
        if label == "I" and (index == 0 or labels[index - 1] == "O"):
            logits[index, 0] = 3.0
    assert decode(logits) == spans
    assert decode(np.zeros((0, 3), dtype=np.float32)) == []
