"""The audit trail: who did what to which record, when; each row is chained to the one before.

The chain is keyed (HMAC-SHA256 under a key derived from the data key) and its last link is kept a second time, so
an edited, inserted, removed or cut-off row shows. Someone who holds the passphrase *and* rewrites the whole chain
with this program's own code is outside what it can show.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from desktop.vault import schema
from desktop.vault.codec import moment, stamp

_ACTION = re.compile(r"[a-z][a-z_]{1,39}")
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. ``subject_id`` is a record's identifier or empty; ``detail`` holds codes and counts, no free text."""

    number: int
    at: datetime
    who: str
    action: str
    subject_id: str
    detail: str


def append(connection: Connection, key: bytes, entry: AuditEntry) -> None:
    """Add a row inside the caller's transaction; ``entry.number`` is ignored and given anew."""
    if not _ACTION.fullmatch(entry.action):
        raise ValueError("an audit action is one lower-case word")
    head = connection.execute(select(schema.audit_head)).one_or_none()
    number, before = (1, FIRST) if head is None else (head.number + 1, head.mac)
    row = {
        "number": number,
        "at": stamp(entry.at),
        "who": entry.who,
        "action": entry.action,
        "subject_id": entry.subject_id,
        "detail": entry.detail,
    }
    mac = _link(key, before, row)
    connection.execute(insert(schema.audit).values(**row, mac=mac))
    if head is None:
        connection.execute(insert(schema.audit_head).values(id=1, number=number, mac=mac))
    else:
        connection.execute(update(schema.audit_head).values(number=number, mac=mac))


def entries(connection: Connection, limit: int) -> list[AuditEntry]:
    """Return the newest rows first."""
    rows = connection.execute(select(schema.audit).order_by(schema.audit.c.number.desc()).limit(limit))
    return [AuditEntry(r.number, moment(r.at), r.who, r.action, r.subject_id, r.detail) for r in rows]


def problems(connection: Connection, key: bytes) -> list[str]:
    """Return what is wrong with the chain, one sentence each; empty when it is whole."""
    before, expected = FIRST, 1
    for r in connection.execute(select(schema.audit).order_by(schema.audit.c.number)).mappings():
        row = {name: r[name] for name in ("number", "at", "who", "action", "subject_id", "detail")}
        if r["number"] != expected:
            return [f"The audit trail lacks row {expected}."]
        if not hmac.compare_digest(_link(key, before, row), r["mac"]):
            return [f"Row {expected} of the audit trail was altered."]
        before, expected = r["mac"], expected + 1
    head = connection.execute(select(schema.audit_head)).one_or_none()
    kept = (0, FIRST) if head is None else (head.number, head.mac)
    if kept != (expected - 1, before):
        return ["Rows were removed from the end of the audit trail."]
    return []


def _link(key: bytes, before: str, row: dict[str, object]) -> str:
    content = json.dumps([before, *row.values()], ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return hmac.new(key, content, "sha256").hexdigest()
