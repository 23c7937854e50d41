"""Work on passphrases in a child process: scrypt takes up to a gigabyte, which must not stay with the program,
and a child that is killed for want of memory takes no unsaved visit with it.

The passphrase and the content travel through pipes, never through arguments, environment or disk.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import desktop
from desktop.casefile import memory
from desktop.casefile.age_header import AgeHeader, read_header
from desktop.casefile.damage import header_failure, payload_failure
from desktop.casefile.errors import (
    NotEnoughMemory,
    PassphraseProcessFailed,
    WeakPassphrase,
    WorkFactorTooHigh,
    WrongPassphrase,
)
from desktop.casefile.passphrase_child import CANNOT_OPEN, DAMAGED, DONE, OPEN, OUT_OF_MEMORY, SEAL, TOO_COSTLY, frame

HIDDEN_COMMAND = "passphrase-child"
MIN_CHARACTERS = 10
MAX_CHARACTERS = 1024
MAX_WORK_FACTOR = 21
TIMEOUT_S = 300
MIB = 1024 * 1024
# Sealing picks its cost by the clock, up to about 1 GiB on a fast machine (measured with pyrage 1.4.0)
SEALING_BYTES = 1100 * MIB
MARGIN_BYTES = 64 * MIB


def check_passphrase(words: str) -> str:
    """Return a passphrase that may protect a file that travels. Raises WeakPassphrase."""
    if not MIN_CHARACTERS <= len(words) <= MAX_CHARACTERS or len(set(words)) < 5:
        raise WeakPassphrase(
            f"The passphrase must have at least {MIN_CHARACTERS} characters; several words are best.",
            data={"minimum": MIN_CHARACTERS},
        )
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise WeakPassphrase("The passphrase holds damaged characters.") from error
    return words


def seal(inner: bytes, words: str) -> bytes:
    """Return ``inner`` sealed with a passphrase. Raises WeakPassphrase, NotEnoughMemory, PassphraseProcessFailed."""
    check_passphrase(words)
    _check_memory(SEALING_BYTES)
    status, sealed = _run(SEAL, words, inner)
    if status != DONE:
        raise _child_failure(status)
    read_header(sealed)
    return sealed


def open_sealed(sealed: bytes, words: str, header: AgeHeader) -> bytes:
    """Return the content of a passphrase file; ``header`` is that of ``sealed``.

    Raises:
        WorkFactorTooHigh, NotEnoughMemory: before anything is computed.
        WrongPassphrase, CutShort, Damaged, PassphraseProcessFailed.
    """
    factor = header.work_factor or 0
    if factor > MAX_WORK_FACTOR:
        raise _too_costly(factor)
    _check_memory((1 << (factor + 10)) + MARGIN_BYTES)  # scrypt with r = 8: 128 * r * 2^factor bytes
    try:
        words.encode()
    except UnicodeEncodeError:
        raise _wrong() from None
    status, inner = _run(OPEN, words, sealed)
    if status == CANNOT_OPEN:
        raise _wrong()
    if status == TOO_COSTLY:
        raise _too_costly(factor)
    if status == DAMAGED:
        raise header_failure() if b"MAC" in inner else payload_failure(header)
    if status != DONE:
        raise _child_failure(status)
    return inner


def child_command() -> list[str]:
    """Return how to start the child: in a bundle the program itself, under a hidden subcommand."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_COMMAND]
    return [sys.executable, "-m", "desktop.casefile.passphrase_child"]


def _run(operation: bytes, words: str, content: bytes) -> tuple[bytes, bytes]:
    environment = dict(os.environ)
    root = str(Path(desktop.__file__).parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (root, environment.get("PYTHONPATH", "")) if p)
    request = operation + frame(words.encode()) + frame(content)
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell, no argument from outside
            child_command(),
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could quote what was typed
            timeout=TIMEOUT_S,
            env=environment,
            creationflags=flags,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _child_failure(b"") from error
    if done.returncode in (-9, 137):
        return OUT_OF_MEMORY, b""
    return (done.stdout[:1], done.stdout[1:]) if done.returncode == 0 else (b"", b"")


def _check_memory(needed_bytes: int) -> None:
    free = memory.free_memory_bytes()
    if free is not None and free < needed_bytes:
        raise NotEnoughMemory(
            f"A passphrase needs {needed_bytes // MIB} MB of free memory and {free // MIB} MB are free; "
            "close other programs, or use a key in place of a passphrase.",
            data={"needed_bytes": needed_bytes, "free_bytes": free},
        )


def _too_costly(factor: int) -> WorkFactorTooHigh:
    return WorkFactorTooHigh(
        "This case file asks for more work or memory than this computer can give, so it was not opened.",
        data={"work_factor": factor, "limit": MAX_WORK_FACTOR},
    )


def _wrong() -> WrongPassphrase:
    # age protects the salt by nothing but the passphrase, so a damaged salt cannot be told from a wrong passphrase
    return WrongPassphrase(
        "This passphrase does not open the case file: it is another one, or the first lines of the file are damaged."
    )


def _child_failure(status: bytes) -> NotEnoughMemory | PassphraseProcessFailed:
    if status == OUT_OF_MEMORY:
        return NotEnoughMemory("There was too little free memory for a passphrase; close other programs and try again.")
    return PassphraseProcessFailed("The passphrase could not be worked on; nothing was changed.")
