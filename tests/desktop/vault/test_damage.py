"""Damage is found and called damage; the audit trail shows what was done to it; a full disk loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.vault import Vault, database, slots, visits
from desktop.vault.errors import DiskFull, VaultDamaged
from modelzoo.contract.errors import BarefootError

VISIT = Encounter("e1", "p1", datetime(2026, 3, 1, tzinfo=UTC), text="cough " * 50)
PAGE = 4096


def fill(vault: Vault, count: int = 6) -> None:
    vault.save_patient(Patient("p1", "Somebody"))
    for number in range(count):
        vault.save_encounter(replace(VISIT, id=f"e{number}"))


def raw(clinic: Any) -> Any:
    with clinic.open() as vault:
        key = slots.subkey(vault._unlocked.data_key, "database")
    return database.connect(clinic.path / "vault.db", key)


def test_one_flipped_bit_on_any_page_is_found(clinic: Any) -> None:
    with clinic.open() as vault:
        fill(vault)
        assert vault.verify().ok
    good = (clinic.path / "vault.db").read_bytes()
    assert len(good) // PAGE > 20
    for page in range(len(good) // PAGE):
        bad = bytearray(good)
        bad[page * PAGE + 1000] ^= 0x10
        (clinic.path / "vault.db").write_bytes(bytes(bad))
        try:
            with clinic.open() as vault:
                report = vault.verify()
                assert not report.ok, f"page {page + 1}"
        except VaultDamaged:
            pass


def test_file_cut_short_is_damage(clinic: Any) -> None:
    with clinic.open() as vault:
        fill(vault)
    good = (clinic.path / "vault.db").read_bytes()
    for length in (PAGE, PAGE + 17, len(good) // 2, len(good) - PAGE):
        (clinic.path / "vault.db").write_bytes(good[:length])
        try:
            with clinic.open() as vault:
                assert not vault.verify().ok, length
        except VaultDamaged:
            pass


def test_saving_reads_back_from_the_file(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bits that change between the commit and the read-back do not pass as saved."""
    fill(vault)
    forget = database.forget_cached_pages

    def damage_then_forget(connection: Any) -> None:
        descriptor = os.open(vault.path / "vault.db", os.O_RDWR)  # left open: closing it would drop SQLite's lock
        for page in range(1, os.fstat(descriptor).st_size // PAGE):
            os.pwrite(descriptor, b"\xff\x00\xff", page * PAGE + 500)
        forget(connection)

    monkeypatch.setattr(database, "forget_cached_pages", damage_then_forget)
    with pytest.raises(VaultDamaged):
        vault.save_encounter(replace(VISIT, id="last"))


def test_read_back_that_differs_is_not_called_saved(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(vault)
    monkeypatch.setattr(visits, "load", lambda *_: VISIT)
    with pytest.raises(VaultDamaged, match="did not read back"):
        vault.save_encounter(replace(VISIT, id="last"))


def allow(connection: Any, table: str) -> None:
    for action in ("update", "delete"):
        connection.execute(f"DROP TRIGGER {table}_no_{action}")


@pytest.mark.parametrize("table", ["audit", "encounter_revisions", "patient_revisions"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 100"])
def test_history_cannot_be_changed_in_passing(clinic: Any, table: str, statement: str) -> None:
    with clinic.open() as vault:
        fill(vault, 1)
    connection = raw(clinic)
    with pytest.raises(Exception, match="is never changed"):
        connection.execute(statement.format(table))
    connection.close()


TAMPERING: dict[str, tuple[str, str]] = {
    "edited": ("UPDATE audit SET action = 'exported' WHERE number = 4", "Row 4"),
    "edited time": ("UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 3", "Row 3"),
    "removed": ("DELETE FROM audit WHERE number = 5", "lacks row 5"),
    "cut off": ("DELETE FROM audit WHERE number > 6", "end of the audit trail"),
    "emptied": ("DELETE FROM audit", "end of the audit trail"),
    "swapped": ("UPDATE audit SET number = CASE number WHEN 4 THEN -5 WHEN 5 THEN 4 ELSE number END", "audit trail"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_with_the_audit_trail_shows(clinic: Any, name: str) -> None:
    statement, sentence = TAMPERING[name]
    with clinic.open() as vault:
        fill(vault)
        audit_key = slots.subkey(vault._unlocked.data_key, "audit")
        from desktop.vault import trail

        with vault._transaction() as connection:
            assert trail.problems(connection, audit_key) == []
            for action in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER audit_no_{action}")
            connection.exec_driver_sql(statement)
        report = vault.verify()
        assert any(sentence in problem for problem in report.problems), report


def test_changed_or_missing_revision_shows(clinic: Any) -> None:
    with clinic.open() as vault:
        fill(vault)
    connection = raw(clinic)
    allow(connection, "encounter_revisions")
    connection.execute(
        "UPDATE encounter_revisions SET body = replace(body, 'cough', 'fever') WHERE encounter_id = 'e2'"
    )
    connection.execute("DELETE FROM encounter_revisions WHERE encounter_id = 'e3'")
    connection.close()
    with clinic.open() as vault:
        assert len(vault.verify().problems) == 2
        with pytest.raises(VaultDamaged, match="differs"):
            vault.encounter("e2")


def save_until_it_fails(save: Callable[[int], object]) -> BarefootError:
    for number in range(100_000):
        try:
            save(number)
        except BarefootError as error:
            return error
    raise AssertionError("the disk never filled up")


def check_nothing_half_written(vault: Vault) -> None:
    report = vault.verify()
    assert report.ok, report.problems
    for visit in vault.encounters(10_000):
        assert vault.encounter(visit.id) == visit


def test_full_disk_while_saving(vault: Vault) -> None:
    fill(vault)
    before = vault.encounters()
    with vault._transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    big = replace(VISIT, id="big", text="words " * 20_000)
    with pytest.raises(DiskFull, match="disk is full"):
        vault.save_encounter(big)
    assert vault.encounters() == before
    check_nothing_half_written(vault)
    with vault._transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert vault.save_encounter(big).revision == 1  # what was in memory is saved once there is room


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]).returncode != 0:
        pytest.skip("a small disk can be mounted by root only")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_really_full_disk(tiny_disk: Path, clinic: Any) -> None:
    shutil.copytree(clinic.path, tiny_disk / "v")
    with Vault.open(tiny_disk / "v", clinic.passphrase) as vault:
        fill(vault)
        saved = []
        error = save_until_it_fails(
            lambda n: saved.append(vault.save_encounter(replace(VISIT, id=f"f{n}", text="words " * 3000)).id)
        )
        assert isinstance(error, DiskFull), error
        assert len(saved) > 5
        assert {visit.id for visit in vault.encounters(10_000)} >= set(saved)
        check_nothing_half_written(vault)
        with pytest.raises(DiskFull):
            vault.backup(tiny_disk / "backup")
        assert sorted(p.name for p in tiny_disk.iterdir()) == ["v"]
    with Vault.open(tiny_disk / "v", clinic.passphrase) as vault:
        assert {visit.id for visit in vault.encounters(10_000)} >= set(saved)
        check_nothing_half_written(vault)
