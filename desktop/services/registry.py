"""Patients: making, changing, finding them, and today's list."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from rapidfuzz.distance import JaroWinkler

from desktop.domain.age import age_years, birth_date_from_age
from desktop.domain.encounter import Encounter
from desktop.domain.identifiers import new_id
from desktop.domain.patient import Patient
from desktop.domain.validation import checked_patient
from desktop.vault import Vault

_SAME_NAME = 0.92
_SAME_AGE_YEARS = 2.0


@dataclass(frozen=True, slots=True)
class WorklistEntry:
    """One visit of the day and its patient; ``is_draft`` marks a visit that is open or was cut short."""

    patient: Patient
    encounter: Encounter
    is_draft: bool


class RegistryService:
    """Use cases around patients, over one open vault."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._vault = vault
        self._clock = clock

    def today(self) -> date:
        """Return today's date on this machine."""
        return self._clock().astimezone().date()

    def new_patient(
        self,
        name: str,
        *,
        sex: str | None = None,
        birth_date: date | None = None,
        stated_age_years: float | None = None,
    ) -> Patient:
        """Return an unsaved patient; a stated age becomes an estimated birth date. Raises BadInput."""
        estimate = birth_date is None and stated_age_years is not None
        if birth_date is None and stated_age_years is not None:
            birth_date = birth_date_from_age(stated_age_years, self.today())
        return checked_patient(
            Patient(new_id(), name, sex=sex, birth_date=birth_date, birth_date_is_estimate=estimate), self.today()
        )

    def save(self, patient: Patient) -> Patient:
        """Save a new or changed patient. Raises BadInput, RevisionConflict."""
        return self._vault.save_patient(patient)

    def open(self, patient_id: str) -> Patient:
        """Return a patient whose record somebody now looks at, which the audit trail keeps. Raises UnknownRecord."""
        patient = self._vault.patient(patient_id)
        self._vault.record("viewed", patient_id, "patient")
        return patient

    def history(self, patient_id: str) -> list[Encounter]:
        """Return the patient's saved visits, newest first."""
        return self._vault.encounters_of(patient_id)

    def search(self, query: str, limit: int = 50) -> list[Patient]:
        """Return matching patients, best first; recent ones for an empty query."""
        return self._vault.search_patients(query, limit)

    def likely_duplicates(self, patient: Patient, limit: int = 5) -> list[Patient]:
        """Return stored patients who may be the same person, the likeliest first: a hint, never a merge.

        Names must be alike (word order, case and accents aside); a known different sex, or birth dates more than
        two years apart, rule a pair out. A shared phone or local number counts as much as a name.
        """
        found: dict[str, tuple[float, Patient]] = {}
        for query in (patient.name, *patient.name.split(), *patient.name[:1], patient.phone, patient.local_number):
            for other in self._vault.search_patients(query) if query.strip() else ():
                score = _likeness(patient, other)
                if other.id != patient.id and score >= _SAME_NAME:
                    found[other.id] = (score, other)
        ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))
        return [other for _score, other in ranked[:limit]]

    def worklist(self, day: date | None = None) -> list[WorklistEntry]:
        """Return the visits of a day (today when None): open drafts first, then saved ones in the order they began."""
        wanted = day or self.today()
        drafts = [d for d in self._vault.drafts() if day is None or d.started_at.astimezone().date() == wanted]
        open_ids = {draft.id for draft in drafts}
        saved = [visit for visit in self._vault.encounters_on(wanted) if visit.id not in open_ids]
        return [self._entry(d, True) for d in drafts] + [self._entry(v, False) for v in saved]

    def with_stated_age(self, patient: Patient, stated_age_years: float) -> Patient:
        """Return the patient with a birth date estimated from a stated age. Raises BadInput."""
        birth_date = birth_date_from_age(stated_age_years, self.today())
        return replace(patient, birth_date=birth_date, birth_date_is_estimate=True)

    def age_years(self, patient: Patient) -> float | None:
        """Return the age today in years, or None when no birth date is known."""
        return None if patient.birth_date is None else age_years(patient.birth_date, self.today())

    def _entry(self, visit: Encounter, is_draft: bool) -> WorklistEntry:
        return WorklistEntry(self._vault.patient(visit.patient_id), visit, is_draft)


def _likeness(a: Patient, b: Patient) -> float:
    if a.sex and b.sex and a.sex != b.sex:
        return 0.0
    if a.birth_date and b.birth_date and abs((a.birth_date - b.birth_date).days) > _SAME_AGE_YEARS * 366:
        return 0.0
    if (a.phone and a.phone == b.phone) or (a.local_number and a.local_number == b.local_number):
        return 1.0
    return JaroWinkler.similarity(_name_key(a.name), _name_key(b.name))


def _name_key(name: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(folded.split()))
