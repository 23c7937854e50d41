"""Backups are vaults, damaged ones are refused, older schemas are backed up before they are changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from desktop.domain.patient import Patient
from desktop.vault import Vault, migrate, migrations, ready, schema
from desktop.vault.errors import BackupDamaged, NotAVault, VaultDamaged, VaultExists, VaultTooNew, WrongPassphrase


def test_backup_restores_and_is_not_opened_in_place(clinic: Any, tmp_path: Path) -> None:
    with clinic.open() as vault:
        vault.save_patient(Patient("p1", "Somebody"))
        assert vault.backup(tmp_path / "copy") == tmp_path / "copy"
        vault.save_patient(Patient("p2", "After the backup"))
        with pytest.raises(VaultExists):
            vault.backup(tmp_path / "copy")
    Vault.restore(tmp_path / "copy", tmp_path / "restored")
    with Vault.open(tmp_path / "restored", clinic.passphrase) as vault:
        assert [p.id for p in vault.recent_patients()] == ["p1"]
        assert vault.verify().ok
    with pytest.raises(NotAVault, match="restore it"):  # opening would write to it, and it would restore no more
        Vault.open(tmp_path / "copy", clinic.passphrase)
    Vault.restore(tmp_path / "copy", tmp_path / "once more")


@pytest.mark.parametrize("name", ["vault.db", "key.json", "key.copy.json", "backup.json"])
@pytest.mark.parametrize("how", ["flip", "cut", "remove"])
def test_damaged_backup_restores_nothing(clinic: Any, tmp_path: Path, name: str, how: str) -> None:
    with clinic.open() as vault:
        vault.backup(tmp_path / "copy")
    file = tmp_path / "copy" / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    if how == "flip":
        file.write_bytes(content)
    elif how == "cut":
        file.write_bytes(content[: len(content) // 2])
    else:
        file.unlink()
    with pytest.raises((BackupDamaged, NotAVault)):
        Vault.restore(tmp_path / "copy", tmp_path / "restored")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clinic.barefoot", "copy"]


def test_restoring_what_is_no_backup_or_over_something(clinic: Any, tmp_path: Path) -> None:
    with pytest.raises(NotAVault):
        Vault.restore(clinic.path, tmp_path / "restored")
    with pytest.raises(NotAVault):
        Vault.restore(tmp_path / "nothing", tmp_path / "restored")
    with clinic.open() as vault:
        vault.backup(tmp_path / "copy")
    with pytest.raises(VaultExists):
        Vault.restore(tmp_path / "copy", clinic.path)
    clinic.open().close()


def test_a_wrong_passphrase_is_told_before_anything_is_restored(clinic: Any, tmp_path: Path) -> None:
    with clinic.open() as vault:
        vault.backup(tmp_path / "copy")
    Vault.prove_backup(tmp_path / "copy", clinic.passphrase)
    with pytest.raises(WrongPassphrase, match="nothing was restored"):
        Vault.prove_backup(tmp_path / "copy", "another passphrase")
    with pytest.raises(NotAVault):
        Vault.prove_backup(clinic.path, clinic.passphrase)


def test_newer_schema_is_refused_untouched(clinic: Any) -> None:
    with clinic.open() as vault, vault._transaction() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    before = (clinic.path / "vault.db").read_bytes()
    with pytest.raises(VaultTooNew, match="newer version"):
        clinic.open()
    assert (clinic.path / "vault.db").read_bytes() == before


def test_data_file_without_schema_is_damage(clinic: Any) -> None:
    with clinic.open() as vault, vault._transaction() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 0")
    with pytest.raises(VaultDamaged):
        clinic.open()


def second_schema(op: Operations) -> None:
    op.execute("ALTER TABLE patients ADD COLUMN nickname TEXT NOT NULL DEFAULT ''")


def broken_schema(op: Operations) -> None:
    second_schema(op)
    raise RuntimeError("power cut")


def newer_program(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(ready, "SCHEMA_VERSION", 2)


def test_upgrade_backs_up_first(clinic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with clinic.open() as vault:
        vault.save_patient(Patient("p1", "Somebody"))
    with monkeypatch.context() as patch:
        newer_program(patch, second_schema)
        with clinic.open() as vault:
            assert vault.patient("p1").name == "Somebody"
            assert vault.verify().ok
    with pytest.raises(VaultTooNew):
        clinic.open()
    [kept] = clinic.path.glob("before-schema-2-*")
    Vault.restore(kept, clinic.path.with_name("older"))
    with Vault.open(clinic.path.with_name("older"), clinic.passphrase) as vault:  # by the old program
        assert vault.patient("p1").name == "Somebody"


def test_upgrade_cut_short_changes_nothing(clinic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        newer_program(patch, broken_schema)
        with pytest.raises(RuntimeError, match="power cut"):
            clinic.open()
    with clinic.open() as vault:
        assert vault.verify().ok


def test_tables_are_what_the_migrations_make(vault: Vault) -> None:
    with vault._transaction() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("patient_words")},
        )
        assert compare_metadata(context, schema.metadata) == []
