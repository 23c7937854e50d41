"""Evens out activations before int8: what makes one input channel large is moved into the weights that read it.

After SmoothQuant (Xiao et al. 2023): the input of every matrix product with constant weights is divided, channel by
channel, by ``s = max|x|^a / max|w|^(1 - a)``, and the weights' rows are multiplied by it. In fp32 the graph says what
it said before; in int8, one scale for all channels of an input loses less. One division serves all products of one
input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import ModelProto, NodeProto, helper, numpy_helper

FloatArray = npt.NDArray[np.float32]
Inputs = Mapping[str, npt.NDArray[np.int64]]
STRENGTH = 0.75
_LEAST = 1e-5


def smooth(model: ModelProto, samples: Sequence[Inputs], strength: float = STRENGTH) -> ModelProto:
    """``model`` with evened inputs. ``samples``: inputs of the graph, typical of what it will read."""
    weights = {w.name: w for w in model.graph.initializer}
    readers: dict[str, list[NodeProto]] = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights and len(weights[node.input[1]].dims) == 2:
            readers[node.input[0]].append(node)
    largest = _largest(model, list(readers), samples)
    made: list[tuple[str, NodeProto]] = []
    for name, nodes in readers.items():
        matrices = {node.input[1]: numpy_helper.to_array(weights[node.input[1]]) for node in nodes}
        rows = np.maximum.reduce([np.abs(matrix).max(axis=1) for matrix in matrices.values()])
        scale = np.maximum(largest[name], _LEAST) ** strength / np.maximum(rows, _LEAST) ** (1.0 - strength)
        scale = (scale / np.exp(np.log(scale).mean())).astype(np.float32)
        for key, matrix in matrices.items():
            weights[key].CopyFrom(numpy_helper.from_array((matrix * scale[:, None]).astype(np.float32), key))
        factor = f"{name}/smooth"
        model.graph.initializer.append(numpy_helper.from_array(1.0 / scale, factor))
        made.append((name, helper.make_node("Mul", [name, factor], [f"{name}/even"], name=f"{name}/smooth/Mul")))
        for node in nodes:
            node.input[0] = f"{name}/even"
    _insert(model, made)
    return model


def _insert(model: ModelProto, made: Sequence[tuple[str, NodeProto]]) -> None:
    """Each new node right behind the one that makes its input; a graph input's own stand first."""
    behind = dict(made)
    nodes = [behind[name] for name in (i.name for i in model.graph.input) if name in behind]
    for node in model.graph.node:
        nodes.append(node)
        nodes += [behind[name] for name in node.output if name in behind]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _largest(model: ModelProto, names: Sequence[str], samples: Sequence[Inputs]) -> dict[str, FloatArray]:
    """The largest size of each channel of the values ``names``, over ``samples``."""
    watched = ModelProto()
    watched.CopyFrom(model)
    given = {output.name for output in watched.graph.output}
    watched.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names if name not in given)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, FloatArray] = {}
    for sample in samples:
        for name, value in zip(names, session.run(list(names), dict(sample)), strict=True):
            sizes = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            found[name] = np.maximum(found.get(name, sizes), sizes)
    return found
