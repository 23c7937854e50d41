"""The key file: everything that is needed, besides a passphrase or the recovery key, to reach the data key.

One JSON object with the slots of ``slots.py``. ``checksum`` (SHA-256) tells damage from a wrong passphrase before any
passphrase is tried; ``mac`` (HMAC under a key derived from the data key) proves afterwards that nobody altered it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.vault import slots
from desktop.vault.errors import VaultDamaged, VaultTooNew
from desktop.vault.files import write_whole
from desktop.vault.slots import Slot, canonical, damaged, subkey
from modelzoo.contract.errors import BadInput

FORMAT = "barefoot vault"
VERSION = slots.VERSION
MAX_BYTES = 64 * 1024
MAX_SLOTS = 8
FILE, COPY = "key.json", "key.copy.json"


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
        return replace(self, mac=hmac.new(subkey(data_key, "header"), canonical(_body(self)), "sha256").hexdigest())

    def authenticate(self, data_key: bytes) -> None:
        """Raise VaultDamaged unless this header was written by someone who had the data key."""
        if not hmac.compare_digest(self.sealed(data_key).mac, self.mac):
            raise damaged("mac")

    def with_slot(self, slot: Slot, *, instead_of: tuple[Slot, ...] = ()) -> Header:
        """Return a header with one more slot, and without those it replaces. Raises BadInput above the limit."""
        kept = (*(s for s in self.slots if s not in instead_of), slot)
        if len(kept) > MAX_SLOTS:
            raise BadInput(f"A vault can be opened in at most {MAX_SLOTS} ways.", code="VLT-012")
        return replace(self, slots=kept, mac="")


def open_with_passphrase(header: Header, passphrase: str) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this passphrase opens none of them. Raises VaultDamaged."""
    return _authenticated(header, slots.unwrap_with_passphrase(header.vault_id, header.slots, passphrase))


def open_with_recovery(header: Header, secret: bytes) -> tuple[bytes, Slot] | None:
    """Return data key and slot, or None when this is the recovery key of another vault. Raises VaultDamaged."""
    return _authenticated(header, slots.unwrap_with_recovery(header.vault_id, header.slots, secret))


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
    raise failure or damaged("missing")


def encode(header: Header) -> bytes:
    """Return the bytes of the key file."""
    body = _body(header) | {"mac": header.mac}
    body["checksum"] = hashlib.sha256(canonical(body)).hexdigest()
    return json.dumps(body, indent=1, sort_keys=True).encode("ascii") + b"\n"


def decode(content: bytes) -> Header:
    """Parse and check a key file. Raises VaultDamaged or VaultTooNew."""
    if not content or len(content) > MAX_BYTES:
        raise damaged("size")
    try:
        body = json.loads(content.decode("ascii"))
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise damaged("format")
        checksum = body.pop("checksum", "")
        if not hmac.compare_digest(hashlib.sha256(canonical(body)).hexdigest(), str(checksum)):
            raise damaged("checksum")
        if type(body["version"]) is not int or body["version"] < 1:
            raise damaged("version")
        if body["version"] > VERSION:
            raise VaultTooNew("This vault was written by a newer version of Barefoot; please update the program.")
        parsed = tuple(slots.parsed(item) for item in body["slots"])
        if not parsed or len(parsed) > MAX_SLOTS:
            raise damaged("slots")
        return Header(str(body["vault_id"]), str(body["created_at"]), parsed, str(body["mac"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(type(error).__name__) from error


def _body(header: Header) -> dict[str, Any]:
    return {
        "format": FORMAT, "version": VERSION, "vault_id": header.vault_id, "created_at": header.created_at,
        "slots": [slot.fields() | {"wrapped": slot.wrapped.hex()} for slot in header.slots],
    }  # fmt: skip


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return b""


def _authenticated(header: Header, found: tuple[bytes, Slot] | None) -> tuple[bytes, Slot] | None:
    if found is not None:
        header.authenticate(found[0])
    return found
