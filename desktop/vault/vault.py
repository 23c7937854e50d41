"""The vault: everything the clinic records, in one encrypted folder, behind one class."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine

from desktop.domain.contact import Contact
from desktop.domain.encounter import Encounter
from desktop.domain.identifiers import new_id
from desktop.domain.patient import Patient
from desktop.domain.tally import VisitTally
from desktop.domain.user import User
from desktop.domain.validation import check_user_name, checked_encounter, checked_patient
from desktop.vault import (
    attempts,
    backup,
    check,
    creation,
    database,
    keepsakes,
    keyring,
    opening,
    people,
    slots,
    tallies,
    trail,
    visits,
)
from desktop.vault import header as keys
from desktop.vault.check import VerifyReport
from desktop.vault.errors import VaultDamaged, VaultLocked
from desktop.vault.kdf import DEFAULT_COST, KdfCost, check_new_passphrase
from desktop.vault.opening import Clock, Unlocked, utc_now
from desktop.vault.ready import ready_engine
from desktop.vault.schema import SCHEMA_VERSION
from desktop.vault.trail import AuditEntry


class Vault:
    """One open vault. Safe to call from several threads; one call runs at a time.

    A method that saves returns only when what it saved stands synced in the main file. Every method may raise
    ``VaultDamaged``, ``DiskFull`` or ``VaultUnwritable`` (then nothing was changed) and ``VaultLocked`` after close.
    """

    def __init__(self, unlocked: Unlocked, clock: Clock, action: str = "unlocked") -> None:
        """Use ``create`` or ``open``; this takes keys that were unwrapped already."""
        self._engine: Engine | None = ready_engine(unlocked, clock())
        self._unlocked = unlocked
        self._clock = clock
        self._lock = threading.RLock()
        self._together: Connection | None = None
        try:
            with self._transaction() as connection:
                self.user: User = keepsakes.user(connection, unlocked.slot.user_id)
                if unlocked.failures:
                    self._audit(connection, "failed_unlock", detail=str(unlocked.failures))
                self._audit(connection, action, detail=unlocked.slot.kind)
                if unlocked.repair:
                    keys.write_header(unlocked.folder, unlocked.header)
                    self._audit(connection, "key_file_repaired")
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls, path: Path | str, user_name: str, passphrase: str, *, clock: Clock = utc_now, cost: KdfCost = DEFAULT_COST
    ) -> tuple[Vault, str]:
        """Create a vault with its first user; returns it open, and the recovery key, which is shown once.

        Raises:
            VaultExists, WeakPassphrase, BadInput (no name), DiskFull, VaultUnwritable.
        """
        unlocked, recovery_key = creation.create(Path(path), user_name, passphrase, clock, cost)
        try:
            return cls(unlocked, clock, "vault_created"), recovery_key
        except BaseException:
            shutil.rmtree(unlocked.folder, ignore_errors=True)  # empty, and nobody saw its recovery key
            raise

    @classmethod
    def open(cls, path: Path | str, passphrase: str, *, clock: Clock = utc_now) -> Vault:
        """Open a vault.

        Raises:
            NotAVault, WrongPassphrase, PassphraseDelay, VaultInUse, VaultDamaged, VaultTooNew.
        """
        return cls(opening.unlock(Path(path), passphrase, clock), clock)

    @classmethod
    def open_with_recovery_key(cls, path: Path | str, key: str, *, clock: Clock = utc_now) -> Vault:
        """Open a vault with the recovery key; ``reset_passphrase`` then sets a new passphrase.

        Raises:
            NotAVault, WrongRecoveryKey, VaultInUse, VaultDamaged, VaultTooNew.
        """
        return cls(opening.unlock_with_recovery_key(Path(path), key), clock)

    @staticmethod
    def delay_seconds(path: Path | str, *, clock: Clock = utc_now) -> float:
        """Return how long the next passphrase has to wait after wrong ones."""
        return attempts.read_attempts(Path(path)).remaining_s(clock().timestamp())

    @staticmethod
    def restore(source: Path | str, to: Path | str) -> None:
        """Copy a backup to the new folder ``to``, every file checked against what was written when it was made.

        Raises:
            NotAVault, BackupDamaged, VaultTooNew, VaultExists, DiskFull, VaultUnwritable.
        """
        backup.restore(Path(source), Path(to))

    @staticmethod
    def prove_backup(source: Path | str, passphrase: str) -> None:
        """Raise WrongPassphrase unless the passphrase opens the backup; else as ``restore``. Changes nothing."""
        backup.prove_passphrase(Path(source), passphrase)

    @property
    def path(self) -> Path:
        """The vault's folder."""
        return self._unlocked.folder

    def close(self) -> None:
        """Close the file and forget the key; a second call does nothing."""
        with self._lock:
            if self._engine is not None:
                database.close(self._engine)
                self._engine = None

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def save_patient(self, patient: Patient) -> Patient:
        """Save a new or changed patient; returns it as stored.

        Raises:
            BadInput: something about the patient is impossible (see ``checked_patient``).
            RevisionConflict: the stored record is newer than the one that was changed.
        """
        now = self._clock()
        checked = checked_patient(patient, now.astimezone().date())
        with self._transaction() as connection:
            saved, is_new = people.save(connection, checked, self.user.name, now)
            self._audit(connection, "created" if is_new else "changed", saved.id, "patient")
        return saved

    def patient(self, patient_id: str) -> Patient:
        """Return one patient. Raises UnknownRecord."""
        with self._transaction() as connection:
            return people.load(connection, patient_id)

    def search_patients(self, query: str, limit: int = 50) -> list[Patient]:
        """Return patients in whom every part of ``query`` is found (name, village, number, phone), best first.

        Latin words match from their beginning, Chinese characters anywhere; an empty query gives recent patients.
        """
        with self._transaction() as connection:
            return people.search(connection, query, limit)

    def recent_patients(self, limit: int = 20) -> list[Patient]:
        """Return the patients seen or changed last, newest first."""
        with self._transaction() as connection:
            return people.recent(connection, limit)

    def save_encounter(self, visit: Encounter) -> Encounter:
        """Save a visit as its next revision; earlier ones are kept, its draft is dropped. Returns it as stored.

        Raises:
            BadInput: something about the visit is impossible (see ``checked_encounter``).
            UnknownRecord: there is no such patient.
            RevisionConflict: ``visit.revision`` is not the stored one (0 for a visit never saved).
            VaultDamaged: what was written did not read back the same.
        """
        checked = checked_encounter(visit)
        with self._transaction() as connection:
            saved = visits.save(connection, checked, self.user.name, self._clock())
            action = "created" if saved.revision == 1 else "changed"
            self._audit(connection, action, saved.id, f"encounter revision {saved.revision}")
        with self._transaction() as connection:
            database.forget_cached_pages(connection)
            if visits.load(connection, saved.id) != saved:
                raise VaultDamaged("The visit did not read back as it was saved; please check the disk.")
        return saved

    def encounter(self, encounter_id: str, revision: int | None = None) -> Encounter:
        """Return the newest, or one, revision of a saved visit. Raises UnknownRecord."""
        with self._transaction() as connection:
            return visits.load(connection, encounter_id, revision)

    def encounter_revisions(self, encounter_id: str) -> list[Encounter]:
        """Return every saved revision of a visit, oldest first."""
        with self._transaction() as connection:
            return visits.revisions(connection, encounter_id)

    def encounters_of(self, patient_id: str) -> list[Encounter]:
        """Return the saved visits of one patient, newest first."""
        with self._transaction() as connection:
            return visits.of_patient(connection, patient_id)

    def encounters(self, limit: int = 100, offset: int = 0) -> list[Encounter]:
        """Return saved visits by their start, newest first."""
        with self._transaction() as connection:
            return visits.newest(connection, limit, offset)

    def encounters_on(self, day: date) -> list[Encounter]:
        """Return the saved visits that began on a day (local time), in the order they began."""
        with self._transaction() as connection:
            return visits.on_day(connection, day)

    def save_draft(self, visit: Encounter) -> None:
        """Keep an open visit as it stands, so that a crash loses nothing. Raises BadInput, UnknownRecord."""
        checked = checked_encounter(visit)
        with self._transaction() as connection:
            people.load(connection, checked.patient_id)
            visits.save_draft(connection, checked, self._clock())

    def drafts(self) -> list[Encounter]:
        """Return the drafts, the last one kept first."""
        with self._transaction() as connection:
            return visits.drafts(connection)

    def discard_draft(self, encounter_id: str) -> None:
        """Drop a draft if there is one."""
        with self._transaction() as connection:
            visits.discard_draft(connection, encounter_id)

    def record(self, action: str, subject_id: str = "", detail: str = "") -> None:
        """Add to the audit trail what this class cannot see: ``viewed``, ``sealed``, ``opened``, ``exported`` …

        ``action`` is one lower-case word; ``detail`` holds codes and counts, never a patient's words.
        """
        with self._transaction() as connection:
            self._audit(connection, action, subject_id, detail)

    def audit(self, limit: int = 200) -> list[AuditEntry]:
        """Return the audit trail, newest first."""
        with self._transaction() as connection:
            return trail.entries(connection, limit)

    def tallies(self, since: datetime) -> list[VisitTally]:
        """Return what counting needs of every visit since then, oldest first."""
        with self._transaction() as connection:
            return tallies.tallies(connection, since)

    def setting(self, name: str) -> str | None:
        """Return a setting, or None when it was never set."""
        with self._transaction() as connection:
            return keepsakes.setting(connection, name)

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting."""
        with self._transaction() as connection:
            keepsakes.set_setting(connection, name, value)

    def get_secret(self, name: str) -> bytes | None:
        """Return a secret (such as the clinic's identity key), or None."""
        with self._transaction() as connection:
            return keepsakes.secret(connection, name)

    def put_secret(self, name: str, value: bytes) -> None:
        """Keep a secret under a name, in place of an earlier one."""
        with self._transaction() as connection:
            keepsakes.put_secret(connection, name, value, self._clock())
            self._audit(connection, "secret_changed", name)

    def contacts(self) -> list[Contact]:
        """Return the contacts by name."""
        with self._transaction() as connection:
            return keepsakes.contacts(connection)

    def add_contact(self, contact: Contact) -> Contact:
        """Keep a contact (one with the same recipient is replaced); returns it with its time."""
        with self._transaction() as connection:
            added = keepsakes.add_contact(connection, contact, self._clock())
            self._audit(connection, "contact_added", contact.recipient)
        return added

    def remove_contact(self, recipient: str) -> None:
        """Remove a contact if it is there."""
        with self._transaction() as connection:
            if keepsakes.remove_contact(connection, recipient):
                self._audit(connection, "contact_removed", recipient)

    def users(self) -> list[User]:
        """Return the users, the first one first."""
        with self._transaction() as connection:
            return keepsakes.users(connection)

    def add_user(self, name: str, passphrase: str, *, cost: KdfCost = DEFAULT_COST) -> User:
        """Let one more person open the vault with a passphrase of their own. Raises WeakPassphrase, BadInput."""
        check_new_passphrase(passphrase)
        user = User(new_id(), check_user_name(name), self._clock())
        with self._transaction() as connection:
            keepsakes.add_user(connection, user)
            self._audit(connection, "user_added", user.id)
        with self._lock:  # after the commit: a slot must never name somebody whom the store does not know
            self._unlocked = keyring.add_passphrase(self._unlocked, user.id, passphrase, cost)
        return user

    def change_passphrase(self, old: str, new: str, *, cost: KdfCost = DEFAULT_COST) -> None:
        """Replace a passphrase. Raises WrongPassphrase, WeakPassphrase; the old one then still holds."""
        with self._transaction() as connection:
            self._audit(connection, "passphrase_changed", self.user.id)
            self._unlocked = keyring.change_passphrase(self._unlocked, old, new, cost)

    def reset_passphrase(self, recovery_key: str, new: str, *, cost: KdfCost = DEFAULT_COST) -> None:
        """Replace the forgotten passphrase of ``user``. Raises WrongRecoveryKey, WeakPassphrase."""
        with self._transaction() as connection:
            self._audit(connection, "passphrase_reset", self.user.id)
            self._unlocked = keyring.reset_passphrase(self._unlocked, recovery_key, self.user.id, new, cost)

    def renew_recovery_key(self) -> str:
        """Return a new recovery key, to be shown once; the old one opens nothing any more."""
        with self._transaction() as connection:
            self._audit(connection, "recovery_key_renewed", self.user.id)
            self._unlocked, recovery_key = keyring.renew_recovery_key(self._unlocked, self.user.id)
        return recovery_key

    def verify(self) -> VerifyReport:
        """Check every page, every reference, every saved revision and the audit trail; raises nothing for damage."""
        with self._transaction() as connection:
            return check.verify(connection, slots.subkey(self._unlocked.data_key, "audit"), SCHEMA_VERSION)

    def backup(self, to: Path | str) -> Path:
        """Write a checked copy of the whole vault to the new folder ``to``; returns it.

        Raises:
            VaultExists, DiskFull, VaultUnwritable, BackupDamaged.
        """
        target = Path(to)
        with self._transaction() as connection:
            self._audit(connection, "backed_up")
        with self._lock:
            key = slots.subkey(self._unlocked.data_key, "database")
            backup.back_up(self._open_engine(), self._unlocked.header, key, target, self._clock())
        return target

    def _audit(self, connection: Connection, action: str, subject_id: str = "", detail: str = "") -> None:
        entry = AuditEntry(0, self._clock(), self.user.name, action, subject_id, detail)
        trail.append(connection, slots.subkey(self._unlocked.data_key, "audit"), entry)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Make one transaction of all calls inside: they are kept when the block ends, and none when it raises."""
        with self._transaction() as connection:
            self._together = connection
            try:
                yield
            finally:
                self._together = None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._lock, database.translated():
            if self._together is not None:  # only the thread that holds the lock can be here
                yield self._together
                return
            with self._open_engine().begin() as connection:
                yield connection

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise VaultLocked("The vault is locked; unlock it and try again.")
        return self._engine
