"""Inspect and open a case file. Whatever is in it, the answer is a checked value or one sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyrage

from desktop.casefile import archive, passphrase
from desktop.casefile.age_header import AgeHeader, SealedWith, read_header
from desktop.casefile.damage import header_failure, payload_failure
from desktop.casefile.errors import (
    CutShort,
    Damaged,
    FileUnreadable,
    ManifestInvalid,
    MemberChanged,
    NeedsKey,
    NeedsPassphrase,
    SealedForSomeoneElse,
    SignatureWrong,
    TooLarge,
    UnlistedMember,
)
from desktop.casefile.identity import SIGNATURE_BYTES, signature_is_valid
from desktop.casefile.manifest import MAX_MANIFEST_BYTES, Manifest, list_members, parse_manifest

MAX_FILE_BYTES = 64 * 1024 * 1024


class Signer(StrEnum):
    """What is known of who signed a file whose signature is valid."""

    OWN = "own"
    CONTACT = "contact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a sealed file tells without any key; ``complete`` is False when its length betrays a cut."""

    sealed_with: SealedWith
    recipients: int
    work_factor: int | None
    size_bytes: int
    complete: bool


@dataclass(frozen=True, slots=True)
class OpenedCaseFile:
    """A case file whose signature and hashes hold. ``members`` includes the manifest and its signature.

    ``addressed`` says whether the signer meant it for a key that opened it: False means that it was passed on.
    """

    manifest: Manifest
    members: Mapping[str, bytes]
    addressed: bool


def read_sealed(path: Path) -> bytes:
    """Return the bytes of a file to open. Raises FileUnreadable, TooLarge."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileUnreadable("The case file is not there or cannot be read.") from error
    if len(content) > MAX_FILE_BYTES:
        raise TooLarge("This file is too large to be a case file.", data={"limit_bytes": MAX_FILE_BYTES})
    return content


def inspect_sealed(sealed: bytes) -> Inspection:
    """Describe a sealed file without opening it. Raises NotACaseFile, TooNew, CutShort, Damaged."""
    header = read_header(sealed)
    return Inspection(
        header.sealed_with,
        header.recipients,
        header.work_factor,
        len(sealed),
        archive.length_is_whole(header.plain_bytes),
    )


def open_with_keys(sealed: bytes, identities: Sequence[str]) -> OpenedCaseFile:
    """Open a file with age secret keys (``AGE-SECRET-KEY-1…``, already checked) and prove all that is in it."""
    header = read_header(sealed)
    if header.sealed_with is SealedWith.PASSPHRASE:
        raise NeedsPassphrase("This case file is sealed with a passphrase; give that passphrase to open it.")
    keys = [pyrage.x25519.Identity.from_str(text) for text in identities]
    try:
        inner = pyrage.decrypt(sealed, keys)
    except pyrage.DecryptError as error:
        raise _decrypt_failure(str(error), header) from error
    return verify_inner(inner, {str(key.to_public()) for key in keys})


def open_with_passphrase(sealed: bytes, words: str) -> OpenedCaseFile:
    """Open a file with its passphrase, in a child process, and prove all that is in it."""
    header = read_header(sealed)
    if header.sealed_with is SealedWith.KEYS:
        raise NeedsKey("This case file is sealed for keys; give the key file to open it.")
    inner = passphrase.open_sealed(sealed, words, header)
    return verify_inner(inner, {"passphrase"})


def verify_inner(inner: bytes, readers: Collection[str]) -> OpenedCaseFile:
    """Check archive, manifest, signature, list and hashes, in this order, and return the members."""
    members = archive.read_archive(inner)
    manifest_bytes, signature = members.get(archive.MANIFEST), members.get(archive.SIGNATURE)
    if manifest_bytes is None or signature is None or len(manifest_bytes) > MAX_MANIFEST_BYTES:
        raise ManifestInvalid("What is sealed in this file has no signed list of contents.")
    manifest = parse_manifest(manifest_bytes)
    if len(signature) != SIGNATURE_BYTES or not signature_is_valid(
        manifest.clinic.signing_key, signature, manifest_bytes
    ):
        raise SignatureWrong("The signature does not fit this case file: it was changed after it was signed.")
    content = {n: c for n, c in members.items() if n not in (archive.MANIFEST, archive.SIGNATURE)}
    listed = {member.name: member for member in manifest.members}
    if len(listed) != len(manifest.members) or listed.keys() != content.keys():
        raise UnlistedMember("The contents of this case file differ from its signed list, so nothing was unpacked.")
    if any(listed[member.name] != member for member in list_members(content)):
        raise MemberChanged("A part of this case file was changed after it was signed, so nothing was unpacked.")
    return OpenedCaseFile(manifest, members, any(reader in manifest.sealed_for for reader in readers))


def _decrypt_failure(reason: str, header: AgeHeader) -> SealedForSomeoneElse | CutShort | Damaged:
    if "No matching keys" in reason:
        return SealedForSomeoneElse(
            "None of your keys opens this case file: it is sealed for someone else, or its first lines are damaged."
        )
    if "MAC" in reason:
        return header_failure()
    return payload_failure(header)
