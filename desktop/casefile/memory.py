"""How much memory is free: a passphrase needs up to a gigabyte, and a laptop that swaps looks dead."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")


def free_memory_bytes() -> int | None:
    """Return the memory that can be used without swapping, or None where the system does not tell."""
    if sys.platform == "win32":
        return _windows()
    return parse_meminfo(MEMINFO.read_text(encoding="ascii")) if MEMINFO.is_file() else None


def parse_meminfo(text: str) -> int | None:
    """Return ``MemAvailable`` of Linux' ``/proc/meminfo`` in bytes; None where the kernel does not write it."""
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        amount = rest.split()
        if name == "MemAvailable" and len(amount) == 2 and amount[0].isdigit() and amount[1] == "kB":
            return int(amount[0]) * 1024
    return None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load_percent", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in (
            "total_physical", "available_physical", "total_page", "available_page",
            "total_virtual", "available_virtual", "available_extended",
        )),
    )  # fmt: skip


def _windows() -> int | None:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll", None)
    if kernel is None or not kernel.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.available_physical)
