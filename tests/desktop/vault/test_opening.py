"""What is not a vault gets one sentence; what is in use or locked too; files are private."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.vault import Vault, trail
from desktop.vault.errors import DiskFull, NotAVault, VaultDamaged, VaultExists, VaultInUse, VaultLocked
from desktop.vault.kdf import KdfCost
from modelzoo.contract.errors import BarefootError


def plain_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()


def refused(path: Path) -> BarefootError:
    with pytest.raises(BarefootError) as caught:
        Vault.open(path, "any passphrase at all")
    message = caught.value.message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value


def test_things_that_are_no_vault(tmp_path: Path) -> None:
    plain_sqlite(tmp_path / "plain.db")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("hello")
    (tmp_path / "folder").mkdir()
    sentences = {refused(tmp_path / name).message for name in ("plain.db", "empty", "text", "folder", "nothing")}
    assert len(sentences) == 5
    assert isinstance(refused(tmp_path / "plain.db"), NotAVault)
    assert "unencrypted" in refused(tmp_path / "plain.db").message
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "folder", "plain.db", "text"]


def test_plain_database_or_nothing_in_place_of_the_data_file_is_damage(clinic: Any) -> None:
    data = clinic.path / "vault.db"
    data.unlink()
    assert isinstance(refused(clinic.path), VaultDamaged)
    data.write_bytes(b"")
    assert isinstance(refused(clinic.path), VaultDamaged)
    assert data.stat().st_size == 0  # an empty file must not become a fresh vault
    data.unlink()
    plain_sqlite(data)
    with data.open("ab") as file:
        file.write(bytes(8192))
    with pytest.raises(VaultDamaged):
        clinic.open()


def test_missing_key_file_is_damage(clinic: Any) -> None:
    (clinic.path / "key.json").unlink()
    (clinic.path / "key.copy.json").unlink()
    with pytest.raises(VaultDamaged, match="key file is missing"):
        clinic.open()


def test_a_file_of_the_vault_stands_for_it(clinic: Any) -> None:
    with Vault.open(clinic.path / "vault.db", clinic.passphrase) as vault:
        assert vault.path == clinic.path


def test_nothing_is_overwritten(clinic: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("keep")
    for path in (clinic.path, tmp_path / "file"):
        with pytest.raises(VaultExists):
            Vault.create(path, "B", "another passphrase")
    assert (tmp_path / "file").read_text() == "keep"
    clinic.open().close()


def test_second_process_and_second_opening_get_a_sentence(clinic: Any) -> None:
    with clinic.open():
        with pytest.raises(VaultInUse, match="open in another"):
            clinic.open()
        code = (
            "import sys\nfrom desktop.vault import Vault\nfrom desktop.vault.errors import VaultInUse\n"
            "try:\n    Vault.open(sys.argv[1], sys.argv[2])\nexcept VaultInUse:\n    sys.exit(7)\n"
        )
        assert subprocess.run([sys.executable, "-c", code, clinic.path, clinic.passphrase]).returncode == 7
    clinic.open().close()


def test_closed_vault_says_locked(clinic: Any) -> None:
    vault = clinic.open()
    vault.close()
    vault.close()
    with pytest.raises(VaultLocked):
        vault.drafts()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_files_are_private(clinic: Any, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        vault, _ = Vault.create(tmp_path / "new" / "v", "A", "long enough")
        with vault:
            vault.set_setting("language", "zh")
            files = list((tmp_path / "new" / "v").iterdir())
            assert len(files) >= 3
            assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "v").stat().st_mode) == 0o700


def test_copied_folder_is_a_vault(clinic: Any, tmp_path: Path) -> None:
    clinic.path.rename(tmp_path / "elsewhere")
    Vault.open(tmp_path / "elsewhere", clinic.passphrase).close()


def test_a_vault_that_cannot_be_used_at_once_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its recovery key was never shown, so the folder would be a trap."""

    def full(*_: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(trail, "append", full)
    with pytest.raises(DiskFull):
        Vault.create(tmp_path / "v", "Amina", "correct horse battery", cost=KdfCost(32 * 1024, 2, 1))
    assert list(tmp_path.iterdir()) == []
