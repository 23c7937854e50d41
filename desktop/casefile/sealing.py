"""Seal members into one case file, wholly in memory: nothing unencrypted touches the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pyrage

from desktop.casefile import archive, passphrase
from desktop.casefile.errors import NoRecipients, TooLarge
from desktop.casefile.identity import ClinicIdentity
from desktop.casefile.keys import check_recipient
from desktop.casefile.manifest import (
    MAX_MANIFEST_BYTES,
    SEALED_WITH_PASSPHRASE,
    Manifest,
    PackVersion,
    encode_manifest,
    list_members,
)

MAX_RECIPIENTS = 32


def seal_for_recipients(inner: bytes, recipients: Sequence[str]) -> bytes:
    """Return an age v1 file that each recipient (``age1…``) opens alone.

    Raises:
        NoRecipients: none, or more than 32. BadRecipient: a key is mistyped.
    """
    checked = check_recipients(recipients)
    sealed: bytes = pyrage.encrypt(inner, [pyrage.x25519.Recipient.from_str(r) for r in checked])
    return sealed


def seal_with_passphrase(inner: bytes, words: str) -> bytes:
    """Return an age v1 file sealed with a passphrase, worked on in a child process.

    Raises:
        WeakPassphrase, NotEnoughMemory, PassphraseProcessFailed.
    """
    return passphrase.seal(inner, words)


def check_recipients(recipients: Sequence[str]) -> tuple[str, ...]:
    """Return recipients in normal form, each once, in the given order. Raises NoRecipients, BadRecipient."""
    checked = tuple(dict.fromkeys(check_recipient(r) for r in recipients))
    if not checked:
        raise NoRecipients("Name at least one key to seal for, or use a passphrase.")
    if len(checked) > MAX_RECIPIENTS:
        raise NoRecipients(f"A case file can be sealed for at most {MAX_RECIPIENTS} keys.")
    return checked


def build_inner(
    content: Mapping[str, bytes],
    identity: ClinicIdentity,
    *,
    sealed_for: Sequence[str],
    created_at: datetime,
    program_version: str,
    language: str,
    packs: Sequence[PackVersion] = (),
) -> bytes:
    """Return the signed ZIP: manifest, signature, then ``content`` in the format's order.

    ``sealed_for`` holds checked recipients; empty means a passphrase. The same arguments give the same bytes.
    Raises UnsafeMember for a name that the format does not allow, TooLarge past its ceilings.
    """
    members = archive.ordered(content)
    manifest = Manifest(
        created_at=created_at.replace(microsecond=0),
        program_version=program_version,
        clinic=identity.card,
        sealed_for=tuple(sealed_for) or (SEALED_WITH_PASSPHRASE,),
        language=language,
        packs=tuple(packs),
        members=list_members(members),
    )
    plain_manifest = encode_manifest(manifest)
    if len(plain_manifest) > MAX_MANIFEST_BYTES - archive.BLOCK_BYTES:
        raise TooLarge("There are too many attachments to be sealed together.")
    first = _signed(plain_manifest, members, identity, manifest.created_at)
    padded = plain_manifest[:-1] + b" " * archive.padding_for(len(first)) + b"\n"
    return _signed(padded, members, identity, manifest.created_at)


def _signed(manifest: bytes, members: Mapping[str, bytes], identity: ClinicIdentity, created_at: datetime) -> bytes:
    signature = identity.sign(manifest)
    return archive.write_archive({archive.MANIFEST: manifest, archive.SIGNATURE: signature, **members}, created_at)
