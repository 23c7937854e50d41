"""The door of the vault as the window uses it: is there one, make one, open it, recover it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.resources.translatable import Text, translatable
from desktop.vault import Vault
from desktop.vault.header import FILE as KEY_FILE
from desktop.vault.kdf import DEFAULT_COST, MIN_PASSPHRASE_CHARACTERS, KdfCost, normal_form

TOO_SHORT = translatable(
    "access", "At least {minimum} characters. Four or five unrelated words are easy to keep in mind."
)
EASY = translatable("access", "Easy to guess. A program tries such passphrases first.")
FAIR = translatable("access", "Fair. One more unrelated word makes it much harder to guess.")
LONG = translatable("access", "Long enough, if nobody can guess the words. The length alone does not make it strong.")
# What people choose first; no list can be complete, and the hint says no more than that
_GUESSED = ("password", "passphrase", "barefoot", "qwerty", "12345", "abc123", "letmein", "admin", "clinic", "woaini")


@dataclass(frozen=True, slots=True)
class VaultDoor:
    """One place on the disk where the clinic's vault is, or will be."""

    path: Path
    cost: KdfCost = DEFAULT_COST

    def exists(self) -> bool:
        """Whether anything is there: even a damaged vault must never be taken for none."""
        return self.path.exists()

    def create(self, user_name: str, passphrase: str) -> tuple[Vault, str]:
        """Make the vault; returns it open with the recovery key. Raises what ``Vault.create`` raises."""
        return Vault.create(self.path, user_name, passphrase, cost=self.cost)

    def open(self, passphrase: str) -> Vault:
        """Open the vault. Raises what ``Vault.open`` raises."""
        return Vault.open(self.path, passphrase)

    def recover(self, recovery_key: str, new_passphrase: str) -> Vault:
        """Open the vault with the recovery key and set a new passphrase; open or not, nothing stays half done.

        Raises:
            WrongRecoveryKey, WeakPassphrase, and what ``Vault.open`` raises.
        """
        vault = Vault.open_with_recovery_key(self.path, recovery_key)
        try:
            vault.reset_passphrase(recovery_key, new_passphrase, cost=self.cost)
        except BaseException:
            vault.close()
            raise
        return vault

    def delay_seconds(self) -> float:
        """Return how long the next passphrase has to wait, in seconds."""
        return Vault.delay_seconds(self.path) if (self.path / KEY_FILE).exists() else 0.0


def strength_hint(passphrase: str) -> tuple[bool, Text]:
    """Return whether a new passphrase will be taken, and what can honestly be said of it.

    Length and variety are all that can be judged here; whether others know the words cannot.
    """
    plain = normal_form(passphrase).strip()
    if len(plain) < MIN_PASSPHRASE_CHARACTERS:
        return False, TOO_SHORT.fill(minimum=MIN_PASSPHRASE_CHARACTERS)
    folded = plain.casefold()
    if len(set(folded)) < 6 or (any(word in folded for word in _GUESSED) and len(folded) < 20) or folded.isdecimal():
        return True, EASY
    # a Chinese character carries about as much as two Latin letters
    weight = sum(2 if ord(c) > 0x2E80 else 1 for c in folded)
    return True, LONG if weight >= 20 else FAIR
