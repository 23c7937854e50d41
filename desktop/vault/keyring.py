"""Changing what opens a vault: passphrase, further users, recovery key. The data key itself stays."""

from __future__ import annotations

from dataclasses import replace

from desktop.vault import header as keys
from desktop.vault import recovery, slots
from desktop.vault.errors import WrongPassphrase, WrongRecoveryKey
from desktop.vault.header import Header
from desktop.vault.kdf import DEFAULT_COST, KdfCost, check_new_passphrase
from desktop.vault.opening import Unlocked


def change_passphrase(unlocked: Unlocked, old: str, new: str, cost: KdfCost = DEFAULT_COST) -> Unlocked:
    """Replace the passphrase that ``old`` proves to be known. Raises WrongPassphrase, WeakPassphrase."""
    found = keys.open_with_passphrase(unlocked.header, old)
    if found is None:
        raise WrongPassphrase("The present passphrase is not right, so it was not changed.")
    slot = found[1]
    fresh = slots.wrap_with_passphrase(
        unlocked.header.vault_id, unlocked.data_key, slot.user_id, check_new_passphrase(new), cost
    )
    return _written(unlocked, unlocked.header.with_slot(fresh, instead_of=(slot,)))


def reset_passphrase(
    unlocked: Unlocked, recovery_key: str, user_id: str, new: str, cost: KdfCost = DEFAULT_COST
) -> Unlocked:
    """Replace a user's forgotten passphrase; the recovery key proves the right to. Raises WrongRecoveryKey."""
    if keys.open_with_recovery(unlocked.header, recovery.read(recovery_key)) is None:
        raise WrongRecoveryKey("This is not the recovery key of this vault, so the passphrase was not changed.")
    forgotten = tuple(s for s in unlocked.header.slots_of("passphrase") if s.user_id == user_id)
    fresh = slots.wrap_with_passphrase(
        unlocked.header.vault_id, unlocked.data_key, user_id, check_new_passphrase(new), cost
    )
    return _written(unlocked, unlocked.header.with_slot(fresh, instead_of=forgotten))


def add_passphrase(unlocked: Unlocked, user_id: str, passphrase: str, cost: KdfCost = DEFAULT_COST) -> Unlocked:
    """Let one more user open the vault. Raises WeakPassphrase; BadInput above eight slots."""
    fresh = slots.wrap_with_passphrase(
        unlocked.header.vault_id, unlocked.data_key, user_id, check_new_passphrase(passphrase), cost
    )
    return _written(unlocked, unlocked.header.with_slot(fresh))


def renew_recovery_key(unlocked: Unlocked, user_id: str) -> tuple[Unlocked, str]:
    """Make a new recovery key, which is shown once; the old one opens nothing any more."""
    secret = recovery.new_secret()
    fresh = slots.wrap_with_recovery(unlocked.header.vault_id, unlocked.data_key, user_id, secret)
    header = unlocked.header.with_slot(fresh, instead_of=unlocked.header.slots_of("recovery"))
    return _written(unlocked, header), recovery.written(secret)


def _written(unlocked: Unlocked, header: Header) -> Unlocked:
    sealed = header.sealed(unlocked.data_key)
    keys.write_header(unlocked.folder, sealed)
    return replace(unlocked, header=sealed)
