"""Latency of one 64-token text: int8 (as shipped), fp32 ONNX and PyTorch in the same run.

``python tests/benchmarks/encoder_latency.py [--fp32 FILE] [--torch] [--runs N]``. Prints JSON; asserts nothing, since
a time says more about the machine than about the code. fp32 needs the graph that the export leaves in its work
folder; PyTorch needs the workshop's environment and builds a model of the same shape (weights do not change the time).
The runs of all engines are interleaved, so that a busy moment of the machine hits each of them alike.
"""

# ruff: noqa: E402 - the process is prepared before anything heavy is imported
from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from modelzoo.runtime.boot import prepare_process

prepare_process()

import numpy as np

import modelzoo
from modelzoo.contract.manifest import read_manifest
from modelzoo.runtime.device import fitted_threads, open_session
from modelzoo.runtime.encoder import ENCODER_NAME, Encoder

TEXT = (
    "34-year-old woman, three days of fever and cough with yellow phlegm, breathing fast, no chest pain; 昨天开始头晕, "
    "没有呕吐，食欲差，夜里出汗，今天走路气短。 She has asthma and takes salbutamol when she needs it"
)
TOKENS = 64


def onnx_engine(path: Path, ids: np.ndarray) -> Callable[[], object]:
    """One run of an ONNX file with the session options that the program uses."""
    session, _ = open_session(path)
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    return lambda: session.run(None, feeds)


def torch_engine(ids: np.ndarray, threads: int, vocabulary: int) -> Callable[[], object]:
    """One forward pass of a PyTorch BERT of the shipped shape, with as many threads."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(threads)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    tensor = torch.from_numpy(ids)
    mask = torch.ones_like(tensor)

    def run() -> object:
        with torch.inference_mode():
            return model(tensor, attention_mask=mask).last_hidden_state

    return run


def quantiles(times_ms: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times_ms, n=20)
    return {"p50_ms": round(statistics.median(times_ms), 2), "p95_ms": round(cuts[18], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=modelzoo.PACK)
    parser.add_argument("--fp32", type=Path)
    parser.add_argument("--torch", action="store_true")
    parser.add_argument("--runs", type=int, default=200)
    arguments = parser.parse_args()
    encoder = Encoder.open(arguments.pack, read_manifest(arguments.pack))
    ids = np.array([[*encoder._tokenizer.encode(TEXT).ids[: TOKENS - 1], 2]], dtype=np.int64)
    engines = {"int8": onnx_engine(arguments.pack / ENCODER_NAME, ids)}
    if arguments.fp32:
        engines["fp32"] = onnx_engine(arguments.fp32, ids)
    if arguments.torch:
        engines["torch"] = torch_engine(ids, fitted_threads(), encoder._tokenizer.get_vocab_size())
    times: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(arguments.runs + 10):
        for name, run in engines.items():
            started = time.perf_counter()
            run()
            if turn >= 10:  # the first runs choose kernels and touch memory for the first time
                times[name].append((time.perf_counter() - started) * 1000)
    figures: dict[str, object] = {name: quantiles(values) for name, values in times.items()}
    base = statistics.median(times["int8"])
    figures["ratio_to_int8"] = {name: round(statistics.median(values) / base, 2) for name, values in times.items()}
    figures["tokens"], figures["threads"] = int(ids.shape[1]), fitted_threads()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
