"""What has to happen before numpy or ONNX Runtime is imported. Standard library only.

Two things cannot be made good later: ONNX Runtime from 1.29 on starts to report home at its import, and a wheel built
for AVX dies with an illegal instruction, without a word, where the processor has none.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import platform
import subprocess
import sys
from pathlib import Path

from modelzoo.contract.errors import ProcessorUnsupported

_X86_64 = frozenset({"x86_64", "amd64"})
_PF_AVX_INSTRUCTIONS_AVAILABLE = 39

# mov eax,1; xor ecx,ecx; cpuid; mov eax,ecx: the second word of CPUID leaf 1 (rbx is the caller's and is kept).
_CPUID_1_ECX = bytes.fromhex("53 b801000000 31c9 0fa2 89c8 5b c3")
# xor ecx,ecx; xgetbv: which register files the operating system saves.
_XGETBV_0 = bytes.fromhex("31c9 0f01d0 c3")
_OSXSAVE, _AVX = 1 << 27, 1 << 28
_SAVES_SSE_AND_AVX = 0b110


def prepare_process() -> None:
    """First call of every entry point: quiet environment, then the processor.

    Raises ``ProcessorUnsupported`` with one sentence.
    """
    quiet_environment()
    refuse_unsupported_processor()


def quiet_environment() -> None:
    """Switch off ONNX Runtime's reporting and the tokenizer's own threads; both are read at import."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def refuse_unsupported_processor() -> None:
    """Raise ``ProcessorUnsupported`` on an x86 processor without AVX; any other machine passes."""
    if not processor_has_avx():
        raise ProcessorUnsupported(
            "This computer's processor is too old for Barefoot: it lacks the AVX instructions "
            "(in most processors made since 2011), so the program cannot run here.",
            data={"machine": platform.machine(), "missing": "avx"},
        )


def processor_has_avx() -> bool:
    """Whether AVX can be used; true on machines that are not x86, which have no such question."""
    machine = platform.machine().lower()
    if machine not in _X86_64:
        return not (len(machine) == 4 and machine.startswith("i") and machine.endswith("86"))
    if sys.platform == "win32":
        return _windows_has_avx()
    if sys.platform == "darwin":
        return _macos_has_avx()
    return _linux_has_avx()


def _windows_has_avx() -> bool:
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    return bool(kernel.IsProcessorFeaturePresent(_PF_AVX_INSTRUCTIONS_AVAILABLE))


def _macos_has_avx() -> bool:
    # A fixed system program with fixed arguments; sysctl by name is the documented way to ask.
    command = ["/usr/sbin/sysctl", "-n", "machdep.cpu.features"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        # Every Mac that runs a supported macOS on x86 has AVX; Rosetta answers this name with an error.
        return True
    return "AVX1.0" in answer.split()


def _linux_has_avx() -> bool:
    """Ask the processor itself; /proc/cpuinfo shows the host's processor inside an emulator and some containers."""
    try:
        features = _run_machine_code(_CPUID_1_ECX)
        if not features & _OSXSAVE or not features & _AVX:
            return False
        return _run_machine_code(_XGETBV_0) & _SAVES_SSE_AND_AVX == _SAVES_SSE_AND_AVX
    except OSError:
        # A hardened kernel may forbid executable memory of our own; its own account is then the best there is.
        return _cpuinfo_has_avx(Path("/proc/cpuinfo"))


def _cpuinfo_has_avx(cpuinfo: Path) -> bool:
    for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "flags":
            return "avx" in value.split()
    return False


def _run_machine_code(code: bytes) -> int:
    """Run ``code`` as a C function without arguments that returns an unsigned 32-bit number.

    Raises ``OSError`` where the system refuses executable memory. The page is never writable and executable at once.
    """
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    page.write(code)
    window = ctypes.c_char.from_buffer(page)
    address = ctypes.addressof(window)
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_EXEC):
            raise OSError(ctypes.get_errno(), "mprotect refused")
        return int(ctypes.CFUNCTYPE(ctypes.c_uint32)(address)())
    finally:
        del window
        page.close()
