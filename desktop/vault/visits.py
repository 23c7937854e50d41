"""Visits in the store: every saved revision is kept; drafts of open visits stand apart."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Select, delete, insert, select, text, update

from desktop.domain.encounter import Encounter
from desktop.vault import schema
from desktop.vault.codec import encounter_from_json, encounter_to_json, stamp
from desktop.vault.errors import RevisionConflict, UnknownRecord, VaultDamaged
from modelzoo.contract.errors import BadInput


def save(connection: Connection, visit: Encounter, author: str, now: datetime) -> Encounter:
    """Write the next revision of a checked visit, drop its draft, and return the visit as stored.

    Raises:
        RevisionConflict: ``visit.revision`` is not the stored one.
        UnknownRecord: there is no such patient.
        BadInput: the visit was saved for another patient before.
    """
    if connection.execute(select(schema.patients.c.id).where(schema.patients.c.id == visit.patient_id)).first() is None:
        raise UnknownRecord("There is no patient with this identifier.")
    stored = connection.execute(select(schema.encounters).where(schema.encounters.c.id == visit.id)).one_or_none()
    if visit.revision != (0 if stored is None else stored.revision):
        raise RevisionConflict("This visit was changed since it was opened; please open it again before saving.")
    if stored is not None and stored.patient_id != visit.patient_id:
        raise BadInput("A saved visit cannot be moved to another patient.", code="VLT-011")
    saved = replace(visit, author=visit.author or author, saved_at=now, revision=visit.revision + 1)
    head = {
        "patient_id": saved.patient_id,
        "started_at": stamp(saved.started_at),
        "kind": str(saved.kind),
        "saved_at": stamp(now),
        "author": saved.author,
        "revision": saved.revision,
    }
    if stored is None:
        connection.execute(insert(schema.encounters).values(id=saved.id, **head))
    else:
        connection.execute(update(schema.encounters).where(schema.encounters.c.id == saved.id).values(**head))
    body = encounter_to_json(saved)
    connection.execute(
        insert(schema.encounter_revisions).values(
            encounter_id=saved.id,
            revision=saved.revision,
            saved_at=stamp(now),
            author=author,
            body=body,
            sha256=_sha256(body),
        )
    )
    discard_draft(connection, saved.id)
    return saved


def load(connection: Connection, encounter_id: str, revision: int | None = None) -> Encounter:
    """Return the newest (or one) revision of a visit. Raises UnknownRecord, VaultDamaged."""
    query = _bodies().where(schema.encounters.c.id == encounter_id)
    if revision is not None:
        query = (
            select(schema.encounter_revisions.c.body, schema.encounter_revisions.c.sha256)
            .where(schema.encounter_revisions.c.encounter_id == encounter_id)
            .where(schema.encounter_revisions.c.revision == revision)
        )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownRecord("There is no visit with this identifier.")
    return _decoded(row.body, row.sha256)


def revisions(connection: Connection, encounter_id: str) -> list[Encounter]:
    """Return every saved revision of a visit, oldest first."""
    table = schema.encounter_revisions
    rows = connection.execute(
        select(table.c.body, table.c.sha256).where(table.c.encounter_id == encounter_id).order_by(table.c.revision)
    )
    return [_decoded(row.body, row.sha256) for row in rows]


def newest(connection: Connection, limit: int, offset: int) -> list[Encounter]:
    """Return visits by start, newest first."""
    return _run(connection, _bodies().order_by(*_newest_first()).limit(limit).offset(offset))


def of_patient(connection: Connection, patient_id: str) -> list[Encounter]:
    """Return the visits of one patient, newest first."""
    query = _bodies().where(schema.encounters.c.patient_id == patient_id)
    return _run(connection, query.order_by(*_newest_first()))


def on_day(connection: Connection, day: date) -> list[Encounter]:
    """Return the visits that began on a day of this machine's local time, in the order they began."""
    begin = datetime.combine(day, time.min).astimezone()
    end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    started = schema.encounters.c.started_at
    query = _bodies().where(started >= stamp(begin)).where(started < stamp(end))
    return _run(connection, query.order_by(started, schema.encounters.c.id))


def save_draft(connection: Connection, visit: Encounter, now: datetime) -> None:
    """Keep the open visit as it is now; one draft a visit."""
    row = {"patient_id": visit.patient_id, "saved_at": stamp(now), "body": encounter_to_json(visit)}
    changed = connection.execute(
        update(schema.drafts).where(schema.drafts.c.encounter_id == visit.id).values(**row)
    ).rowcount
    if not changed:
        connection.execute(insert(schema.drafts).values(encounter_id=visit.id, **row))


def drafts(connection: Connection) -> list[Encounter]:
    """Return the drafts, the last one kept first."""
    rows = connection.execute(select(schema.drafts.c.body).order_by(schema.drafts.c.saved_at.desc())).scalars()
    return [encounter_from_json(body) for body in rows]


def discard_draft(connection: Connection, encounter_id: str) -> None:
    """Drop the draft of a visit if there is one."""
    connection.execute(delete(schema.drafts).where(schema.drafts.c.encounter_id == encounter_id))


def problems(connection: Connection) -> list[str]:
    """Return what contradicts itself among the visits: missing revisions, bodies that differ from their hash."""
    found = []
    gaps = connection.execute(
        text(
            "SELECT count(*) FROM encounters e WHERE e.revision != "
            "(SELECT count(*) FROM encounter_revisions r WHERE r.encounter_id = e.id) OR e.revision != "
            "(SELECT max(revision) FROM encounter_revisions r WHERE r.encounter_id = e.id)"
        )
    ).scalar_one()
    if gaps:
        found.append(f"{gaps} visits lack a saved revision.")
    table = schema.encounter_revisions
    bad = sum(_sha256(row.body) != row.sha256 for row in connection.execute(select(table.c.body, table.c.sha256)))
    if bad:
        found.append(f"{bad} saved revisions differ from what was written.")
    return found


def _bodies() -> Select[tuple[str, str]]:
    table = schema.encounter_revisions
    return select(table.c.body, table.c.sha256).join(
        schema.encounters,
        (schema.encounters.c.id == table.c.encounter_id) & (schema.encounters.c.revision == table.c.revision),
    )


def _newest_first() -> tuple[ColumnElement[str], Column[str]]:
    return schema.encounters.c.started_at.desc(), schema.encounters.c.id


def _run(connection: Connection, query: Select[tuple[str, str]]) -> list[Encounter]:
    return [_decoded(row.body, row.sha256) for row in connection.execute(query)]


def _decoded(body: str, sha256: str) -> Encounter:
    if _sha256(body) != sha256:
        raise VaultDamaged("A saved visit differs from what was written.", data={"where": "visit"})
    return encounter_from_json(body)


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
