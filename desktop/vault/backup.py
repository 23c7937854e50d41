"""Copies of a whole vault: made from the open one, checked before they count, restored only when unchanged."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from desktop.vault import database
from desktop.vault import header as keys
from desktop.vault.codec import stamp
from desktop.vault.errors import BackupDamaged, NotAVault, VaultTooNew, VaultUnwritable, WrongPassphrase
from desktop.vault.files import sync_file, write_whole
from desktop.vault.header import Header
from desktop.vault.opening import BACKUP, whole_folder

VERSION = 1
MAX_BYTES = 64 * 1024


def back_up(engine: Engine, header: Header, database_key: bytes, to: Path, now: datetime) -> None:
    """Write a copy of the open vault to the new folder ``to``, read it back, and only then give it its name.

    The copy restores to a vault that the same passphrases open. Must run outside a transaction: SQLite waits for ever
    for a source that is being written by its own connection. Raises VaultExists, DiskFull, VaultUnwritable,
    BackupDamaged (the copy did not read back).
    """
    with whole_folder(to) as building:
        keys.write_header(building, header)
        copy = building / database.FILE
        with database.translated():
            target = database.connect(copy, database_key)
            try:
                database.driver(engine).backup(target)
            finally:
                target.close()
            _check_copy(copy, database_key)
        (building / f"{database.FILE}-journal").unlink(missing_ok=True)
        sync_file(copy)
        names = (keys.FILE, keys.COPY, database.FILE)
        content = {
            "format": "barefoot backup",
            "version": VERSION,
            "made_at": stamp(now),
            "vault_id": header.vault_id,
            "files": {name: _digest(building / name) for name in names},
        }
        write_whole(building / BACKUP, json.dumps(content, indent=1).encode("ascii"))


def restore(source: Path, to: Path) -> None:
    """Copy a backup to the new folder ``to`` after checking every file against what was written.

    Raises:
        NotAVault: ``source`` is no backup.
        BackupDamaged: a file of it is missing or changed.
        VaultTooNew: a newer program wrote it.
        VaultExists, DiskFull, VaultUnwritable.
    """
    files = _manifest(source)
    with whole_folder(to) as building:
        for name, digest in files.items():
            original = source / name
            if not original.is_file() or _digest(original) != digest:
                raise _damaged()
            shutil.copyfile(original, building / name)
            (building / name).chmod(0o600)
            sync_file(building / name)
            if _digest(building / name) != digest:
                raise _damaged()


def prove_passphrase(source: Path, passphrase: str) -> None:
    """Refuse a passphrase that would not open what is restored, before anything is.

    Raises:
        WrongPassphrase, NotAVault, BackupDamaged, VaultDamaged, VaultTooNew, VaultUnwritable.
    """
    _manifest(source)
    if keys.open_with_passphrase(keys.read_header(source)[0], passphrase) is None:
        raise WrongPassphrase("This passphrase does not open the backup, so nothing was restored.")


def _manifest(source: Path) -> dict[str, str]:
    try:
        with (source / BACKUP).open("rb") as file:
            content: Any = json.loads(file.read(MAX_BYTES))
    except PermissionError as error:
        raise VaultUnwritable("The backup cannot be read; check who may open its folder.") from error
    except OSError as error:
        raise NotAVault("This is not a backup that Barefoot made.", data={"kind": "no backup"}) from error
    except (ValueError, RecursionError) as error:
        raise _damaged() from error
    if not isinstance(content, dict) or content.get("format") != "barefoot backup":
        raise _damaged()
    if isinstance(content.get("version"), int) and content["version"] > VERSION:
        raise VaultTooNew("This backup was written by a newer version of Barefoot; please update the program.")
    files = content.get("files")
    if not isinstance(files, dict) or set(files) != {keys.FILE, keys.COPY, database.FILE}:
        raise _damaged()
    return {str(name): str(digest) for name, digest in files.items()}


def _check_copy(copy: Path, database_key: bytes) -> None:
    opened = database.connect(copy, database_key)
    try:
        damaged_pages = opened.execute("PRAGMA cipher_integrity_check").fetchall()
        structure = opened.execute("PRAGMA integrity_check").fetchall()
    finally:
        opened.close()
    if damaged_pages or structure != [("ok",)]:
        raise BackupDamaged("The backup could not be read back after it was written; please try another disk.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged() -> BackupDamaged:
    return BackupDamaged("This backup is damaged or incomplete, so nothing was restored; please try an older one.")
