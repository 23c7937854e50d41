"""The second reader: how well the gist of the whole text suits each condition, beside what single findings say.

A linear layer over the gist, one row a condition, learnt from cases told out of the knowledge itself. It has no say
alone: without a finding of the patient nothing comes into the first three by it, and it never lowers triage.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]


class TextReader:
    """``weights`` ``(known conditions, gist)`` and ``bias`` ``(known conditions,)`` of the conditions ``known``, laid
    out for ``conditions``; one that it does not know is met with neither favour nor disfavour."""

    def __init__(
        self,
        known: Sequence[str],
        weights: FloatArray,
        bias: FloatArray,
        conditions: Sequence[str],
        *,
        strongest: float,
    ) -> None:
        rows = {condition: row for row, condition in enumerate(known)}
        self._weights, self._bias, self._strongest = weights, bias, strongest
        self._places = np.array([rows.get(condition, -1) for condition in conditions])

    @classmethod
    def of(cls, stored: bytes, conditions: Sequence[str], *, strongest: float) -> TextReader:
        """From what ``stored_bytes`` wrote. Raises ``ValueError``, ``KeyError`` or ``OSError`` where it is damaged."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as parts:
            weights = parts["weights"].astype(np.float32) * parts["scales"].astype(np.float32)[:, None]
            known = [str(condition) for condition in parts["conditions"]]
            return cls(known, weights, parts["bias"], conditions, strongest=strongest)

    def weights(self, gist: FloatArray | None) -> Floats | None:
        """What the text says of each condition, natural logs: its likelihood against that under the average condition,
        within the bounds. None where nothing was heard."""
        if gist is None:
            return None
        if not len(self._bias):
            return np.zeros(len(self._places))
        logits = (self._weights @ gist + self._bias).astype(np.float64)
        top = logits.max()
        logs = logits - top - np.log(np.exp(logits - top).mean())
        known = np.append(np.clip(logs, -self._strongest, self._strongest), 0.0)
        out: Floats = known[self._places]
        return out


def stored_bytes(conditions: Sequence[str], weights: FloatArray, bias: FloatArray) -> bytes:
    """``weights`` as int8 rows with one scale each, and the rest, as the file that a pack holds."""
    scales = np.maximum(np.abs(weights).max(axis=1, initial=0.0), 1e-9) / 127.0
    rows = np.round(weights / scales[:, None]).astype(np.int8)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, conditions=np.array(list(conditions)), weights=rows, scales=scales.astype(np.float32),
        bias=bias.astype(np.float32),
    )  # fmt: skip
    return buffer.getvalue()
