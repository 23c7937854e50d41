"""Patients' registry: validation, duplicates, the day's list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.encounter import Encounter
from desktop.services.registry import RegistryService
from desktop.vault import Vault
from desktop.vault.kdf import KdfCost
from modelzoo.contract.errors import BadInput

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made, _ = Vault.create(tmp_path / "v", "Amina", "long enough", clock=lambda: NOW, cost=KdfCost(32 * 1024, 2, 1))
    with made:
        yield made


@pytest.fixture
def registry(vault: Vault) -> RegistryService:
    return RegistryService(vault, lambda: NOW)


def test_new_patient_with_a_stated_age(registry: RegistryService) -> None:
    patient = registry.save(registry.new_patient(" Okello ", sex="male", stated_age_years=34))
    assert patient.name == "Okello"
    assert patient.birth_date_is_estimate
    age = registry.age_years(patient)
    assert age is not None
    assert int(age) == 34
    child = registry.new_patient("Baby", stated_age_years=0.25)
    assert registry.age_years(child) == pytest.approx(0.25, abs=0.01)
    assert registry.age_years(registry.new_patient("Unknown")) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x", "birth_date": date(2030, 1, 1)},
        {"name": "x", "birth_date": date(1880, 1, 1)},
        {"name": "x", "stated_age_years": 200},
        {"name": "x", "sex": "f"},
    ],
)
def test_impossible_patients(registry: RegistryService, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        registry.new_patient(**wrong)  # type: ignore[arg-type]


def test_likely_duplicates(registry: RegistryService) -> None:
    known = registry.save(registry.new_patient("Amina Nakato", sex="female", birth_date=date(1992, 1, 1)))
    registry.save(registry.new_patient("Peter Okello", sex="male"))
    chinese = registry.save(registry.new_patient("王小明"))

    def hints(name: str, **more: object) -> list[str]:
        return [p.id for p in registry.likely_duplicates(registry.new_patient(name, **more))]  # type: ignore[arg-type]

    assert hints("Nakato Amina") == [known.id]
    assert hints("Amina Nakatto", birth_date=date(1993, 6, 1)) == [known.id]
    assert hints("王小明") == [chinese.id]
    assert hints("Amina Nakato", sex="male") == []
    assert hints("Amina Nakato", birth_date=date(2015, 1, 1)) == []
    assert hints("Grace Achieng") == []
    assert registry.likely_duplicates(known) == []
    with_phone = registry.save(replace(known, phone="0700 123456"))
    twin = replace(registry.new_patient("Somebody Else"), phone="0700 123456")
    assert registry.likely_duplicates(twin) == [with_phone]


def test_opening_a_patient_is_audited(registry: RegistryService, vault: Vault) -> None:
    patient = registry.save(registry.new_patient("Amina"))
    assert registry.open(patient.id) == patient
    assert [(e.action, e.subject_id) for e in vault.audit(1)] == [("viewed", patient.id)]


def test_worklist_has_open_drafts_first(registry: RegistryService, vault: Vault) -> None:
    patient = registry.save(registry.new_patient("Amina"))
    today = datetime.now().astimezone().replace(year=2026, month=3, day=1, hour=12, minute=0)
    saved = vault.save_encounter(Encounter("e1", patient.id, today))
    vault.save_encounter(Encounter("e0", patient.id, today - timedelta(days=1)))
    vault.save_draft(Encounter("e2", patient.id, today + timedelta(hours=1)))
    vault.save_draft(replace(saved, plan="being changed"))
    entries = registry.worklist(date(2026, 3, 1))
    assert {(e.encounter.id, e.is_draft) for e in entries} == {("e1", True), ("e2", True)}
    vault.discard_draft("e1")
    assert [(e.encounter.id, e.is_draft) for e in registry.worklist(date(2026, 3, 1))] == [("e2", True), ("e1", False)]
    assert entries[0].patient == patient
    assert [e.id for e in registry.history(patient.id)] == ["e1", "e0"]
