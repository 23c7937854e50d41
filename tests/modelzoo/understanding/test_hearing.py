"""What was heard of units is laid over tokens, and rules and ear decide together."""

from __future__ import annotations

import numpy as np
import pytest

from modelzoo.contract.case import Assertion
from modelzoo.runtime.listening import Heard
from modelzoo.runtime.units import Unit
from modelzoo.understanding.hearing import CLAIMS, Hearing, RuleWeights, decide
from modelzoo.understanding.text import plain_text
from modelzoo.understanding.tokens import tokenize

KINDS = ("clinic.problem", "clinic.duration")


def hearing(text: str, words: list[str], labels: dict[str, tuple[str, str]], claims: dict[str, Assertion]) -> Hearing:
    """``labels``: word -> kind and "B" or "I"; every word is a unit of its own."""
    units, at = [], 0
    for number, word in enumerate(words):
        start = text.index(word, at)
        at = start + len(word)
        units.append(Unit(number, number + 1, start, at))
    spans = np.zeros((len(units), len(KINDS), 3), dtype=np.float32)
    spans[..., 0] = 6.0
    said = np.zeros((len(units), 6), dtype=np.float32)
    query, key = np.zeros((2, len(units), 4), dtype=np.float32)
    for number, word in enumerate(words):
        if word in labels:
            kind, label = labels[word]
            spans[number, KINDS.index(kind), 0] = 0.0
            spans[number, KINDS.index(kind), "OBI".index(label)] = 6.0
        if word in claims:
            said[number, CLAIMS.index(claims[word])] = 5.0
        key[number, number % 4] = 1.0
        query[number, (number - 1) % 4] = 1.0  # an attribute belongs to the word before it
    plain = plain_text(text)
    states = np.eye(len(units), 8, dtype=np.float32)
    heard = Heard(tuple(units), states, spans, said, query, key)
    return Hearing(heard, KINDS, plain, tokenize(plain.plain))


def test_spans_claims_and_owners_are_found_by_token() -> None:
    text = "No Fever, COUGH ３ days"
    words = ["No", "Fever", ",", "COUGH", "３", "days"]
    labels = {"Fever": ("clinic.problem", "B"), "COUGH": ("clinic.problem", "B"), "３": ("clinic.duration", "B"),
              "days": ("clinic.duration", "I")}  # fmt: skip
    ear = hearing(text, words, labels, {"Fever": Assertion.ABSENT, "COUGH": Assertion.PRESENT})
    problems = [(s.first, s.last) for s in ear.spans("clinic.problem")]
    assert problems == [(1, 2), (3, 4)]
    (duration,) = ear.spans("clinic.duration")
    assert (duration.first, duration.last) == (4, 6)
    assert duration.confidence > 0.9
    assert CLAIMS[int(np.argmax(ear.claims(1, 2)))] is Assertion.ABSENT
    assert ear.owner(duration, problems) == 1
    assert ear.inside("clinic.problem", 0, 1) < 0.1 < 0.9 < ear.inside("clinic.problem", 1, 2)
    vector = ear.vector(1, 2)
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1.0)


def test_what_was_not_heard_is_told_apart_from_silence() -> None:
    ear = hearing("cough", ["cough"], {}, {})
    assert ear.spans("clinic.problem") == []
    assert ear.heard(0, 1)
    nothing = Heard((), *(np.zeros((0, 1), dtype=np.float32) for _ in range(5)))
    plain = plain_text("cough")
    deaf = Hearing(nothing, KINDS, plain, tokenize(plain.plain))
    assert deaf.spans("clinic.problem") == []
    assert deaf.claims(0, 1) is None
    assert deaf.vector(0, 1) is None
    assert not deaf.heard(0, 1)


def chances(**given: float) -> np.ndarray:
    return np.array([given.get(claim.value, 0.01) for claim in CLAIMS], dtype=np.float32)


@pytest.mark.parametrize(
    ("ruled", "fired", "heard", "weight", "claim"),
    [
        (Assertion.PRESENT, False, None, 2.0, Assertion.PRESENT),
        (Assertion.ABSENT, True, None, 2.0, Assertion.ABSENT),
        (Assertion.PRESENT, False, chances(family=0.9), 2.0, Assertion.FAMILY),
        (Assertion.ABSENT, True, chances(present=0.6, absent=0.3), 2.0, Assertion.ABSENT),
        (Assertion.ABSENT, True, chances(present=0.97, absent=0.01), 2.0, Assertion.PRESENT),
        (Assertion.ABSENT, True, chances(present=0.6, absent=0.3), 0.0, Assertion.PRESENT),
    ],
)
def test_a_rule_that_fired_weighs_and_does_not_rule(
    ruled: Assertion, fired: bool, heard: np.ndarray | None, weight: float, claim: Assertion
) -> None:
    assert decide(ruled, fired, heard, RuleWeights(weight, 0.0)) is claim


def test_where_no_rule_fires_presence_gets_the_benefit_of_the_doubt() -> None:
    heard = np.array([0.4, 0.6, 0.0, 0.0, 0.0, 0.0], dtype=np.float32)
    assert decide(Assertion.PRESENT, False, heard, RuleWeights(0.0, 0.0)) is Assertion.ABSENT
    assert decide(Assertion.PRESENT, False, heard, RuleWeights(0.0, 1.0)) is Assertion.PRESENT
