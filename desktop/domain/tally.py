"""What counting over many visits needs of each: no words, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VisitTally:
    """One saved visit. ``inside``: whether the complaint lay inside what the program knows, None where nothing was
    assessed; ``level``: its triage; ``first``: ids of the first three candidates; ``own``: ids of the clinician's own
    diagnoses that were chosen from the list."""

    patient_id: str
    started_at: datetime
    inside: bool | None
    level: str | None
    first: tuple[str, ...]
    own: tuple[str, ...]
