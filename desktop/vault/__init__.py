"""The encrypted store: keys, SQLCipher file, migrations, audit trail, backup."""

from desktop.vault.check import VerifyReport
from desktop.vault.trail import AuditEntry
from desktop.vault.vault import Vault

__all__ = ["AuditEntry", "Vault", "VerifyReport"]
