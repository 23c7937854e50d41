"""Every released format of the vault opens for ever: these files are never made anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from desktop.vault import Vault
from tests.data.make_vault_v1 import PASSPHRASE, PATIENT, VISIT, WHEN

FORMAT_1 = Path(__file__).parents[2] / "data" / "vault_v1"


def test_format_1(tmp_path: Path) -> None:
    shutil.copytree(FORMAT_1, tmp_path / "v")
    with Vault.open(tmp_path / "v", PASSPHRASE) as vault:
        assert vault.user.name == "First User"
        assert vault.patient("patient-1") == replace(PATIENT, created_at=WHEN, updated_at=WHEN)
        first, second = vault.encounter_revisions("visit-1")
        assert first == replace(VISIT, author="First User", saved_at=WHEN, revision=1)
        assert second == replace(first, plan="rest and fluids", revision=2)
        assert [draft.text for draft in vault.drafts()] == ["not finished"]
        assert [patient.id for patient in vault.search_patients("小明")] == ["patient-1"]
        assert vault.setting("language") == "zh"
        assert vault.get_secret("note") == b"\x00\x01"
        assert [contact.name for contact in vault.contacts()] == ["Hospital"]
        assert vault.verify().ok
        assert vault.save_encounter(replace(second, plan="better")).revision == 3
    recovery_key = (FORMAT_1 / "recovery_key.txt").read_text()
    with Vault.open_with_recovery_key(tmp_path / "v", recovery_key) as vault:
        assert vault.encounter("visit-1").plan == "better"
