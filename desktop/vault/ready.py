"""Opening the data file of an unlocked vault and bringing it to this program's schema."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from desktop.vault import backup, database, migrate
from desktop.vault.errors import VaultDamaged
from desktop.vault.opening import Unlocked
from desktop.vault.schema import SCHEMA_VERSION
from desktop.vault.slots import subkey


def ready_engine(unlocked: Unlocked, now: datetime) -> Engine:
    """Return an engine on the data file; an older schema is backed up inside the folder, then upgraded.

    Raises:
        VaultInUse, VaultDamaged, VaultTooNew, DiskFull, VaultUnwritable.
    """
    key = subkey(unlocked.data_key, "database")
    engine = database.open_engine(unlocked.folder / database.FILE, key)
    try:
        with database.translated(), engine.begin() as connection:
            version = migrate.schema_version(connection)
        migrate.check_not_too_new(version)
        if version < 1:
            raise VaultDamaged("The vault's data file holds no records at all; a backup is needed.")
        if version < SCHEMA_VERSION:
            kept = unlocked.folder / f"before-schema-{version + 1}-{now:%Y%m%d%H%M%S}"
            backup.back_up(engine, unlocked.header, key, kept, now)
            migrate.upgrade(engine)
    except BaseException:
        database.close(engine)
        raise
    return engine
