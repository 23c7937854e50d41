"""Checking that a vault is whole: the cipher's HMACs, SQLite's structure, references, visits, audit trail, search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from desktop.vault import schema, trail, visits
from desktop.vault.database import forget_cached_pages, translated
from modelzoo.contract.errors import BarefootError

_COUNTED = ("patients", "encounters", "encounter_revisions", "drafts", "audit", "contacts", "users")


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``problems`` holds one sentence each and is empty for a sound vault; ``counts`` the rows of each table."""

    problems: tuple[str, ...]
    counts: Mapping[str, int]
    schema_version: int

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "ok": self.ok,
            "problems": list(self.problems),
            "counts": dict(self.counts),
            "schema_version": self.schema_version,
        }


def verify(connection: Connection, audit_key: bytes, version: int) -> VerifyReport:
    """Return what is wrong with the open vault; every page is read from the file and passes its HMAC."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    forget_cached_pages(connection)
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    if pages:
        # the other checks read through the same damaged pages and could only add noise
        return VerifyReport((f"{len(pages)} pages of the data file are damaged.",), counts, version)
    try:
        with translated():
            problems += _structure(connection)
            problems += visits.problems(connection)
            problems += trail.problems(connection, audit_key)
            problems += _search_index(connection)
            for name in _COUNTED:
                counts[name] = connection.execute(
                    select(func.count()).select_from(schema.metadata.tables[name])
                ).scalar_one()
    except BarefootError as error:
        problems.append(error.message)
    return VerifyReport(tuple(problems), counts, version)


def _structure(connection: Connection) -> list[str]:
    rows = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check").fetchall()]
    found = [] if rows == ["ok"] else [f"The structure of the data file is damaged in {len(rows)} places."]
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return found + ([f"{len(loose)} rows point at records that are not there."] if loose else [])


def _search_index(connection: Connection) -> list[str]:
    missing = connection.execute(
        text(
            "SELECT (SELECT count(*) FROM patients WHERE id NOT IN (SELECT patient_id FROM patient_words)) + "
            "(SELECT count(*) FROM patient_words WHERE patient_id NOT IN (SELECT id FROM patients))"
        )
    ).scalar_one()
    return [f"{missing} patients are missing from the search index."] if missing else []
