"""Bringing a vault's schema up to this program, and refusing one that is ahead of it.

The version is SQLite's ``user_version``: reading it costs nothing, so Alembic (which costs 0.1 s to import) is
loaded only when there is something to change. Each step runs in one transaction with the version it leads to.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from desktop.vault.database import translated
from desktop.vault.errors import VaultTooNew
from desktop.vault.schema import SCHEMA_VERSION


def schema_version(connection: Connection) -> int:
    """Return the schema version of the open file; 0 for one without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def check_not_too_new(version: int) -> None:
    """Raise VaultTooNew when a newer program wrote the file."""
    if version > SCHEMA_VERSION:
        raise VaultTooNew(
            "This vault was written by a newer version of Barefoot; please update the program.",
            data={"schema": version, "known": SCHEMA_VERSION},
        )


def upgrade(engine: Engine) -> None:
    """Run every step that is missing. Each is complete or not begun, whatever happens in between."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from desktop.vault.migrations import STEPS

    with translated():
        while True:
            with engine.begin() as connection:
                version = schema_version(connection)
                if version >= len(STEPS):
                    return
                STEPS[version](Operations(MigrationContext.configure(connection)))
                connection.exec_driver_sql(f"PRAGMA user_version = {version + 1}")
