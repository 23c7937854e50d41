"""Keys that a person types, pastes or keeps in a file: checked before anything uses them."""

from __future__ import annotations

import re
import unicodedata

from pyrage import IdentityError, RecipientError, x25519

from desktop.casefile.errors import BadIdentityFile, BadName, BadRecipient, BadSigningKey

MAX_NAME_CHARACTERS = 120
MAX_IDENTITY_FILE_BYTES = 64 * 1024
MAX_IDENTITIES = 32
_SIGNING_KEY = re.compile(r"[0-9a-f]{64}")


def check_recipient(value: str) -> str:
    """Return an age X25519 public key in its lower-case form, its checksum proven.

    Raises:
        BadRecipient: it is mistyped, a secret key, or a key of another kind.
    """
    text = value.strip()
    if text.upper().startswith("AGE-SECRET-KEY"):
        raise BadRecipient("This is a secret key; never pass it on: ask for the public key, which begins with age1.")
    if not text.lower().startswith("age1") or len(text) > 200:
        raise BadRecipient("A key to seal for begins with age1.")
    try:
        return str(x25519.Recipient.from_str(text))
    except RecipientError as error:
        raise BadRecipient("This age1 key has a typing error; copy it again in full.") from error


def check_signing_key(value: str) -> str:
    """Return an Ed25519 public key as 64 lower-case hexadecimal digits; empty stays empty (not known).

    Spaces and colons, which people use to read a key aloud, are dropped. Raises BadSigningKey.
    """
    text = re.sub(r"[\s:]", "", value).lower()
    if text and not _SIGNING_KEY.fullmatch(text):
        raise BadSigningKey("A signing key is 64 digits and letters from a to f; copy it again in full.")
    return text


def check_name(value: str) -> str:
    """Return the name of a clinic or contact, trimmed. Raises BadName."""
    text = unicodedata.normalize("NFC", value).strip()
    if not text or len(text) > MAX_NAME_CHARACTERS:
        raise BadName(f"A name must have between 1 and {MAX_NAME_CHARACTERS} characters.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for character in text):
        raise BadName("A name must not hold control or invisible characters.")
    return text


def parse_identity_file(content: bytes) -> tuple[str, ...]:
    """Return the secret keys of an age identity file: one a line; empty lines and lines that begin with # are skipped.

    Raises:
        BadIdentityFile: it is not text, holds no key, or a line is not an X25519 secret key.
    """
    if len(content) > MAX_IDENTITY_FILE_BYTES:
        raise BadIdentityFile("The key file is too large to be a key file.")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadIdentityFile("The key file is not a text file with an age secret key.") from error
    keys = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if not keys or len(keys) > MAX_IDENTITIES:
        raise BadIdentityFile("The key file must hold at least one age secret key.")
    for number, key in enumerate(keys, start=1):
        try:
            x25519.Identity.from_str(key)
        except IdentityError as error:
            raise BadIdentityFile(
                f"Key {number} of the key file is not an age secret key.", data={"key": number}
            ) from error
    return tuple(keys)


def signing_fingerprint(signing_key: str) -> str:
    """Return a signing key in groups of four, as people compare it over the telephone."""
    return " ".join(signing_key[i : i + 4] for i in range(0, len(signing_key), 4))
