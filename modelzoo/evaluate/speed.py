"""How long one text takes, as ratios in one run: int8, fp32, PyTorch, and bare int8 products of the same shapes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from modelzoo.contract.manifest import read_manifest
from modelzoo.evaluate.listeners import THREADS, open_graph

TOKENS = 64
LAYERS = 6
REPEATS = 60
_SHAPES = ((384, 384), (384, 384), (384, 384), (384, 384), (384, 1536), (1536, 384))  # of one layer


def graph_run(path: Path, tokens: int = TOKENS) -> Callable[[], object]:
    """One reading of a text of ``tokens`` pieces, all heads."""
    session = open_graph(path)
    ids = np.random.default_rng(1).integers(4, 20_000, size=(1, tokens), dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    return lambda: session.run(None, feed)


def bare_products(layers: int, tokens: int = TOKENS) -> Callable[[], object]:
    """Only the int8 matrix products of ``layers`` layers, without anything between them."""
    rng = np.random.default_rng(2)
    nodes, constants, inputs, outputs = [], [], [], []
    given = {width: rng.integers(0, 255, size=(tokens, width), dtype=np.uint8) for width in (384, 1536)}
    for number in range(layers):
        for place, (rows, columns) in enumerate(_SHAPES):
            name = f"p{number}_{place}"
            weights: npt.NDArray[np.int8] = rng.integers(-64, 63, size=(rows, columns), dtype=np.int8)
            constants.append(numpy_helper.from_array(weights, f"{name}_w"))
            nodes.append(helper.make_node("MatMulInteger", [f"x{rows}", f"{name}_w"], [name]))
            outputs.append(helper.make_tensor_value_info(name, TensorProto.INT32, [tokens, columns]))
    inputs = [helper.make_tensor_value_info(f"x{w}", TensorProto.UINT8, [tokens, w]) for w in given]
    graph = helper.make_graph(nodes, "products", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feed = {f"x{width}": value for width, value in given.items()}
    return lambda: session.run(None, feed)


def torch_run(layers: int, kinds: int, pieces: int, tokens: int = TOKENS) -> Callable[[], object]:
    """The same architecture in PyTorch, fp32, with as many threads; weights do not matter to time."""
    import torch
    from transformers import BertConfig, BertModel

    from modelzoo.recipes.reader_model import ReaderModel

    torch.set_num_threads(THREADS)
    config = BertConfig(
        vocab_size=pieces, hidden_size=384, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=1536
    )
    model = ReaderModel(BertModel(config, add_pooling_layer=False), kinds).eval()
    ids = torch.randint(4, pieces, (1, tokens), generator=torch.Generator().manual_seed(1))
    mask = torch.ones_like(ids)

    def run() -> object:
        with torch.no_grad():
            return model(ids, mask)

    return run


def runs_of(pack: Path, fp32: Path) -> dict[str, Callable[[], object]]:
    """One reading each by the graph of ``pack``, by its fp32 graph, by PyTorch, and the bare int8 products."""
    shape = read_manifest(pack).encoder
    return {
        "int8": graph_run(pack / "encoder.onnx"), "fp32": graph_run(fp32),
        "PyTorch": torch_run(LAYERS, len(shape.kinds), shape.pieces), "bare int8 products": bare_products(LAYERS),
    }  # fmt: skip


_ENGINE = """
import sys
from modelzoo.runtime.boot import prepare_process
prepare_process()
from pathlib import Path
from modelzoo.engine import PackEngine
engine = PackEngine.open(Path(sys.argv[1]))
for text in ("fever and cough for three days", "头痛两天，没有发烧", "no chest pain, 右下腹痛 since last night"):
    engine.understand(text)
status = Path("/proc/self/status").read_text()  # what getrusage tells may be the parent's
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def engine_memory(pack: Path) -> int:
    """Peak resident megabytes of a process that opens the engine and reads three texts (Linux)."""
    answer = subprocess.run([sys.executable, "-c", _ENGINE, str(pack)], check=True, capture_output=True, text=True)
    return int(answer.stdout)


def medians(runs: Mapping[str, Callable[[], object]], repeats: int = REPEATS) -> dict[str, float]:
    """Median milliseconds of each, taken in turns so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for name in runs:
        runs[name]()
    for _ in range(repeats):
        for name, run in runs.items():
            started = time.perf_counter()
            run()
            times[name].append(1_000 * (time.perf_counter() - started))
    return {name: round(statistics.median(values), 2) for name, values in times.items()}


def summary(measured: Mapping[str, float], against: Sequence[str]) -> str:
    """One line a model: milliseconds and ratios."""
    lines = []
    for name, value in measured.items():
        ratios = ", ".join(f"{value / measured[other]:.2f} of {other}" for other in against if other != name)
        lines.append(f"{name}: {value} ms a text of {TOKENS} pieces ({ratios})")
    return "\n".join(lines)
