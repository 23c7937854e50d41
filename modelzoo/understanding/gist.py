"""The gist of a text: where its words lie together, and what it says is there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from modelzoo.contract.case import Assertion
from modelzoo.runtime.listening import Heard

FloatArray = npt.NDArray[np.float32]
PROBLEM, BACKGROUND = "clinic.problem", "clinic.background"  # what may speak for a condition, as the heads name it
PARTS = 2
_CLAIMS = tuple(Assertion)
_THERE = [_CLAIMS.index(a) for a in (Assertion.PRESENT, Assertion.POSSIBLE)]
_LEAST = 0.3  # units' worth of problems below which a part is left empty


def gist(heard: Heard, kinds: tuple[str, ...]) -> FloatArray | None:
    """Two vectors of length 1 after each other, ``(2 * width,)``; None where nothing was heard.

    First the mean of all token states; then the mean of those in problems and in what belongs to the background, by
    the chance that they are claimed of the patient now, zero where none is. What is denied, past or said of others
    counts in the first alone: a part of its own for denials made answers worse on worked cases.
    """
    if not heard.units:
        return None
    chances = _softmax(heard.spans)
    columns = [kinds.index(kind) for kind in (PROBLEM, BACKGROUND)]
    named = np.minimum((1.0 - chances[:, columns, 0]).sum(axis=1), 1.0)
    claims = _softmax(heard.claims)
    weights = (np.ones(len(named)), named * claims[:, _THERE].sum(axis=1))
    return np.concatenate([_mean(heard.states, w.astype(np.float32)) for w in weights])


def _mean(states: FloatArray, weights: FloatArray) -> FloatArray:
    total = weights @ states
    length = float(np.linalg.norm(total))
    if float(weights.sum()) < _LEAST or length == 0.0:
        return np.zeros_like(total)
    return np.asarray(total / length, dtype=np.float32)


def _softmax(logits: FloatArray) -> FloatArray:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)
