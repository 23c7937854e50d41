"""Small files written so that a power cut leaves the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from desktop.vault.errors import DiskFull, VaultUnwritable

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def write_whole(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: temporary file, fsync, rename, fsync of the folder.

    Raises:
        DiskFull, VaultUnwritable: nothing was changed.
    """
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise unwritable(error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in ``folder`` survive a power cut (POSIX; Windows journals names itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of ``path`` survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def unwritable(error: OSError) -> DiskFull | VaultUnwritable:
    """Return the sentence that fits a failed write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull("The disk is full, so nothing was saved; free some space and save again.")
    return VaultUnwritable(
        "The folder of the vault cannot be written, so nothing was saved.", data={"errno": error.errno}
    )
