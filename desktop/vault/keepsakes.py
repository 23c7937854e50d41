"""Small things kept inside the vault: settings, the clinic's secret keys, contacts, users."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, Table, delete, insert, select, text, update

from desktop.domain.contact import Contact
from desktop.domain.user import User
from desktop.vault import schema
from desktop.vault.codec import moment, stamp
from desktop.vault.errors import VaultDamaged


def setting(connection: Connection, name: str) -> str | None:
    """Return a setting, or None when it was never set."""
    return connection.execute(
        select(schema.settings.c.value).where(schema.settings.c.name == name)
    ).scalar_one_or_none()


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    _put(connection, schema.settings, schema.settings.c.name, name, {"value": value})


def secret(connection: Connection, name: str) -> bytes | None:
    """Return a secret, or None."""
    return connection.execute(select(schema.secrets.c.value).where(schema.secrets.c.name == name)).scalar_one_or_none()


def put_secret(connection: Connection, name: str, value: bytes, now: datetime) -> None:
    """Keep a secret under a name, in place of an earlier one."""
    _put(connection, schema.secrets, schema.secrets.c.name, name, {"value": value, "updated_at": stamp(now)})


def contacts(connection: Connection) -> list[Contact]:
    """Return the contacts by name."""
    rows = connection.execute(select(schema.contacts).order_by(schema.contacts.c.name, schema.contacts.c.recipient))
    return [Contact(r.name, r.recipient, r.signing_key, r.note, moment(r.added_at)) for r in rows]


def add_contact(connection: Connection, contact: Contact, now: datetime) -> Contact:
    """Keep a contact; one with the same recipient is replaced."""
    values = {"name": contact.name, "signing_key": contact.signing_key, "note": contact.note, "added_at": stamp(now)}
    _put(connection, schema.contacts, schema.contacts.c.recipient, contact.recipient, values)
    return Contact(contact.name, contact.recipient, contact.signing_key, contact.note, now)


def remove_contact(connection: Connection, recipient: str) -> bool:
    """Remove a contact; False when there was none."""
    return bool(connection.execute(delete(schema.contacts).where(schema.contacts.c.recipient == recipient)).rowcount)


def users(connection: Connection) -> list[User]:
    """Return the users, the first one first."""
    rows = connection.execute(select(schema.users).order_by(text("rowid")))
    return [User(r.id, r.name, moment(r.created_at)) for r in rows]


def user(connection: Connection, user_id: str) -> User:
    """Return one user. Raises VaultDamaged when a slot of the key file names somebody unknown."""
    found = next((u for u in users(connection) if u.id == user_id), None)
    if found is None:
        raise VaultDamaged("The vault's key file and data file do not belong together; a backup is needed.")
    return found


def add_user(connection: Connection, user: User) -> None:
    """Keep a user."""
    connection.execute(insert(schema.users).values(id=user.id, name=user.name, created_at=stamp(user.created_at)))


def _put(connection: Connection, table: Table, key: Column[str], name: str, values: Mapping[str, object]) -> None:
    if not connection.execute(update(table).where(key == name).values(**values)).rowcount:
        connection.execute(insert(table).values({key.name: name, **values}))
