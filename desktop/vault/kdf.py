"""From a passphrase to a key: Argon2id with costs that are stored, but never trusted.

The default is the second recommended option of RFC 9106 (64 MiB, 3 passes, 4 lanes), the one for memory-constrained
machines. The bounds keep a hostile header from asking for all memory of a 4 GB laptop, or for next to no work.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from desktop.vault.errors import VaultDamaged, WeakPassphrase

KEY_BYTES = 32
SALT_BYTES = 16
MIN_PASSPHRASE_CHARACTERS = 8
MAX_PASSPHRASE_CHARACTERS = 1024


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id parameters: ``memory_kib`` KiB of memory, ``passes`` over it, ``lanes`` side by side."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def check(self) -> KdfCost:
        """Return this cost if it lies between floor and ceiling. Raises VaultDamaged otherwise."""
        bounds = ((self.memory_kib, FLOOR.memory_kib, CEILING.memory_kib), (self.passes, FLOOR.passes, CEILING.passes),
                  (self.lanes, FLOOR.lanes, CEILING.lanes))  # fmt: skip
        if not all(type(value) is int and low <= value <= high for value, low, high in bounds):
            raise VaultDamaged(
                "The vault's key file asks for an unlocking effort outside what this program accepts, "
                "so it was damaged or altered.",
                data={"where": "key file", "cause": "cost"},
            )
        return self


FLOOR = KdfCost(32 * 1024, 2, 1)
CEILING = KdfCost(256 * 1024, 10, 4)
DEFAULT_COST = KdfCost()


def check_new_passphrase(passphrase: str) -> str:
    """Return the passphrase if it may protect a vault. Raises WeakPassphrase."""
    if len(normal_form(passphrase).strip()) < MIN_PASSPHRASE_CHARACTERS:
        raise WeakPassphrase(
            f"The passphrase must have at least {MIN_PASSPHRASE_CHARACTERS} characters.",
            data={"minimum": MIN_PASSPHRASE_CHARACTERS},
        )
    if len(passphrase) > MAX_PASSPHRASE_CHARACTERS:
        raise WeakPassphrase(f"The passphrase must have at most {MAX_PASSPHRASE_CHARACTERS} characters.")
    return passphrase


def normal_form(passphrase: str) -> str:
    """Return the form that is hashed: NFKC, because input methods write one character in several ways."""
    return unicodedata.normalize("NFKC", passphrase)


def key_from_passphrase(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """Return 32 bytes derived by Argon2id version 1.3; takes about 0.1 s and ``cost.memory_kib`` of memory."""
    cost.check()
    secret = normal_form(passphrase[:MAX_PASSPHRASE_CHARACTERS]).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
