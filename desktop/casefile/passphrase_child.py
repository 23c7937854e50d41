"""The child process behind ``desktop.casefile.passphrase``: one request in, one answer out.

Request: one operation letter, then passphrase and content, each after its length (8 bytes, big-endian).
Answer: one status letter, then the result (for DAMAGED the library's reason, which holds no content).
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import pyrage

from desktop.silence import refuse_internet_sockets

SEAL, OPEN = b"S", b"O"
DONE, CANNOT_OPEN, DAMAGED, OUT_OF_MEMORY, TOO_COSTLY = b"D", b"W", b"X", b"M", b"C"
_LENGTH_BYTES = 8
_MAX_FRAME_BYTES = 128 * 1024 * 1024


def frame(content: bytes) -> bytes:
    """Return ``content`` after its length."""
    return len(content).to_bytes(_LENGTH_BYTES, "big") + content


def answer(request: BinaryIO) -> bytes:
    """Read one request and return the answer to it. Raises ValueError for a request that is not complete."""
    operation = request.read(1)
    words, content = _read_frame(request).decode(), _read_frame(request)
    try:
        if operation == SEAL:
            return DONE + bytes(pyrage.passphrase.encrypt(content, words))
        if operation == OPEN:
            return DONE + bytes(pyrage.passphrase.decrypt(content, words))
    except pyrage.DecryptError as error:
        return _refusal(str(error))
    except MemoryError:
        return OUT_OF_MEMORY
    raise ValueError("unknown operation")


def _refusal(reason: str) -> bytes:
    """Sort the library's reasons; "Decryption failed" is the file key, "decryption error" the content after it."""
    if reason in ("Decryption failed", "No matching keys found"):
        return CANNOT_OPEN
    if "work" in reason:
        return TOO_COSTLY
    return DAMAGED + reason.encode()


def _read_frame(request: BinaryIO) -> bytes:
    prefix = request.read(_LENGTH_BYTES)
    length = int.from_bytes(prefix, "big")
    if len(prefix) != _LENGTH_BYTES:
        raise ValueError("frame cut short")
    if length > _MAX_FRAME_BYTES:
        raise ValueError("frame too long")
    content = request.read(length)
    if len(content) != length:
        raise ValueError("frame cut short")
    return content


def main() -> int:
    """Answer one request and return the exit status. A core dump would hold the passphrase, so none is written."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    refuse_internet_sockets()
    # Descriptors, not sys.stdin: a windowed bundle has none of Python's standard streams
    with os.fdopen(0, "rb", closefd=False) as request, os.fdopen(1, "wb", closefd=False) as result:
        try:
            result.write(answer(request))
        except (ValueError, pyrage.EncryptError):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
