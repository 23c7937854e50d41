"""Patients in the store: saving with history, reading, searching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, text, update

from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.vault import schema
from desktop.vault.codec import LISTS, moment, patient_to_json, stamp
from desktop.vault.errors import RevisionConflict, UnknownRecord
from desktop.vault.words import index_words, match_expression
from modelzoo.contract.case import ListStatus


def save(connection: Connection, patient: Patient, author: str, now: datetime) -> tuple[Patient, bool]:
    """Write a checked patient; returns it as stored, and whether it is new.

    Raises:
        RevisionConflict: the stored record was changed since ``patient`` was read.
    """
    stored = connection.execute(
        select(schema.patients.c.created_at, schema.patients.c.updated_at, schema.patients.c.revision).where(
            schema.patients.c.id == patient.id
        )
    ).one_or_none()
    if stored is None:
        created_at, revision = now, 1
    else:
        if patient.updated_at is None or stamp(patient.updated_at) != stored.updated_at:
            raise RevisionConflict("This patient's record was changed since it was opened; please open it again.")
        created_at, revision = moment(stored.created_at), stored.revision + 1
    patient = replace(patient, created_at=created_at, updated_at=now)
    row = _row(patient) | {"created_at": stamp(created_at), "updated_at": stamp(now), "revision": revision}
    if stored is None:
        connection.execute(insert(schema.patients).values(**row))
    else:
        connection.execute(update(schema.patients).where(schema.patients.c.id == patient.id).values(**row))
    _save_items(connection, patient)
    _index(connection, patient)
    connection.execute(
        insert(schema.patient_revisions).values(
            patient_id=patient.id, revision=revision, saved_at=stamp(now), author=author, body=patient_to_json(patient)
        )
    )
    return patient, stored is None


def load(connection: Connection, patient_id: str) -> Patient:
    """Return one patient. Raises UnknownRecord."""
    found = _patients(connection, [patient_id])
    if not found:
        raise UnknownRecord("There is no patient with this identifier.")
    return found[0]


def search(connection: Connection, query: str, limit: int) -> list[Patient]:
    """Return patients in whom every part of the query is found, the best match first."""
    expression = match_expression(query)
    if expression is None:
        return recent(connection, limit) if not query.strip() else []
    ids = connection.execute(
        text("SELECT patient_id FROM patient_words WHERE words MATCH :words ORDER BY rank, patient_id LIMIT :limit"),
        {"words": expression, "limit": limit},
    ).scalars()
    return _patients(connection, list(ids))


def recent(connection: Connection, limit: int) -> list[Patient]:
    """Return the patients that were changed or seen last, newest first."""
    seen = (
        select(schema.encounters.c.patient_id, schema.encounters.c.saved_at.label("at"))
        .union_all(select(schema.patients.c.id, schema.patients.c.updated_at))
        .subquery()
    )
    ids = connection.execute(
        select(seen.c.patient_id).group_by(seen.c.patient_id).order_by(text("max(at) DESC")).limit(limit)
    ).scalars()
    return _patients(connection, list(ids))


def _patients(connection: Connection, ids: Sequence[str]) -> list[Patient]:
    rows = {
        row["id"]: row
        for row in connection.execute(select(schema.patients).where(schema.patients.c.id.in_(ids))).mappings()
    }
    items: dict[tuple[str, str], list[ListedItem]] = {}
    query = select(schema.patient_items).where(schema.patient_items.c.patient_id.in_(ids))
    for item in connection.execute(query.order_by(schema.patient_items.c.position)).mappings():
        items.setdefault((item["patient_id"], item["list"]), []).append(ListedItem(item["name"], item["note"]))
    return [_patient(rows[i], {name: tuple(items.get((i, name), ())) for name in LISTS}) for i in ids if i in rows]


def _patient(row: RowMapping, items: dict[str, tuple[ListedItem, ...]]) -> Patient:
    lists = {name: StatusList(ListStatus(row[f"{name}_status"]), items[name]) for name in LISTS}
    return Patient(
        id=row["id"],
        name=row["name"],
        sex=row["sex"],
        birth_date=row["birth_date"] and date.fromisoformat(row["birth_date"]),
        birth_date_is_estimate=row["birth_date_is_estimate"],
        village=row["village"],
        phone=row["phone"],
        local_number=row["local_number"],
        created_at=moment(row["created_at"]),
        updated_at=moment(row["updated_at"]),
        **lists,
    )


def _row(patient: Patient) -> dict[str, Any]:
    return {
        "id": patient.id,
        "name": patient.name,
        "sex": patient.sex,
        "birth_date": patient.birth_date and patient.birth_date.isoformat(),
        "birth_date_is_estimate": patient.birth_date_is_estimate,
        "village": patient.village,
        "phone": patient.phone,
        "local_number": patient.local_number,
        **{f"{name}_status": str(getattr(patient, name).status) for name in LISTS},
    }


def _save_items(connection: Connection, patient: Patient) -> None:
    connection.execute(delete(schema.patient_items).where(schema.patient_items.c.patient_id == patient.id))
    rows = [
        {"patient_id": patient.id, "list": name, "position": position, "name": item.name, "note": item.note}
        for name in LISTS
        for position, item in enumerate(getattr(patient, name).items)
    ]
    if rows:
        connection.execute(insert(schema.patient_items), rows)


def _index(connection: Connection, patient: Patient) -> None:
    connection.execute(text("DELETE FROM patient_words WHERE patient_id = :id"), {"id": patient.id})
    words = index_words(patient.name, patient.village, patient.local_number, phone=patient.phone)
    connection.execute(
        text("INSERT INTO patient_words (patient_id, words) VALUES (:id, :words)"), {"id": patient.id, "words": words}
    )
