"""Does the int8 graph give the same on processors with and without VNNI?

``python -m modelzoo.export.parity --pack DIR --fp32 FILE`` runs the shipped graph here and once more under
``qemu-x86_64 -cpu Haswell``, which has AVX2 and no VNNI, and prints how near each is to fp32 and to the other.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from modelzoo.export.golden import GOLDEN_TEXTS, sentence_vectors

EMULATOR = "qemu-x86_64"
MAX_TOKENS = 128


def measure_parity(int8: Path, fp32: Path, tokenizer: Path) -> dict[str, float]:
    """Worst cosines over the golden inputs; the AVX2 ones only where the emulator is installed."""
    truth = sentence_vectors(fp32, tokenizer, GOLDEN_TEXTS, MAX_TOKENS)
    here = sentence_vectors(int8, tokenizer, GOLDEN_TEXTS, MAX_TOKENS)
    figures = {"this_processor_to_fp32": _worst(here, truth)}
    if shutil.which(EMULATOR):
        there = _vectors_under_emulator(int8, tokenizer)
        figures["avx2_to_fp32"] = _worst(there, truth)
        figures["avx2_to_this_processor"] = _worst(there, here)
    return figures


def _worst(left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]) -> float:
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return round(float(((left * right).sum(axis=1) / lengths).min()), 6)


def _vectors_under_emulator(int8: Path, tokenizer: Path) -> npt.NDArray[np.float32]:
    module = [sys.executable, "-m", "modelzoo.export.parity", "--print-vectors", str(int8), str(tokenizer)]
    command = [EMULATOR, "-cpu", "Haswell", *module]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return np.asarray(json.loads(answer.stdout), dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--fp32", type=Path)
    parser.add_argument("--print-vectors", type=Path, nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.print_vectors:
        vectors = sentence_vectors(*arguments.print_vectors, GOLDEN_TEXTS, MAX_TOKENS)
        print(json.dumps(vectors.tolist()))
        return
    if arguments.pack is None or arguments.fp32 is None:
        parser.error("--pack and --fp32 are needed")
    pack = arguments.pack
    print(json.dumps(measure_parity(pack / "encoder.onnx", arguments.fp32, pack / "tokenizer.json"), indent=1))


if __name__ == "__main__":
    main()
