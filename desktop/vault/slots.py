"""Slots of the key file: each wraps the same 256-bit data key under a key of its own.

The wrapping key comes from a passphrase by Argon2id, or from the recovery secret by HKDF; the wrap is
ChaCha20-Poly1305 with the slot's other fields and the vault's id as associated data, so that no cost, salt or kind
can be exchanged without the wrap failing.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from desktop.vault import recovery
from desktop.vault.errors import VaultDamaged
from desktop.vault.kdf import KEY_BYTES, SALT_BYTES, KdfCost, key_from_passphrase

VERSION = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key. ``kind`` is ``passphrase`` (with ``cost``) or ``recovery`` (``cost`` None)."""

    id: str
    kind: str
    user_id: str
    salt: bytes
    nonce: bytes
    wrapped: bytes
    cost: KdfCost | None

    def fields(self) -> dict[str, Any]:
        """Return what is bound to the wrapped key."""
        return {
            "id": self.id, "kind": self.kind, "user": self.user_id, "salt": self.salt.hex(), "nonce": self.nonce.hex(),
            "kdf": "hkdf-sha256" if self.cost is None else {
                "name": "argon2id", "memory_kib": self.cost.memory_kib,
                "passes": self.cost.passes, "lanes": self.cost.lanes},
        }  # fmt: skip


def new_data_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def subkey(data_key: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose: ``database``, ``header`` or ``audit``."""
    return HKDFExpand(SHA256(), KEY_BYTES, f"barefoot vault 1 {purpose}".encode()).derive(data_key)


def wrap_with_passphrase(vault_id: str, data_key: bytes, user_id: str, passphrase: str, cost: KdfCost) -> Slot:
    """Return a slot that this passphrase opens."""
    salt = secrets.token_bytes(SALT_BYTES)
    slot = Slot(secrets.token_hex(8), "passphrase", user_id, salt, secrets.token_bytes(12), b"", cost)
    return _wrap(vault_id, slot, key_from_passphrase(passphrase, salt, cost), data_key)


def wrap_with_recovery(vault_id: str, data_key: bytes, user_id: str, secret: bytes) -> Slot:
    """Return a slot that this recovery secret opens."""
    salt = secrets.token_bytes(SALT_BYTES)
    slot = Slot(secrets.token_hex(8), "recovery", user_id, salt, secrets.token_bytes(12), b"", None)
    return _wrap(vault_id, slot, recovery.wrapping_key(secret, salt), data_key)


def unwrap_with_passphrase(vault_id: str, slots: tuple[Slot, ...], passphrase: str) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this passphrase opens none of them."""
    for slot in slots:
        if slot.cost is not None:
            data_key = _unwrap(vault_id, slot, key_from_passphrase(passphrase, slot.salt, slot.cost))
            if data_key is not None:
                return data_key, slot
    return None


def unwrap_with_recovery(vault_id: str, slots: tuple[Slot, ...], secret: bytes) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this is the recovery key of another vault."""
    for slot in slots:
        if slot.cost is None:
            data_key = _unwrap(vault_id, slot, recovery.wrapping_key(secret, slot.salt))
            if data_key is not None:
                return data_key, slot
    return None


def parsed(item: dict[str, Any]) -> Slot:
    """Return a slot from its JSON form. Raises VaultDamaged, or what a wrong type raises."""
    kind, kdf = item["kind"], item["kdf"]
    if kind == "passphrase" and kdf["name"] == "argon2id":
        cost: KdfCost | None = KdfCost(kdf["memory_kib"], kdf["passes"], kdf["lanes"]).check()
    elif kind == "recovery" and kdf == "hkdf-sha256":
        cost = None
    else:
        raise damaged("slot")
    salt, nonce, wrapped = (bytes.fromhex(item[name]) for name in ("salt", "nonce", "wrapped"))
    if (len(salt), len(nonce), len(wrapped)) != (SALT_BYTES, 12, KEY_BYTES + 16):
        raise damaged("slot")
    return Slot(str(item["id"]), kind, str(item["user"]), salt, nonce, wrapped, cost)


def canonical(body: dict[str, Any]) -> bytes:
    """Return the bytes that stand for a JSON object when it is hashed."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def damaged(cause: str) -> VaultDamaged:
    """Return the error of a key file that differs from what was written."""
    return VaultDamaged(
        "The vault's key file is damaged; this is not a wrong passphrase, and a backup may be needed.",
        data={"where": "key file", "cause": cause},
    )


def _wrap(vault_id: str, slot: Slot, key: bytes, data_key: bytes) -> Slot:
    return replace(slot, wrapped=ChaCha20Poly1305(key).encrypt(slot.nonce, data_key, _bound(vault_id, slot)))


def _unwrap(vault_id: str, slot: Slot, key: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(slot.nonce, slot.wrapped, _bound(vault_id, slot))
    except InvalidTag:
        return None


def _bound(vault_id: str, slot: Slot) -> bytes:
    return canonical({"format": "barefoot vault", "version": VERSION, "vault_id": vault_id, "slot": slot.fields()})
