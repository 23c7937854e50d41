"""The encrypted SQLite file: one connection, keyed, durable, exclusive.

Journal: a rollback journal (``TRUNCATE``) and ``synchronous=FULL``. A commit then means that the pages stand in the
main file and were synced, and that the journal was cut and synced; nothing that was called saved lives in a second
file that can be lost or damaged unseen. docs/VAULT.md has the comparison with the write-ahead log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from desktop.vault.errors import DiskFull, VaultDamaged, VaultInUse, VaultUnwritable
from desktop.vault.files import PRIVATE_FILE, unwritable

FILE = "vault.db"
LOCK_WAIT_S = 0.2

_PRAGMAS = (
    "cipher_log_level = NONE",  # its log goes to standard error; errors reach us as exceptions anyway
    "cipher_memory_security = ON",  # wipes freed pages in memory
    "locking_mode = EXCLUSIVE",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: a plain fsync there does not reach the platter
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -8000",
)

# the driver's backup reports SQLite's fixed sentence without the code
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
}


def connect(file: Path, key: bytes) -> Any:
    """Return a keyed sqlcipher3 connection in autocommit mode; the file is created private if it is not there."""
    if not file.exists():
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        except OSError as error:
            raise unwritable(error) from error
    connection = sqlcipher3.connect(str(file), isolation_level=None, timeout=LOCK_WAIT_S, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN EXCLUSIVE")  # takes the lock now and keeps it: one program at a time
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(file: Path, key: bytes) -> Engine:
    """Return an SQLAlchemy engine over the one connection; the key is in no URL.

    Raises:
        VaultInUse, VaultDamaged, VaultUnwritable.
    """
    with translated():
        connection = connect(file, key)
    engine = create_engine(
        "sqlite://", module=sqlcipher3, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(opened: Connection) -> None:
        opened.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def driver(engine: Engine) -> Any:
    """Return the one sqlcipher3 connection behind the engine."""
    return engine.raw_connection().driver_connection


def close(engine: Engine) -> None:
    """Close the connection behind the engine; SQLCipher then wipes its key."""
    engine.dispose()


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLite and SQLCipher say into one clear sentence, without the statement or its values."""
    try:
        yield
    except DBAPIError as error:
        raise _sentence(error.orig) from None
    except sqlcipher3.Error as error:
        raise _sentence(error) from None


def forget_cached_pages(connection: Connection) -> None:
    """Drop clean pages from memory, so that what is read next comes from the file and passes its HMAC."""
    connection.exec_driver_sql("PRAGMA shrink_memory")


def _sentence(error: BaseException | None) -> Exception:
    name = str(getattr(error, "sqlite_errorname", "") or _NAMES.get(str(error), ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return VaultInUse("The vault is open in another window or program; close it there first.")
    if name.startswith("SQLITE_FULL"):
        return DiskFull("The disk is full, so nothing was saved; free some space and save again.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_DATA")):
        return VaultDamaged(
            "The vault's data file is damaged; this is not a wrong passphrase, and a backup may be needed.",
            data={"where": "data file", "cause": name},
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return VaultUnwritable(
            "The disk cannot be read or written, so nothing was saved; check the disk and its free space.",
            data={"cause": name},
        )
    return RuntimeError(f"{type(error).__name__} {name}")
