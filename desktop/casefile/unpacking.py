"""Write files so that either the whole result is there or nothing is, and nothing is overwritten unasked."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from desktop.casefile.archive import check_member_name
from desktop.casefile.errors import OutputDiskFull, OutputExists, OutputUnwritable


def write_sealed(path: Path, sealed: bytes, *, overwrite: bool = False) -> None:
    """Write one sealed file: temporary file beside it, fsync, rename.

    Raises:
        OutputExists: something is there and ``overwrite`` is False. OutputDiskFull, OutputUnwritable.
    """
    try:
        refuse_taken(path, overwrite=overwrite)
        temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.partial")
        try:
            _write_file(temporary, sealed)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise _unwritable(error) from error


def refuse_taken(path: Path, *, overwrite: bool) -> None:
    """Raise OutputExists where a file cannot be written without overwriting something."""
    # os.path answers False where a name is too long or a folder is closed; the write then says what is wrong
    if os.path.isdir(path) or (os.path.lexists(path) and not overwrite):  # noqa: PTH112
        raise OutputExists("Something with this name is already there, and it was left as it is; choose another name.")


def unpack(members: Mapping[str, bytes], output: Path) -> None:
    """Write checked members to a folder that does not exist yet or is empty: whole, or not at all.

    Raises:
        OutputExists: the folder holds something, or the path is a file or a link. OutputDiskFull, OutputUnwritable.
    """
    for name in members:
        check_member_name(name)
    try:
        _refuse_occupied(output)
        parent = output.absolute().parent
        temporary = parent / f".{output.name[:100]}.{secrets.token_hex(4)}.partial"
        temporary.mkdir(mode=0o700)
        try:
            for name, content in members.items():
                target = temporary / name
                target.parent.mkdir(mode=0o700, exist_ok=True)
                _write_file(target, content)
            if output.is_dir():
                output.rmdir()  # empty, as checked; fails if something came into it since
            temporary.rename(output)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        _sync_folder(parent)
    except (OSError, ValueError) as error:
        raise _unwritable(error) from error


def _refuse_occupied(output: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputExists("The place to unpack to is a file or a link; choose a new folder.")
    if output.is_dir() and any(output.iterdir()):
        raise OutputExists("The folder to unpack to is not empty; choose a new folder.")


def _write_file(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(error: OSError | ValueError) -> OutputDiskFull | OutputUnwritable:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputDiskFull("The disk is full, so nothing was written; free some space and try again.")
    return OutputUnwritable("The folder cannot be written to, so nothing was written.", data={"errno": number})
