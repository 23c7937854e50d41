"""What can go wrong with a case file, a key or a contact: one sentence and one code each.

Errors under ``BadInput`` are for the person to mend (exit status 2): another key, another passphrase, another folder.
Errors under ``ArtefactError`` mean that the file itself fails its check (exit status 3).
"""

from __future__ import annotations

from modelzoo.contract.errors import ArtefactError, BadInput


class NotACaseFile(BadInput):
    """The file is not an age file at all, or holds something that is not a case file."""

    code = "CF-001"


class SealedForSomeoneElse(BadInput):
    """None of the keys at hand opens the file."""

    code = "CF-002"


class CutShort(ArtefactError):
    """The file ends before its end, as after a broken copy."""

    code = "CF-003"


class Damaged(ArtefactError):
    """The file differs from what was sealed."""

    code = "CF-004"


class WrongPassphrase(BadInput):
    """The passphrase does not open the file."""

    code = "CF-005"


class TooNew(ArtefactError):
    """The file was made by a newer program."""

    code = "CF-006"


class TooLarge(BadInput):
    """The file, or what is to be sealed, exceeds the size that the format allows."""

    code = "CF-007"


class WorkFactorTooHigh(ArtefactError):
    """Opening would need more memory than any clinic's computer has: a trap, or a file made elsewhere."""

    code = "CF-008"


class NotEnoughMemory(BadInput):
    """Too little memory is free for a passphrase; closing programs helps."""

    code = "CF-009"


class NeedsPassphrase(BadInput):
    """The file is sealed with a passphrase and only keys were given."""

    code = "CF-010"


class NeedsKey(BadInput):
    """The file is sealed for keys and only a passphrase was given."""

    code = "CF-011"


class PassphraseProcessFailed(ArtefactError):
    """The separate process that works on a passphrase did not answer."""

    code = "CF-012"


class NotAnArchive(ArtefactError):
    """What was sealed is not a ZIP that this format allows."""

    code = "CF-020"


class UnsafeMember(ArtefactError):
    """A member has a name or a kind that could write outside the folder."""

    code = "CF-021"


class DuplicateMember(ArtefactError):
    """Two members share a name."""

    code = "CF-022"


class UnpacksTooLarge(ArtefactError):
    """The members would unpack to more than the format allows."""

    code = "CF-023"


class UnlistedMember(ArtefactError):
    """A member is not in the signed list, or a listed one is missing."""

    code = "CF-024"


class MemberChanged(ArtefactError):
    """A member differs from the signed list."""

    code = "CF-025"


class ManifestInvalid(ArtefactError):
    """The signed list cannot be read."""

    code = "CF-026"


class SignatureWrong(ArtefactError):
    """The signature does not fit: someone changed the list after it was signed."""

    code = "CF-027"


class UnknownSigner(BadInput):
    """The file is sound, but its signer is not among the contacts."""

    code = "CF-028"


class OutputExists(BadInput):
    """Something is already there; nothing was overwritten."""

    code = "CF-040"


class OutputUnwritable(ArtefactError):
    """The folder or disk cannot be written; nothing was left behind."""

    code = "CF-041"


class OutputDiskFull(ArtefactError):
    """There was no room; nothing was left behind."""

    code = "CF-042"


class FileUnreadable(BadInput):
    """The file to open is missing or cannot be read."""

    code = "CF-043"


class BadRecipient(BadInput):
    """An age1… key is mistyped or is something else."""

    code = "CF-050"


class BadIdentityFile(BadInput):
    """A key file holds no key that can be used."""

    code = "CF-051"


class NoRecipients(BadInput):
    """Nobody was named who could open the file."""

    code = "CF-052"


class WeakPassphrase(BadInput):
    """The passphrase is too short to protect a file that travels."""

    code = "CF-053"


class BadSigningKey(BadInput):
    """A signing key is not 64 hexadecimal digits."""

    code = "CF-054"


class BadName(BadInput):
    """The name of a clinic or contact is empty, too long, or holds control characters."""

    code = "CF-055"


class NoIdentity(BadInput):
    """The clinic has no keys yet."""

    code = "CF-056"


class IdentityExists(BadInput):
    """The clinic has keys already; they are never replaced."""

    code = "CF-057"


class DuplicateContact(BadInput):
    """A contact with this name or key is there already."""

    code = "CF-058"


class IdentityDamaged(ArtefactError):
    """The clinic's stored keys cannot be read."""

    code = "CF-059"
