"""Passphrase, recovery key, key file: what opens a vault and what must not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vault import Vault, recovery
from desktop.vault.errors import (
    VaultDamaged,
    VaultTooNew,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.vault.kdf import CEILING, FLOOR, KdfCost
from desktop.vault.slots import canonical


def rewritten(folder: Path, change: Any) -> None:
    """Change both key files and give them a fitting checksum, as someone hostile would."""
    body = json.loads((folder / "key.json").read_text())
    change(body)
    body.pop("checksum")
    body["checksum"] = hashlib.sha256(canonical(body)).hexdigest()
    for name in ("key.json", "key.copy.json"):
        (folder / name).write_text(json.dumps(body))


@given(st.binary(min_size=20, max_size=20))
def test_recovery_key_reads_back_however_it_is_typed(secret: bytes) -> None:
    key = recovery.written(secret)
    assert len(key.split("-")) == 9
    assert recovery.read(key) == secret
    assert recovery.read(" " + key.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == secret


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_a_slip(secret: bytes, position: int, character: str) -> None:
    body = recovery.written(secret).replace("-", "")
    if body[position] != character:
        with pytest.raises(WrongRecoveryKey, match="slip"):
            recovery.read(body[:position] + character + body[position + 1 :])


def test_recovery_key_with_an_impossible_sign_names_its_group() -> None:
    key = recovery.written(bytes(20))
    with pytest.raises(WrongRecoveryKey, match="Group 3"):
        recovery.read(key[:10] + "U" + key[11:])
    with pytest.raises(WrongRecoveryKey, match="not 4"):
        recovery.read("ABCD")


def test_key_file_holds_no_key_and_no_name(clinic: Any) -> None:
    with clinic.open() as vault:
        data_key = vault._unlocked.data_key
    content = b"".join(p.read_bytes() for p in clinic.path.iterdir())
    assert data_key not in content
    assert data_key.hex().encode() not in content
    assert b"Amina" not in content


def test_wrong_passphrase_and_short_ones(clinic: Any, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open(clinic.path, "not this one", clock=clinic.clock)
    with pytest.raises(WeakPassphrase):
        Vault.create(tmp_path / "new", "A", "short")
    assert not (tmp_path / "new").exists()


def test_passphrase_in_another_unicode_form_is_the_same(tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "v", "A", "caf\u00e9 passwort", cost=FLOOR)
    vault.close()
    Vault.open(tmp_path / "v", "cafe\u0301 passwort").close()


def test_every_bit_of_the_key_file_is_guarded(clinic: Any) -> None:
    good = (clinic.path / "key.json").read_bytes()
    (clinic.path / "key.copy.json").unlink()
    for position in range(0, len(good), 41):
        bad = bytearray(good)
        bad[position] ^= 1
        (clinic.path / "key.json").write_bytes(bytes(bad))
        with pytest.raises((VaultDamaged, VaultTooNew)):
            clinic.open()


def test_one_damaged_key_file_is_repaired_from_its_copy(clinic: Any) -> None:
    good = (clinic.path / "key.json").read_bytes()
    (clinic.path / "key.json").write_bytes(good[:-40])
    with clinic.open() as vault:
        assert "key_file_repaired" in [entry.action for entry in vault.audit()]
    assert (clinic.path / "key.json").read_bytes() == good


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 5000, b"\xff\xfe", b"null", b"1", b'{"format": "barefoot vault"}']
)
def test_key_file_of_another_kind_is_damage(clinic: Any, content: bytes) -> None:
    for name in ("key.json", "key.copy.json"):
        (clinic.path / name).write_bytes(content)
    with pytest.raises(VaultDamaged, match="not a wrong passphrase"):
        clinic.open()


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(CEILING.memory_kib + 1, 3, 1),
        KdfCost(64 * 1024 * 1024, 3, 1),
        KdfCost(8, 3, 1),
        KdfCost(64 * 1024, 1, 1),
        KdfCost(64 * 1024, 1000, 1),
        KdfCost(64 * 1024, 3, 64),
    ],
)
def test_hostile_cost_is_refused_before_it_is_paid(clinic: Any, cost: KdfCost) -> None:
    def change(body: Any) -> None:
        body["slots"][0]["kdf"] |= {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}

    rewritten(clinic.path, change)
    with pytest.raises(VaultDamaged, match="effort"):
        clinic.open()


def test_altered_key_file_with_fitting_checksum_is_damage(clinic: Any) -> None:
    rewritten(clinic.path, lambda body: body["slots"].pop())  # someone removed the recovery slot
    with pytest.raises(VaultDamaged, match="not a wrong passphrase"):
        clinic.open()


def test_too_new_key_file(clinic: Any) -> None:
    rewritten(clinic.path, lambda body: body.update(version=2))
    with pytest.raises(VaultTooNew, match="update the program"):
        clinic.open()


def test_recovery_key_opens_and_resets(clinic: Any) -> None:
    with Vault.open_with_recovery_key(clinic.path, clinic.recovery_key) as vault:
        assert vault.user.name == "Amina"
        vault.reset_passphrase(clinic.recovery_key, "a new passphrase", cost=FLOOR)
    with pytest.raises(WrongPassphrase):
        clinic.open()
    clinic.clock.forward(3600)
    Vault.open(clinic.path, "a new passphrase", clock=clinic.clock).close()
    with pytest.raises(WrongRecoveryKey, match="another vault"):
        Vault.open_with_recovery_key(clinic.path, recovery.written(bytes(20)))


def test_change_of_passphrase_and_of_recovery_key(clinic: Any) -> None:
    with clinic.open() as vault:
        with pytest.raises(WrongPassphrase):
            vault.change_passphrase("not the old one", "a new passphrase")
        assert "passphrase_changed" not in [entry.action for entry in vault.audit()]
        vault.change_passphrase(clinic.passphrase, "a new passphrase", cost=FLOOR)
        new_key = vault.renew_recovery_key()
        colleague = vault.add_user("李医生", "another passphrase", cost=FLOOR)
    with pytest.raises(WrongRecoveryKey):
        Vault.open_with_recovery_key(clinic.path, clinic.recovery_key)
    Vault.open_with_recovery_key(clinic.path, new_key).close()
    with Vault.open(clinic.path, "another passphrase") as vault:
        assert vault.user == colleague
        assert [user.name for user in vault.users()] == ["Amina", "李医生"]
