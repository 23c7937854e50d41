"""The clinic's identity: a name, an Ed25519 key to sign with and an X25519 age key to be sealed for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyrage import IdentityError, x25519

from desktop.casefile.errors import IdentityDamaged
from desktop.casefile.keys import check_name
from modelzoo.contract.errors import BadInput

SIGNATURE_BYTES = 64
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ClinicCard:
    """What a clinic gives to others: ``signing_key`` is 64 hexadecimal digits, ``recipient`` an ``age1…`` key."""

    name: str
    signing_key: str
    recipient: str


@dataclass(frozen=True, slots=True)
class ClinicIdentity:
    """The clinic's own keys. Kept inside the encrypted vault only; the representation shows no secret."""

    name: str
    signing_seed: bytes = field(repr=False)
    age_identity: str = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> ClinicIdentity:
        """Make new keys under a checked name. Raises BadName."""
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(check_name(name), seed, str(x25519.Identity.generate()))

    @property
    def card(self) -> ClinicCard:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.signing_seed).public_key().public_bytes_raw()
        recipient = str(x25519.Identity.from_str(self.age_identity).to_public())
        return ClinicCard(self.name, public.hex(), recipient)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed).sign(message)

    def to_secret(self) -> bytes:
        """Return the form in which the vault keeps it."""
        return json.dumps(
            {
                "format": _FORMAT,
                "name": self.name,
                "signing_seed": self.signing_seed.hex(),
                "age_identity": self.age_identity,
            }
        ).encode()

    @classmethod
    def from_secret(cls, secret: bytes) -> ClinicIdentity:
        """Read what ``to_secret`` wrote. Raises IdentityDamaged."""
        try:
            data = json.loads(secret)
            if data["format"] != _FORMAT:
                raise ValueError(data["format"])
            identity = cls(check_name(data["name"]), bytes.fromhex(data["signing_seed"]), data["age_identity"])
            identity.card  # noqa: B018  derives both public keys, which proves that both secrets can be used
        except (ValueError, KeyError, TypeError, AttributeError, IdentityError, BadInput) as error:
            raise IdentityDamaged("The clinic's keys in the vault cannot be read.") from error
        return identity


def signature_is_valid(signing_key: str, signature: bytes, message: bytes) -> bool:
    """Say whether ``signature`` over ``message`` was made with the key (64 hexadecimal digits)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
