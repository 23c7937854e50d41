"""The recovery key: 160 random bits that a person can write down and type in again.

Written as nine groups of four in Crockford's base 32 (no I, L, O or U): 32 characters of key and four of checksum,
so that a slip is told apart from a key of another vault.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.vault.errors import WrongRecoveryKey

SECRET_BYTES = 20
_RFC4648 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD = bytes.maketrans(_RFC4648, _CROCKFORD)
_FROM_CROCKFORD = bytes.maketrans(_CROCKFORD, _RFC4648)
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
CHARACTERS = 36


def new_secret() -> bytes:
    """Return 20 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """Return the key as a person writes it: ``XXXX-XXXX-…`` (nine groups of four)."""
    body = base64.b32encode(secret).translate(_TO_CROCKFORD).decode("ascii") + _checksum(secret)
    return "-".join(body[i : i + 4] for i in range(0, CHARACTERS, 4))


def read(typed: str) -> bytes:
    """Return the secret behind a typed key; case, spaces, hyphens and O/0, I/L/1 do not matter.

    Raises:
        WrongRecoveryKey: a wrong length, an impossible character (the sentence names the group), or a slip.
    """
    body = "".join(c for c in typed.upper() if not c.isspace() and c not in "-‐‑–—_.").translate(_LOOKALIKES)
    if len(body) != CHARACTERS:
        raise WrongRecoveryKey(
            f"A recovery key has {CHARACTERS} letters and digits, not {len(body)}.", data={"characters": len(body)}
        )
    for position, character in enumerate(body):
        if ord(character) > 127 or character.encode() not in _CROCKFORD:
            raise WrongRecoveryKey(
                f"Group {position // 4 + 1} of the recovery key holds a sign that no recovery key has.",
                data={"group": position // 4 + 1},
            )
    secret = base64.b32decode(body[:-4].encode("ascii").translate(_FROM_CROCKFORD))
    if not hmac.compare_digest(_checksum(secret), body[-4:]):
        raise WrongRecoveryKey("The recovery key has a slip of the pen in it; please compare it group by group.")
    return secret


def wrapping_key(secret: bytes, salt: bytes) -> bytes:
    """Return the 32-byte key that a recovery secret stands for. No slow derivation: the secret has 160 bits."""
    return HKDF(SHA256(), 32, salt, b"barefoot vault 1 recovery").derive(secret)


def _checksum(secret: bytes) -> str:
    digest = hashlib.sha256(b"barefoot recovery key" + secret).digest()
    return base64.b32encode(digest[:5]).translate(_TO_CROCKFORD).decode("ascii")[:4]
