"""Measures of calibration on cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from modelzoo.evidence.calibration import auroc, brier_score, expected_calibration_error, reliability


def test_probabilities_that_come_true_are_calibrated() -> None:
    rng = np.random.default_rng(1)
    said = rng.random(40_000)
    came = rng.random(40_000) < said
    assert expected_calibration_error(said, came) < 0.01
    assert all(b.said == pytest.approx(b.came, abs=0.03) for b in reliability(said, came))


def test_boasting_is_an_error_of_its_size() -> None:
    assert expected_calibration_error([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.4)
    assert brier_score([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx((0.01 + 0.81) / 2)


def test_the_last_bin_is_closed_and_empty_ones_are_left_out() -> None:
    (only,) = reliability([1.0, 1.0], [True, False])
    assert (only.low, only.high, only.count, only.came) == (0.9, 1.0, 2, 0.5)
    assert reliability([], []) == ()
    assert expected_calibration_error([], []) == brier_score([], []) == 0.0


def test_auroc_by_hand() -> None:
    assert auroc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == pytest.approx(0.75)
    assert auroc([1, 1, 1, 1], [True, False, True, False]) == 0.5
    assert auroc([3, 2, 1], [True, False, False]) == 1.0


@pytest.mark.parametrize("said", [[1.2], [-0.1], [0.5, 0.5]])
def test_what_is_no_probability_is_refused(said: list[float]) -> None:
    with pytest.raises(ValueError, match="probabilit"):
        brier_score(said, [True])


def test_auroc_needs_both_kinds() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        auroc([0.1, 0.2], [True, True])
