"""One unlocked clinic: its vault, its patients, its case files, and the visits that are opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.domain.prescribing import allergy_clashes, unchecked
from desktop.resources.translatable import Text, translatable
from desktop.services.consultation import Consultation, new_encounter
from desktop.services.exchange import ExchangeService
from desktop.services.local_learning import LocalLearning
from desktop.services.registry import RegistryService
from desktop.vault import Vault
from modelzoo.contract.case import ListStatus
from modelzoo.contract.engine import Engine

NOT_ASKED = translatable("clinic", "Allergies were not asked for. {medicine}: not checked.")
NOT_CHECKED = translatable(
    "clinic", "{medicine}: its family is not known here, so it was not checked against allergies."
)


class Clinic:
    """Everything that needs an open vault; ``close`` ends it."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.vault = vault
        self.registry = RegistryService(vault, clock)
        self.exchange = ExchangeService(vault, clock=clock)
        self.learning = LocalLearning(vault, clock)
        self._clock = clock

    def begin(self, patient: Patient, engine: Engine | None) -> Consultation:
        """Return a new, unsaved visit of a patient."""
        return self._consultation(patient, new_encounter(patient, self._clock()), engine)

    def resume(self, encounter: Encounter, engine: Engine | None, *, is_draft: bool) -> Consultation:
        """Return a visit that was saved or kept as a draft; the audit trail keeps that it was viewed."""
        patient = self.registry.open(encounter.patient_id)
        consultation = self._consultation(patient, encounter, engine)
        if is_draft:
            consultation.keep_as_draft()
        return consultation

    def _consultation(self, patient: Patient, encounter: Encounter, engine: Engine | None) -> Consultation:
        today, counts = self.registry.today(), self.learning.counts()
        return Consultation(patient, encounter, self.vault, engine, today, counts)

    def close(self) -> None:
        """Lock the vault."""
        self.vault.close()


def prescribing_remarks(patient: Patient, encounter: Encounter, language: str) -> tuple[str | Text, ...]:
    """Return one sentence for each clash with a recorded allergy, then one for each medicine nobody could check."""
    clashes = allergy_clashes(encounter.prescriptions, patient.allergies)
    clashing = {clash.medicine for clash in clashes}
    asked = patient.allergies.status is not ListStatus.NOT_ASKED
    left = [m for m in unchecked(encounter.prescriptions, patient.allergies) if m not in clashing]
    frame = NOT_CHECKED if asked else NOT_ASKED
    return (*(clash.text(language) for clash in clashes), *(frame.fill(medicine=m) for m in left))
