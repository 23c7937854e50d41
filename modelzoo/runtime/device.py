"""Which device the encoder runs on, with how many threads, and why. Imported only after ``boot.prepare_process``."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from modelzoo.contract.errors import ArtefactCorrupt, BadInput

THREADS_VARIABLE = "BAREFOOT_THREADS"
MAX_FITTED_THREADS = 4
MAX_ASKED_THREADS = 64
_CUDA, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_ERRORS_ONLY = 3


@dataclass(frozen=True)
class Device:
    """``name`` is ``cuda`` or ``cpu``; ``because`` is one sentence for the self-check; ``threads`` are the CPU's."""

    name: str
    because: str
    threads: int


def open_session(model: Path) -> tuple[onnxruntime.InferenceSession, Device]:
    """A session for ``model`` on CUDA where a session really runs there, else on the CPU, and which it is.

    Raises ``ArtefactCorrupt`` where ONNX Runtime cannot open the file at all, ``BadInput`` for a wrong
    ``BAREFOOT_THREADS``.
    """
    threads = fitted_threads()
    if _CUDA not in onnxruntime.get_available_providers():
        return _session(model, [_CPU], threads), Device("cpu", "this build has no CUDA support", threads)
    try:
        session = _session(model, [_CUDA, _CPU], threads)
        if session.get_providers()[0] == _CUDA:
            probe(session)
            return session, Device("cuda", "a session ran on the graphics card", threads)
        because = "CUDA support is installed, but no usable graphics card was found"
    except Exception as error:  # ONNX Runtime's errors share no base class; the reason is reported, not hidden
        because = f"CUDA support is installed, but a trial run failed ({type(error).__name__})"
    return _session(model, [_CPU], threads), Device("cpu", because, threads)


def probe(session: onnxruntime.InferenceSession) -> None:
    """Run three pieces through ``session``; a listed provider may still fail at its first real run."""
    ids = np.array([[0, 5, 2]], dtype=np.int64)
    session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})


def _session(model: Path, providers: list[str], threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    # Texts differ in length: an arena would keep the largest shapes ever seen, on a machine with 4 GB for everything.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    # Waiting threads sleep instead of spinning: the window stays smooth and the battery lasts.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=providers)
    except Exception as error:  # no common base class; the hash was right, so the file itself is not loadable here
        if providers != [_CPU]:
            raise
        raise ArtefactCorrupt(
            f"The file {model.name} of the assessment pack cannot be opened as a model; please install the pack again.",
            data={"name": model.name, "reason": type(error).__name__},
        ) from error


def fitted_threads() -> int:
    """Threads for one text: physical cores, at most four, or what ``BAREFOOT_THREADS`` asks for (1 to 64).

    Raises ``BadInput`` where the variable is not such a number.
    """
    asked = os.environ.get(THREADS_VARIABLE)
    if asked is None:
        return min(physical_cores(), MAX_FITTED_THREADS)
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= MAX_ASKED_THREADS and len(asked) <= 4):
        raise BadInput(
            f"The setting {THREADS_VARIABLE} must be a whole number from 1 to {MAX_ASKED_THREADS}.",
            data={"variable": THREADS_VARIABLE},
        )
    return int(asked)


def physical_cores() -> int:
    """Cores that this process may use, two hardware threads of one core counted once; at least 1."""
    if platform.system() == "Linux":
        allowed = os.sched_getaffinity(0)
        topology = Path("/sys/devices/system/cpu")
        cores = set()
        for cpu in allowed:
            siblings = topology / f"cpu{cpu}" / "topology" / "thread_siblings_list"
            cores.add(siblings.read_text(encoding="ascii").strip() if siblings.exists() else str(cpu))
        return max(1, len(cores))
    count = os.cpu_count() or 1
    # Elsewhere the pairing is not easily asked for; x86 laptops mostly pair, ARM does not.
    pairs = platform.machine().lower() in {"x86_64", "amd64"}
    return max(1, count // 2 if pairs else count)
