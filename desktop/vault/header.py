"""The key file: everything that is needed, besides a passphrase or the recovery key, to reach the data key.

One JSON object. Each slot wraps the same 256-bit data key under its own key (ChaCha20-Poly1305, the slot's other
fields and the vault's id as associated data). ``checksum`` (SHA-256) tells damage from a wrong passphrase before any
passphrase is tried; ``mac`` (HMAC under a key derived from the data key) proves afterwards that nobody altered it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from desktop.vault import recovery
from desktop.vault.errors import VaultDamaged, VaultTooNew
from desktop.vault.files import write_whole
from desktop.vault.kdf import KEY_BYTES, SALT_BYTES, KdfCost, key_from_passphrase

FORMAT = "barefoot vault"
VERSION = 1
MAX_BYTES = 64 * 1024
MAX_SLOTS = 8
FILE, COPY = "key.json", "key.copy.json"


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


@dataclass(frozen=True, slots=True)
class Header:
    """The content of the key file; ``mac`` is empty until it is sealed."""

    vault_id: str
    created_at: str
    slots: tuple[Slot, ...]
    mac: str = ""

    def slots_of(self, kind: str) -> tuple[Slot, ...]:
        """Return the slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def sealed(self, data_key: bytes) -> Header:
        """Return this header with its message authentication code."""
        return replace(self, mac=hmac.new(subkey(data_key, "header"), _canonical(_body(self)), "sha256").hexdigest())

    def authenticate(self, data_key: bytes) -> None:
        """Raise VaultDamaged unless this header was written by someone who had the data key."""
        if not hmac.compare_digest(self.sealed(data_key).mac, self.mac):
            raise _damaged("mac")

    def with_slot(self, slot: Slot, *, instead_of: tuple[Slot, ...] = ()) -> Header:
        """Return a header with one more slot, and without those it replaces. Raises ValueError above the limit."""
        slots = (*(s for s in self.slots if s not in instead_of), slot)
        if len(slots) > MAX_SLOTS:
            raise ValueError(f"a vault holds at most {MAX_SLOTS} slots")
        return replace(self, slots=slots, mac="")


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


def unwrap_with_passphrase(header: Header, passphrase: str) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this passphrase opens none of them. Raises VaultDamaged."""
    for slot in header.slots_of("passphrase"):
        if slot.cost is not None:
            data_key = _unwrap(header, slot, key_from_passphrase(passphrase, slot.salt, slot.cost))
            if data_key is not None:
                return data_key, slot
    return None


def unwrap_with_recovery(header: Header, secret: bytes) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this is the recovery key of another vault."""
    for slot in header.slots_of("recovery"):
        data_key = _unwrap(header, slot, recovery.wrapping_key(secret, slot.salt))
        if data_key is not None:
            return data_key, slot
    return None


def write_header(folder: Path, header: Header) -> None:
    """Write the key file, then its copy: one damaged sector must not cost a clinic every patient it has."""
    content = encode(header)
    write_whole(folder / FILE, content)
    write_whole(folder / COPY, content)


def read_header(folder: Path) -> tuple[Header, bool]:
    """Return the header, and whether one of its two files was missing, damaged or different.

    Raises:
        VaultDamaged: neither file can be used.
        VaultTooNew: it was written by a newer program.
    """
    contents = [_read(folder / FILE), _read(folder / COPY)]
    failure: VaultDamaged | None = None
    for content in contents:
        try:
            return decode(content), contents[0] != contents[1]
        except VaultDamaged as error:
            failure = failure or error
    raise failure or _damaged("missing")


def encode(header: Header) -> bytes:
    """Return the bytes of the key file."""
    body = _body(header) | {"mac": header.mac}
    body["checksum"] = hashlib.sha256(_canonical(body)).hexdigest()
    return json.dumps(body, indent=1, sort_keys=True).encode("ascii") + b"\n"


def decode(content: bytes) -> Header:
    """Parse and check a key file. Raises VaultDamaged or VaultTooNew."""
    if not content or len(content) > MAX_BYTES:
        raise _damaged("size")
    try:
        body = json.loads(content.decode("ascii"))
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise _damaged("format")
        checksum = body.pop("checksum", "")
        if not hmac.compare_digest(hashlib.sha256(_canonical(body)).hexdigest(), str(checksum)):
            raise _damaged("checksum")
        if type(body["version"]) is not int or body["version"] < 1:
            raise _damaged("version")
        if body["version"] > VERSION:
            raise VaultTooNew("This vault was written by a newer version of Barefoot; please update the program.")
        slots = tuple(_slot(item) for item in body["slots"])
        if not slots or len(slots) > MAX_SLOTS:
            raise _damaged("slots")
        return Header(str(body["vault_id"]), str(body["created_at"]), slots, str(body["mac"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(type(error).__name__) from error


def _slot(item: dict[str, Any]) -> Slot:
    kind, kdf = item["kind"], item["kdf"]
    if kind == "passphrase" and kdf["name"] == "argon2id":
        cost: KdfCost | None = KdfCost(kdf["memory_kib"], kdf["passes"], kdf["lanes"]).check()
    elif kind == "recovery" and kdf == "hkdf-sha256":
        cost = None
    else:
        raise _damaged("slot")
    salt, nonce, wrapped = (bytes.fromhex(item[name]) for name in ("salt", "nonce", "wrapped"))
    if (len(salt), len(nonce), len(wrapped)) != (SALT_BYTES, 12, KEY_BYTES + 16):
        raise _damaged("slot")
    return Slot(str(item["id"]), kind, str(item["user"]), salt, nonce, wrapped, cost)


def _wrap(vault_id: str, slot: Slot, key: bytes, data_key: bytes) -> Slot:
    return replace(slot, wrapped=ChaCha20Poly1305(key).encrypt(slot.nonce, data_key, _bound(vault_id, slot)))


def _unwrap(header: Header, slot: Slot, key: bytes) -> bytes | None:
    try:
        data_key = ChaCha20Poly1305(key).decrypt(slot.nonce, slot.wrapped, _bound(header.vault_id, slot))
    except InvalidTag:
        return None
    header.authenticate(data_key)
    return data_key


def _bound(vault_id: str, slot: Slot) -> bytes:
    return _canonical({"format": FORMAT, "version": VERSION, "vault_id": vault_id, "slot": slot.fields()})


def _body(header: Header) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": VERSION, "vault_id": header.vault_id, "created_at": header.created_at,
        "slots": [slot.fields() | {"wrapped": slot.wrapped.hex()} for slot in header.slots],
    }  # fmt: skip


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return b""


def _damaged(cause: str) -> VaultDamaged:
    return VaultDamaged(
        "The vault's key file is damaged; this is not a wrong passphrase, and a backup may be needed.",
        data={"where": "key file", "cause": cause},
    )
