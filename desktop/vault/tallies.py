"""Counting over all saved visits, by the store itself: no visit is decoded for it."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, text

from desktop.domain.tally import VisitTally
from desktop.vault.codec import moment, stamp
from desktop.vault.errors import VaultDamaged

_QUERY = text("""
    SELECT e.patient_id, e.started_at,
           json_extract(r.body, '$.assessment.coverage.inside') AS inside,
           json_extract(r.body, '$.assessment.triage.level') AS level,
           json_extract(r.body, '$.assessment.differential[0].id', '$.assessment.differential[1].id',
                        '$.assessment.differential[2].id') AS first,
           (SELECT json_group_array(json_extract(d.value, '$[1]')) FROM json_each(r.body, '$.diagnoses') d) AS own
    FROM encounters e JOIN encounter_revisions r ON r.encounter_id = e.id AND r.revision = e.revision
    WHERE e.started_at >= :since
    ORDER BY e.started_at
""")


def tallies(connection: Connection, since: datetime) -> list[VisitTally]:
    """Every visit that began at ``since`` or later, oldest first. Raises VaultDamaged."""
    try:
        return [
            VisitTally(
                row.patient_id,
                moment(row.started_at),
                None if row.inside is None else bool(row.inside),
                row.level,
                _ids(row.first),
                _ids(row.own),
            )
            for row in connection.execute(_QUERY, {"since": stamp(since)})
        ]
    except (ValueError, TypeError) as error:
        raise VaultDamaged("A stored visit cannot be read.", data={"cause": type(error).__name__}) from error


def _ids(stored: str | None) -> tuple[str, ...]:
    return tuple(str(one) for one in json.loads(stored or "[]") if one is not None)
