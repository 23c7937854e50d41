"""Every pattern has an example that it marks."""

from __future__ import annotations

import tomllib

import pytest

import modelzoo
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.understanding.patterns import FILE, load_sayings, match_sayings
from modelzoo.understanding.text import plain_text
from modelzoo.understanding.tokens import tokenize

RAW = tomllib.loads(FILE.read_text(encoding="utf-8"))
KNOWN = read_knowledge((modelzoo.PACK / "knowledge.json").read_bytes()).findings
SAYINGS = load_sayings(KNOWN)


@pytest.mark.parametrize("entry", RAW["pattern"], ids=lambda entry: entry["example"][0])
def test_the_example_is_marked(entry: dict[str, object]) -> None:
    example = entry["example"]
    assert isinstance(example, list)
    plain = plain_text(example[0]).plain
    tokens = tokenize(plain)
    marked = match_sayings(SAYINGS, plain, tokens, set())
    words = {plain[tokens[m.first].start : tokens[m.last - 1].end]: m.finding for m in marked}
    assert example[1] in words
    if entry["finding"] != "site":
        assert words[example[1]] == entry["finding"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [("pain in the left thigh", "leg_pain"), ("pain in the lower belly", "lower_abdominal_pain"), ("my knees hurt", "knee_pain"),
     ("severe pain in left testicle", "testicular_pain"), ("小腹一直胀痛", "lower_abdominal_pain"), ("肩膀特别疼", "shoulder_pain")],
)  # fmt: skip
def test_the_site_decides(text: str, finding: str) -> None:
    plain = plain_text(text).plain
    assert [m.finding for m in match_sayings(SAYINGS, plain, tokenize(plain), set())] == [finding]


@pytest.mark.parametrize(
    "text", ["took 2 paracetamol tablets", "took my tablets", "吃了一片药", "a pain in life", "no pain"]
)
def test_ordinary_sayings_are_left_alone(text: str) -> None:
    plain = plain_text(text).plain
    assert match_sayings(SAYINGS, plain, tokenize(plain), set()) == []


def test_words_that_are_taken_stay_taken() -> None:
    plain = "pain in the left thigh"
    assert match_sayings(SAYINGS, plain, tokenize(plain), {4}) == []


def test_a_pattern_for_an_unknown_finding_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        load_sayings({"chest_pain"})
