"""How ``vault_v1`` was made, once, by the program of format 1. Never run it again over the released fixture.

python -m tests.data.make_vault_v1 FOLDER
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.domain.contact import Contact
from desktop.domain.encounter import Diagnosis, Encounter, Prescription
from desktop.domain.patient import ListedItem, Patient, StatusList
from desktop.vault import Vault
from desktop.vault.kdf import KdfCost
from modelzoo.contract.case import Assertion, ListStatus, Observation, TestResult

PASSPHRASE = "format one for ever"
WHEN = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
PATIENT = Patient(
    "patient-1",
    "Test 王小明",
    sex="male",
    birth_date=date(1980, 5, 17),
    village="Lower Village",
    phone="0700 000001",
    allergies=StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"),)),
    medicines=StatusList(ListStatus.NONE_KNOWN),
)
VISIT = Encounter(
    "visit-1",
    "patient-1",
    WHEN,
    text="cough for two days, no fever. 咳嗽两天，无发热。",
    weight_kg=61.5,
    vitals={"temperature_c": 37.1, "consciousness": "alert"},
    tests=(TestResult("malaria_rdt", "negative"),),
    observations=(Observation("night_sweats", Assertion.ABSENT),),
    assessment={"id": "visit-1", "differential": [{"id": "common_cold", "icd10": ["J00"], "probability": 0.5}]},
    diagnoses=(Diagnosis("common cold", "common_cold", "J00"),),
    plan="rest",
    prescriptions=(Prescription("paracetamol"),),
)


def main() -> None:
    vault, recovery_key = Vault.create(
        Path(sys.argv[1]), "First User", PASSPHRASE, clock=lambda: WHEN, cost=KdfCost(32 * 1024, 2, 1)
    )
    with vault:
        vault.save_patient(PATIENT)
        saved = vault.save_encounter(VISIT)
        vault.save_encounter(replace(saved, plan="rest and fluids"))
        vault.save_draft(Encounter("visit-2", "patient-1", WHEN, text="not finished"))
        vault.set_setting("language", "zh")
        vault.put_secret("note", b"\x00\x01")
        vault.add_contact(Contact("Hospital", "age1qqqq", "00" * 32))
    (Path(sys.argv[1]) / "recovery_key.txt").write_text(recovery_key + "\n")


if __name__ == "__main__":
    main()
