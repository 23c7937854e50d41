"""The gist of a text holds what is claimed of the patient apart from all else."""

from __future__ import annotations

import numpy as np
import pytest

from modelzoo.contract.case import Assertion
from modelzoo.runtime.listening import Heard
from modelzoo.runtime.units import Unit
from modelzoo.understanding.gist import PARTS, gist
from modelzoo.understanding.hearing import CLAIMS

KINDS = ("clinic.problem", "clinic.background")
WIDTH = 4


def heard(said: list[tuple[bool, Assertion]]) -> Heard:
    """Units, each pointing along an axis of its own; whether it is a problem, and what is claimed of it."""
    count = len(said)
    spans, claims = np.zeros((count, 2, 3), dtype=np.float32), np.zeros((count, 6), dtype=np.float32)
    spans[..., 0] = 9.0
    for number, (problem, claim) in enumerate(said):
        if problem:
            spans[number, 0] = (0.0, 9.0, 0.0)
        claims[number, CLAIMS.index(claim)] = 9.0
    units = tuple(Unit(i, i + 1, i, i + 1) for i in range(count))
    empty = np.zeros((count, 2), dtype=np.float32)
    return Heard(units, np.eye(count, WIDTH, dtype=np.float32), spans, claims, empty, empty)


def parts(said: list[tuple[bool, Assertion]]) -> list[np.ndarray]:
    found = gist(heard(said), KINDS)
    assert found is not None
    return np.split(found, PARTS)


def test_what_is_claimed_lies_apart() -> None:
    said = [(True, Assertion.PRESENT), (True, Assertion.ABSENT), (False, Assertion.PRESENT)]
    all_words, claimed = parts(said)
    assert all_words == pytest.approx(np.array([1, 1, 1, 0]) / 3**0.5, abs=1e-3)
    assert claimed == pytest.approx([1, 0, 0, 0], abs=1e-2)


@pytest.mark.parametrize("claim", [Assertion.ABSENT, Assertion.FAMILY, Assertion.HISTORICAL, Assertion.HYPOTHETICAL])
def test_what_is_not_the_patients_today_is_not_claimed(claim: Assertion) -> None:
    _, claimed = parts([(True, claim), (False, Assertion.PRESENT)])
    assert not claimed.any()


def test_nothing_heard_has_no_gist() -> None:
    empty = np.zeros((0, 0), dtype=np.float32)
    assert gist(Heard((), empty, np.zeros((0, 2, 3), dtype=np.float32), empty, empty, empty), KINDS) is None
