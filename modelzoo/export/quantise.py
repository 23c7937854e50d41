"""Dynamic int8 of the exported graph, in the variants that are compared before one is chosen.

On processors without VNNI (most old laptops) the kernels that multiply unsigned activations by signed weights add two
products in 16 bits and saturate. Seven-bit weights (``reduce_range``) cannot overflow there; unsigned weights take
another, slower kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from modelzoo.export.smooth import Inputs, smooth


@dataclass(frozen=True)
class Int8Variant:
    """One way to make int8 of the matrix products; the embedding table is int8 in all of them."""

    name: str
    signed: bool
    per_channel: bool
    reduce_range: bool


VARIANTS: tuple[Int8Variant, ...] = (
    Int8Variant("s8_per_tensor", signed=True, per_channel=False, reduce_range=False),
    Int8Variant("s8_per_channel", signed=True, per_channel=True, reduce_range=False),
    Int8Variant("s7_per_channel", signed=True, per_channel=True, reduce_range=True),
    Int8Variant("u8_per_channel", signed=False, per_channel=True, reduce_range=False),
)
SHIPPED = VARIANTS[2]


def quantise(source: Path, target: Path, variant: Int8Variant = SHIPPED, samples: Sequence[Inputs] = ()) -> None:
    """Write the int8 graph of the fp32 graph ``source`` to ``target``; ``samples``: inputs to even activations by."""
    prepared = target.with_suffix(".prepared")
    try:
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        if samples:
            prepared.write_bytes(smooth(onnx.load(str(prepared)), samples).SerializeToString(deterministic=True))
        quantize_dynamic(
            str(prepared),
            str(target),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=variant.per_channel,
            reduce_range=variant.reduce_range,
            weight_type=QuantType.QInt8 if variant.signed else QuantType.QUInt8,
            extra_options={"MatMulConstBOnly": True},
        )
    finally:
        prepared.unlink(missing_ok=True)
    model = onnx.load(str(target))
    model.producer_name, model.producer_version = "", ""
    del model.metadata_props[:]
    target.write_bytes(model.SerializeToString(deterministic=True))
