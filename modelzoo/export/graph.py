"""ONNX export: optimum's graph of the encoder, with mean pooling and length 1 put inside it.

The shipped graph has the inputs ``input_ids`` and ``attention_mask``, both ``(n, tokens)`` int64, and the one output
``sentence_vector``, ``(n, width)`` fp32, so that the runtime needs no arithmetic of its own.
"""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper
from optimum.exporters.onnx import onnx_export_from_model
from transformers import BertModel

OPSET = 18
OUTPUT = "sentence_vector"


def export_graph(model: BertModel, path: Path) -> None:
    """Write the fp32 graph of ``model`` with pooling to ``path``. The same weights give the same bytes."""
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
    _append_pooling(graph)
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
