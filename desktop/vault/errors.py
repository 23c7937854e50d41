"""What can go wrong with the vault, one sentence each.

Errors under ``BadInput`` are the caller's to mend (exit status 2); those under ``ArtefactError`` mean that the vault
itself fails its check or cannot be written (exit status 3). Damage is never reported as a wrong passphrase.
"""

from __future__ import annotations

from modelzoo.contract.errors import ArtefactError, BadInput


class NotAVault(BadInput):
    """There is nothing at the path, or something that is not a vault."""

    code = "VLT-001"


class VaultExists(BadInput):
    """Something is already there; nothing was overwritten."""

    code = "VLT-002"


class WrongPassphrase(BadInput):
    """The vault is sound, but this passphrase does not open it."""

    code = "VLT-003"


class PassphraseDelay(BadInput):
    """Too many wrong passphrases: ``data["seconds"]`` must pass first."""

    code = "VLT-004"


class WrongRecoveryKey(BadInput):
    """The recovery key is mistyped, or is not the one of this vault."""

    code = "VLT-005"


class WeakPassphrase(BadInput):
    """The new passphrase is too short."""

    code = "VLT-006"


class VaultInUse(BadInput):
    """Another program, or another window, has the vault open."""

    code = "VLT-007"


class RevisionConflict(BadInput):
    """The record was changed since it was read; nothing was overwritten."""

    code = "VLT-008"


class UnknownRecord(BadInput):
    """No record has this identifier."""

    code = "VLT-009"


class VaultLocked(BadInput):
    """The vault was closed; unlock it and try again."""

    code = "VLT-010"


class VaultDamaged(ArtefactError):
    """The vault's files differ from what was written."""

    code = "VLT-020"


class VaultTooNew(ArtefactError):
    """The vault was written by a newer program."""

    code = "VLT-021"


class DiskFull(ArtefactError):
    """There was no room to save; what was saved before is untouched."""

    code = "VLT-022"


class VaultUnwritable(ArtefactError):
    """The disk or the folder cannot be written."""

    code = "VLT-023"


class BackupDamaged(ArtefactError):
    """A backup differs from what was written when it was made."""

    code = "VLT-024"
