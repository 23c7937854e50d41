"""Making a new vault: keys, key file, empty schema, first user; complete, or nothing at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from desktop.domain.identifiers import new_id
from desktop.domain.user import User
from desktop.domain.validation import check_user_name
from desktop.vault import database, keepsakes, migrate, recovery, slots
from desktop.vault import header as keys
from desktop.vault.codec import stamp
from desktop.vault.files import sync_file
from desktop.vault.header import Header
from desktop.vault.kdf import KdfCost, check_new_passphrase
from desktop.vault.opening import Clock, Unlocked, whole_folder


def create(path: Path, user_name: str, passphrase: str, clock: Clock, cost: KdfCost) -> tuple[Unlocked, str]:
    """Write a new vault's folder; returns its keys and the recovery key as a person writes it.

    Raises:
        VaultExists, WeakPassphrase, BadInput (no user name), DiskFull, VaultUnwritable.
    """
    name = check_user_name(user_name)
    check_new_passphrase(passphrase)
    user = User(new_id(), name, clock())
    data_key, secret = slots.new_data_key(), recovery.new_secret()
    header = Header(secrets.token_hex(16), stamp(user.created_at), ())
    slot = slots.wrap_with_passphrase(header.vault_id, data_key, user.id, passphrase, cost)
    header = header.with_slot(slot).with_slot(slots.wrap_with_recovery(header.vault_id, data_key, user.id, secret))
    header = header.sealed(data_key)
    with whole_folder(path) as building:
        engine = database.open_engine(building / database.FILE, slots.subkey(data_key, "database"))
        try:
            migrate.upgrade(engine)
            with database.translated(), engine.begin() as connection:
                keepsakes.add_user(connection, user)
        finally:
            database.close(engine)
        sync_file(building / database.FILE)
        keys.write_header(building, header)
    return Unlocked(path, header, data_key, slot), recovery.written(secret)
