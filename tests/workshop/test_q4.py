"""Q4_0 blocks against values worked out by hand, and a whole tiny file."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from modelzoo.recipes.q4 import decode_q4_0, read_base


def block(scale: float, values: list[int]) -> bytes:
    """One block: value ``i`` in the low nibble of byte ``i``, value ``16 + i`` in its high nibble, each plus 8."""
    packed = bytes((low + 8) | ((high + 8) << 4) for low, high in zip(values[:16], values[16:], strict=True))
    return struct.pack("<e", scale) + packed


def test_low_nibbles_come_first() -> None:
    raw = struct.pack("<e", 0.5) + bytes([0x90]) + bytes([0x88] * 15)
    decoded = decode_q4_0(raw)
    assert decoded.shape == (32,)
    assert decoded[0] == -4.0, "nibble 0 is (0 - 8) * 0.5"
    assert decoded[16] == 0.5, "nibble 9 is (9 - 8) * 0.5"
    assert not decoded[1:16].any()
    assert not decoded[17:].any()


def test_two_blocks_have_two_scales() -> None:
    values = [*range(-8, 8), *range(7, -9, -1)]
    decoded = decode_q4_0(block(1.0, values) + block(-0.25, values))
    assert decoded[:32].tolist() == [float(value) for value in values]
    assert decoded[32:].tolist() == [value * -0.25 for value in values]


def test_cut_block_is_refused() -> None:
    with pytest.raises(ValueError, match="whole Q4_0 blocks"):
        decode_q4_0(bytes(17))


def tiny_file() -> bytes:
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 4, 2, 3, 2, 1e-12, 32)
    pieces = (
        struct.pack("<5iQ", 2, 0, 2, 1, 3, 3) + struct.pack("<3I", 0, 1, 3) + struct.pack("<2f", 0.0, -1.0) + b"abc"
    )
    rules = struct.pack("<iI", 0, 4) + b"\0\0\0\0"
    matrix, bias = block(2.0, [1] * 32), struct.pack("<3f", 1.0, 2.0, 3.0)
    names = (b"emb.word", b"l0.q.b")
    table_bytes = sum(2 + len(name) + 21 for name in names)
    start = len(head) + len(pieces) + len(rules) + 4 + table_bytes
    table = struct.pack("<i", 2)
    table += struct.pack("<H", len(names[0])) + names[0] + struct.pack("<BIQQ", 1, 32, start, len(matrix))
    table += struct.pack("<H", len(names[1])) + names[1] + struct.pack("<BIQQ", 0, 3, start + len(matrix), len(bias))
    return head + pieces + rules + table + matrix + bias


def test_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "base.bin"
    path.write_bytes(tiny_file())
    base = read_base(path)
    assert (base.shape.hidden, base.shape.layers, base.shape.vocabulary) == (32, 1, 2)
    assert np.array_equal(base.tensors["emb.word"], np.full(32, 2.0, dtype=np.float32))
    assert base.tensors["l0.q.b"].tolist() == [1.0, 2.0, 3.0]
    assert base.layer_norm_epsilon == pytest.approx(1e-12)


def test_other_file_and_cut_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "base.bin"
    path.write_bytes(b"GGUF" + tiny_file()[4:])
    with pytest.raises(ValueError, match="not an E5S1 file"):
        read_base(path)
    path.write_bytes(tiny_file()[:-1])
    with pytest.raises(ValueError, match="cut short"):
        read_base(path)
