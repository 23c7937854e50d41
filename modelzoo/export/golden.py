"""Golden inputs of the self-check: written for it, in English, Chinese and both; none comes from a data set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from modelzoo.contract.manifest import Golden

GOLDEN_TEXTS: tuple[str, ...] = (
    "fever",
    "my belly aches after every meal",
    "A 40-year-old man with sudden crushing chest pain, sweating, and pain down the left arm for two hours.",
    "No cough, no rash; vomited four times since this morning and cannot keep water down.",
    "头痛",
    "宝宝拉肚子两天，不肯喝水，尿很少",
    "患者女，62岁，反复咳嗽、咳痰十年，近三天气促加重，否认发热。",
    "小腿肿了一条，按下去很疼",
    "Pt 30F, 怀孕 8 months, severe headache, 视物模糊, BP 165/110",
    "右下腹痛 with nausea since last night, 38.4℃",
    "",
)


def sentence_vectors(model: Path, tokenizer: Path, texts: tuple[str, ...], max_tokens: int) -> npt.NDArray[np.float32]:
    """Vectors of ``texts`` from an ONNX graph, each run by itself as on the device, shape ``(n, width)``."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    rows = [session.run(None, dict(given))[0][0] for given in inputs_of(tokenizer, texts, max_tokens)]
    return np.asarray(rows, dtype=np.float32)


def inputs_of(tokenizer: Path, texts: Sequence[str], max_tokens: int) -> list[Mapping[str, npt.NDArray[np.int64]]]:
    """What a graph is given for each of ``texts``, cut at ``max_tokens``."""
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.enable_truncation(max_tokens)
    pieces.no_padding()
    found = [np.array([pieces.encode(text).ids], dtype=np.int64) for text in texts]
    return [{"input_ids": ids, "attention_mask": np.ones_like(ids)} for ids in found]


def golden_of(fp32: Path, tokenizer: Path, max_tokens: int) -> tuple[Golden, ...]:
    """The golden inputs with the vectors of the fp32 graph, the truth that every processor is held to."""
    vectors = sentence_vectors(fp32, tokenizer, GOLDEN_TEXTS, max_tokens)
    return tuple(Golden(text, tuple(map(float, row))) for text, row in zip(GOLDEN_TEXTS, vectors, strict=True))
