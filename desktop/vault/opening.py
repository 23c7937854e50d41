"""From a path and a passphrase to the data key: recognising, creating and unlocking a vault's folder."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.vault import attempts, database, recovery
from desktop.vault import header as keys
from desktop.vault.errors import (
    NotAVault,
    VaultDamaged,
    VaultExists,
    VaultUnwritable,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.vault.files import PRIVATE_FOLDER, sync_folder, unwritable
from desktop.vault.header import Header
from desktop.vault.slots import Slot

Clock = Callable[[], datetime]
BACKUP = "backup.json"
_SMALLEST_DATABASE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A vault's folder with its data key. ``failures`` wrong passphrases came before; ``repair``: rewrite key files."""

    folder: Path
    header: Header
    data_key: bytes
    slot: Slot
    failures: int = 0
    repair: bool = False

    def __repr__(self) -> str:
        return "Unlocked(…)"  # a key must not reach a traceback or a log


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def recognise(path: Path) -> Path:
    """Return the vault's folder for a path; a file inside the folder stands for it.

    Raises:
        NotAVault: there is nothing, or something else, or a backup.
        VaultDamaged: a part of the vault is missing.
        VaultUnwritable: the place cannot be reached.
    """
    try:
        return _recognised(path)
    except OSError as error:  # no permission, or a name too long for any file
        raise VaultUnwritable(
            f"This place cannot be reached: {error.strerror}.", data={"errno": error.errno}
        ) from error


def _recognised(path: Path) -> Path:
    if path.is_file() and path.name in (keys.FILE, keys.COPY, database.FILE) and (path.parent / keys.FILE).is_file():
        path = path.parent
    if not path.exists():
        raise NotAVault("There is no vault at this place.", data={"kind": "nothing"})
    if not path.is_dir():
        raise _not_a_vault_but_a_file(path)
    has_keys = (path / keys.FILE).is_file() or (path / keys.COPY).is_file()
    data = path / database.FILE
    if (path / BACKUP).is_file():
        # opening writes to the audit trail, and a backup that differs from its list restores no more
        raise NotAVault("This is a backup; restore it to a new place and open that.", data={"kind": "backup"})
    if not has_keys and not data.exists():
        raise NotAVault("This folder is not a Barefoot vault.", data={"kind": "folder"})
    if not has_keys:
        raise VaultDamaged("The vault's key file is missing; a backup is needed.", data={"where": "key file"})
    if not data.is_file() or data.stat().st_size < _SMALLEST_DATABASE_BYTES:
        raise VaultDamaged(
            "The vault's data file is missing or cut short; a backup is needed.", data={"where": "data file"}
        )
    return path


def unlock(path: Path, passphrase: str, clock: Clock) -> Unlocked:
    """Return the data key behind a passphrase.

    Raises:
        NotAVault, VaultDamaged, VaultTooNew, PassphraseDelay, WrongPassphrase.
    """
    folder = recognise(path)
    header, repair = keys.read_header(folder)
    now = clock().timestamp()
    before = attempts.admit(folder, now)
    found = keys.open_with_passphrase(header, passphrase)
    if found is None:
        wait_s = attempts.Attempts(before.failures + 1, now).delay_s()
        raise WrongPassphrase(
            "This passphrase does not open the vault." + (f" The next try is possible in {wait_s:g} s." * bool(wait_s)),
            data={"failures": before.failures + 1, "seconds": wait_s},
        )
    forgive(folder)
    return Unlocked(folder, header, *found, before.failures, repair)


def unlock_with_recovery_key(path: Path, typed: str) -> Unlocked:
    """Return the data key behind the recovery key; no delay, since 160 bits are not guessed.

    Raises:
        NotAVault, VaultDamaged, VaultTooNew, WrongRecoveryKey.
    """
    folder = recognise(path)
    header, repair = keys.read_header(folder)
    found = keys.open_with_recovery(header, recovery.read(typed))
    if found is None:
        raise WrongRecoveryKey("This recovery key belongs to another vault, or was replaced by a newer one.")
    failures = attempts.read_attempts(folder).failures
    forgive(folder)
    return Unlocked(folder, header, *found, failures, repair)


def forgive(folder: Path) -> None:
    """Forget the wrong passphrases after a right one; they were handed on to the audit trail."""
    try:
        (folder / attempts.FILE).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(error) from error


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a private folder beside ``target`` that takes its name at the end, or vanishes when something fails.

    Raises:
        VaultExists: ``target`` is already there.
        DiskFull, VaultUnwritable.
    """
    if os.path.lexists(target):
        raise _taken()
    building = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        building.mkdir(mode=PRIVATE_FOLDER)
        yield building
        sync_folder(building)
        if os.path.lexists(target):  # somebody else was quicker
            raise _taken()
        building.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _taken() -> VaultExists:
    return VaultExists("Something is already at this place, and it was left as it is; please choose another name.")


def _not_a_vault_but_a_file(path: Path) -> NotAVault:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return NotAVault("This file cannot be read, and a vault is a folder.", data={"kind": "unreadable"})
    if not start:
        return NotAVault("This file is empty; a Barefoot vault is a folder.", data={"kind": "empty"})
    if start == b"SQLite format 3\x00":
        return NotAVault(
            "This is an ordinary, unencrypted database and not a Barefoot vault.", data={"kind": "plain database"}
        )
    return NotAVault("This is a file of another kind; a Barefoot vault is a folder.", data={"kind": "file"})
