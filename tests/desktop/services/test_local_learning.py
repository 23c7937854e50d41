"""Learning from the clinic and the monitor: counted by the store, off at first, switched, forgotten, in the audit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.encounter import Diagnosis, Encounter
from desktop.domain.identifiers import new_id
from desktop.domain.patient import Patient
from desktop.services.clinic import Clinic
from desktop.services.local_learning import LocalLearning
from desktop.services.monitor import months
from desktop.vault import Vault
from desktop.vault.kdf import KdfCost

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
EVER = datetime(1970, 1, 1, tzinfo=UTC)
CHEAP = KdfCost(memory_kib=32 * 1024, passes=2, lanes=1)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.create(tmp_path / "v", "Amina", "maize river lantern seven", cost=CHEAP, clock=lambda: NOW)[0]


def visit(vault: Vault, patient: Patient, *conditions: str, first: tuple[str, ...] = (), days: int = 0) -> None:
    assessment = {
        "coverage": {"inside": "malaria" in first}, "triage": {"level": "emergency" if days else "routine"},
        "differential": [{"id": name} for name in first],
    }  # fmt: skip
    vault.save_encounter(
        Encounter(
            new_id(), patient.id, NOW - timedelta(days=days), text="fever",
            diagnoses=(*(Diagnosis(c, c) for c in conditions), Diagnosis("own words")),
            assessment=assessment if first else None,
        )
    )  # fmt: skip


def patient(vault: Vault) -> Patient:
    return vault.save_patient(Patient(id=new_id(), name="Wanjiku"))


def test_it_is_off_until_somebody_switches_it_on(vault: Vault) -> None:
    visit(vault, patient(vault), "malaria")
    learning = LocalLearning(vault, lambda: NOW)
    assert not learning.is_on
    assert learning.counts() == {}
    assert learning.learnt() == {"malaria": 1}
    learning.switch(on=True)
    assert learning.counts() == {"malaria": 1}
    learning.switch(on=False)
    assert learning.counts() == {}
    assert [e.action for e in vault.audit()][:2] == ["learning_off", "learning_on"]


def test_a_patient_counts_once_for_each_condition(vault: Vault) -> None:
    one, other = patient(vault), patient(vault)
    for days in range(5):
        visit(vault, one, "malaria", days=days)
    visit(vault, other, "malaria", "scabies")
    assert LocalLearning(vault, lambda: NOW).learnt() == {"malaria": 2, "scabies": 1}


def test_the_newest_revision_alone_counts(vault: Vault) -> None:
    visit(vault, patient(vault), "malaria")
    (saved,) = vault.encounters()
    vault.save_encounter(
        Encounter(
            saved.id, saved.patient_id, saved.started_at, text="fever", diagnoses=(Diagnosis("x", "typhoid_fever"),),
            revision=saved.revision,
        )
    )  # fmt: skip
    assert LocalLearning(vault, lambda: NOW).learnt() == {"typhoid_fever": 1}


def test_forgetting_touches_no_record(vault: Vault) -> None:
    visit(vault, patient(vault), "malaria", days=3)
    learning = LocalLearning(vault, lambda: NOW)
    learning.switch(on=True)
    learning.forget()
    assert learning.is_on
    assert learning.counts() == {}
    assert len(vault.encounters()) == 1
    visit(vault, patient(vault), "scabies", days=-1)
    assert learning.learnt() == {"scabies": 1}


def test_a_visit_is_assessed_with_what_was_learnt(vault: Vault) -> None:
    someone = patient(vault)
    visit(vault, someone, "malaria")
    clinic = Clinic(vault, lambda: NOW)
    assert clinic.begin(someone, None).case().local_counts == {}
    clinic.learning.switch(on=True)
    assert clinic.begin(someone, None).case().local_counts == {"malaria": 1}


def test_the_monitor_counts_by_month(vault: Vault) -> None:
    someone = patient(vault)
    visit(vault, someone, "malaria", first=("malaria", "dengue", "influenza"))
    visit(vault, someone, "scabies", first=("dengue", "influenza", "measles"), days=1)
    visit(vault, someone, days=40)
    april, may = months(vault.tallies(EVER))
    assert (april.name, april.visits, april.assessed) == ("2026-04", 1, 0)
    assert (may.visits, may.assessed, may.outside, may.alarms) == (2, 2, 1, 1)
    assert (may.judged, may.overridden) == (2, 1)
