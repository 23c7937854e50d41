"""ONNX export: optimum's graph of the encoder, with pooling and all heads put inside it, so that a text is read once.

The shipped graph has the inputs ``input_ids`` and ``attention_mask``, both ``(n, tokens)`` int64. Outputs, all fp32:
``sentence_vector`` ``(n, width)`` of length 1; ``token_states`` ``(n, tokens, width)``; and those of the heads in
``HEAD_OUTPUTS``, each ``(n, tokens, some)``.
"""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper
from optimum.exporters.onnx import onnx_export_from_model
from transformers import BertModel

OPSET = 18
OUTPUT, STATES = "sentence_vector", "token_states"
HEAD_OUTPUTS = ("spans", "claims", "attach_query", "attach_key")
# A head is linear layers with GELU between: weights (in, out) and biases (out,).
Head = Sequence[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]


def export_graph(model: BertModel, path: Path, heads: Mapping[str, Head] | None = None) -> None:
    """Write the fp32 graph of ``model`` with pooling, and with ``heads`` by output name, to ``path``.

    The same weights give the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        onnx_export_from_model(
            model.eval(),
            Path(folder),
            task="feature-extraction",
            opset=OPSET,
            do_validation=False,
            no_dynamic_axes=False,
        )
        graph = onnx.load(str(Path(folder) / "model.onnx"))
    _fix_token_types(graph)
    states = graph.graph.output[0].name
    _append_pooling(graph)
    if heads is not None:
        _append_states(graph, states)
        for name in HEAD_OUTPUTS:
            _append_head(graph, states, name, heads[name])
    # What the exporter writes about itself (paths, versions) would make equal weights give unequal files.
    graph.producer_name, graph.producer_version, graph.doc_string = "", "", ""
    for node in graph.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(graph)
    path.write_bytes(graph.SerializeToString(deterministic=True))


def _fix_token_types(model: ModelProto) -> None:
    """Replace the input ``token_type_ids`` by zeros of the shape of ``input_ids``: there is only ever one segment."""
    inputs = model.graph.input
    for position, value in enumerate(inputs):
        if value.name == "token_type_ids":
            del inputs[position]
            break
    else:
        return
    zero = numpy_helper.from_array(np.zeros(1, dtype=np.int64))
    shape = helper.make_node("Shape", ["input_ids"], ["token_type_shape"], name="token_type_shape")
    zeros = helper.make_node(
        "ConstantOfShape", ["token_type_shape"], ["token_type_ids"], name="token_types", value=zero
    )
    model.graph.node.insert(0, shape)
    model.graph.node.insert(1, zeros)


def _append_pooling(model: ModelProto) -> None:
    """Mean over real tokens, then division by the Euclidean length."""
    graph = model.graph
    width = graph.output[0].type.tensor_type.shape.dim[2].dim_value
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.array([2], dtype=np.int64), "pool_last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "pool_tokens"),
        ]
    )
    states = graph.output[0].name
    graph.node.extend(
        [
            helper.make_node("Cast", ["attention_mask"], ["pool_mask"], name="pool_cast", to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["pool_mask", "pool_last"], ["pool_weights"], name="pool_unsqueeze"),
            helper.make_node("Mul", [states, "pool_weights"], ["pool_kept"], name="pool_mul"),
            # The count of tokens cancels when the length is made 1, so the sum does for the mean.
            helper.make_node("ReduceSum", ["pool_kept", "pool_tokens"], ["pool_sum"], name="pool_sum", keepdims=0),
            helper.make_node("LpNormalization", ["pool_sum"], [OUTPUT], name="pool_length", axis=-1, p=2),
        ]
    )
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["batch_size", width]))


def _append_states(model: ModelProto, states: str) -> None:
    width = model.graph.output[0].type.tensor_type.shape.dim[1].dim_value
    model.graph.node.append(helper.make_node("Identity", [states], [STATES], name="states_out"))
    shape = ["batch_size", "sequence_length", width]
    model.graph.output.append(helper.make_tensor_value_info(STATES, TensorProto.FLOAT, shape))


def _append_head(model: ModelProto, states: str, name: str, head: Head) -> None:
    """Linear layers over the token states, GELU (the exact one) between them."""
    graph, given = model.graph, states
    for number, (weights, bias) in enumerate(head):
        own = f"head_{name}_{number}"
        graph.initializer.extend(
            [numpy_helper.from_array(weights, f"{own}_weight"), numpy_helper.from_array(bias, f"{own}_bias")]
        )
        last = number == len(head) - 1
        target = name if last else f"{own}_sum"
        graph.node.append(
            helper.make_node("MatMul", [given, f"{own}_weight"], [f"{own}_product"], name=f"{own}_matmul")
        )
        graph.node.append(helper.make_node("Add", [f"{own}_product", f"{own}_bias"], [target], name=f"{own}_add"))
        given = target if last else _append_gelu(graph, own, target)
    shape = ["batch_size", "sequence_length", int(head[-1][1].size)]
    graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))


def _append_gelu(graph: onnx.GraphProto, own: str, given: str) -> str:
    for constant, value in (("root", 2.0**0.5), ("one", 1.0), ("half", 0.5)):
        graph.initializer.append(numpy_helper.from_array(np.array(value, dtype=np.float32), f"{own}_{constant}"))
    steps = (
        ("Div", [given, f"{own}_root"], f"{own}_scaled"), ("Erf", [f"{own}_scaled"], f"{own}_erf"),
        ("Add", [f"{own}_erf", f"{own}_one"], f"{own}_gate"), ("Mul", [given, f"{own}_gate"], f"{own}_gated"),
        ("Mul", [f"{own}_gated", f"{own}_half"], f"{own}_gelu"),
    )  # fmt: skip
    for kind, inputs, output in steps:
        graph.node.append(helper.make_node(kind, inputs, [output], name=f"{output}_node"))
    return f"{own}_gelu"
