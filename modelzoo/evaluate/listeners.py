"""Exported graphs as the figures ask them: pieces in, what the heads say out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from modelzoo.contract.case import Assertion
from modelzoo.corpora.pieces import ASSERTIONS
from modelzoo.corpora.score import Heard, Listen
from modelzoo.evaluate.assertion import ClaimOf
from modelzoo.runtime.listening import listen

FloatArray = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], FloatArray]
OUTPUTS = ("token_states", "spans", "claims", "attach_query", "attach_key")
THREADS = 2


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """A session on the processor with ``THREADS`` threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def graph_listener(session: onnxruntime.InferenceSession) -> Listen:
    """``session`` row by row: dynamic int8 takes its scale from the whole batch, so company would change a reading."""

    def read(ids: npt.NDArray[np.int64], mask: npt.NDArray[np.int64]) -> Heard:
        rows = []
        for row, real in zip(ids, mask, strict=True):
            length = int(real.sum())
            feed = {"input_ids": row[None, :length], "attention_mask": real[None, :length]}
            states, spans, claims, query, key = (np.asarray(o[0]) for o in session.run(list(OUTPUTS), feed))
            rows.append((states, spans.reshape(length, -1, 3), claims, query, key))
        return Heard(*(_padded([r[i] for r in rows], ids.shape[1]) for i in range(5)))

    return read


def _padded(rows: Sequence[FloatArray], width: int) -> FloatArray:
    out = np.zeros((len(rows), width, *rows[0].shape[1:]), dtype=np.float32)
    for index, row in enumerate(rows):
        out[index, : len(row)] = row
    return out


def claim_reader(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, max_tokens: int = 128) -> ClaimOf:
    """What the graph alone says of characters of a text; ``tokenizer`` must not truncate or pad."""
    kinds = next(o.shape[-1] for o in session.get_outputs() if o.name == "spans") // 3

    def claim(text: str, start: int, end: int) -> Assertion:
        heard = listen(session.run, tokenizer, text, kinds, max_tokens)
        own = [i for i, u in enumerate(heard.units) if u.start < end and start < u.end]
        return ASSERTIONS[int(heard.claims[own].mean(axis=0).argmax())]

    return claim


def embedder(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, max_tokens: int = 128) -> Embed:
    """Sentence vectors ``(n, width)`` of length 1, one text at a time."""
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()

    def embed(texts: Sequence[str]) -> FloatArray:
        vectors = []
        for encoding in tokenizer.encode_batch(list(texts)):
            ids = np.array([encoding.ids], dtype=np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            vectors.append(session.run(["sentence_vector"], feed)[0][0])
        return np.asarray(vectors, dtype=np.float32)

    return embed
