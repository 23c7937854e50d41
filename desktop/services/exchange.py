"""Exchange of case files: the clinic's identity, its contacts, sealing a visit and opening what others sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from desktop import __version__
from desktop.casefile import opening, sealing, unpacking
from desktop.casefile.archive import ATTACHMENTS
from desktop.casefile.bundle import Visit, build_bundle, pack_of
from desktop.casefile.errors import (
    BadIdentityFile,
    DuplicateContact,
    FileUnreadable,
    IdentityExists,
    NoIdentity,
    NoRecipients,
    UnknownSigner,
)
from desktop.casefile.identity import ClinicCard, ClinicIdentity
from desktop.casefile.keys import (
    MAX_IDENTITY_FILE_BYTES,
    check_name,
    check_recipient,
    check_signing_key,
    parse_identity_file,
    signing_fingerprint,
)
from desktop.casefile.opening import Inspection, OpenedCaseFile, Signer
from desktop.casefile.passphrase import check_passphrase
from desktop.documents.summary import build_summary
from desktop.documents.summary_html import render_html
from desktop.documents.summary_pdf import render_pdf
from desktop.domain.contact import Contact
from desktop.domain.encounter import Encounter
from desktop.domain.identifiers import check_id
from desktop.domain.patient import Patient
from desktop.domain.saved_assessment import read_assessment
from desktop.domain.validation import check_line
from modelzoo.contract.errors import BarefootError

IDENTITY_SECRET = "clinic_identity"  # noqa: S105  the name under which the vault keeps it


class CaseStore(Protocol):
    """What exchange needs of the vault."""

    def patient(self, patient_id: str, /) -> Patient:
        """Return one patient."""

    def encounter(self, encounter_id: str, /) -> Encounter:
        """Return the newest revision of a visit."""

    def get_secret(self, name: str, /) -> bytes | None:
        """Return a secret, or None."""

    def put_secret(self, name: str, value: bytes, /) -> None:
        """Keep a secret."""

    def contacts(self) -> list[Contact]:
        """Return the contacts."""

    def add_contact(self, contact: Contact, /) -> Contact:
        """Keep a contact."""

    def record(self, action: str, subject_id: str = "", detail: str = "") -> None:
        """Add to the audit trail."""


@dataclass(frozen=True, slots=True)
class SealedResult:
    """A file that was sealed. ``recipients`` is 0 where a passphrase was used."""

    path: Path
    size_bytes: int
    sha256: str
    recipients: int


@dataclass(frozen=True, slots=True)
class OpenedResult:
    """A file that was opened, proven and unpacked to ``output``.

    ``signer_name`` is the contact's name where the signer is one, else only what the file claims.
    """

    output: Path
    clinic: ClinicCard
    signer: Signer
    signer_name: str
    addressed: bool
    created_at: datetime
    members: tuple[str, ...]


def inspect_file(path: Path) -> Inspection:
    """Describe a sealed file without opening it. Raises the errors of ``desktop.casefile`` for a file that is none."""
    return opening.inspect_sealed(opening.read_sealed(path))


def read_identity_file(path: Path) -> tuple[str, ...]:
    """Return the secret keys of an age identity file. Raises BadIdentityFile, FileUnreadable."""
    try:
        with path.open("rb") as file:
            return parse_identity_file(file.read(MAX_IDENTITY_FILE_BYTES + 1))
    except IsADirectoryError as error:
        raise BadIdentityFile("The key file is a folder.") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable("The key file is not there or cannot be read.") from error


def open_file(
    path: Path,
    output: Path,
    *,
    identities: Sequence[str] = (),
    passphrase: str | None = None,
    known_signers: Mapping[str, str] | None = None,
    accept_unknown_signer: bool = False,
) -> OpenedResult:
    """Open, prove and unpack a case file; nothing is written unless all of it holds.

    ``known_signers`` maps signing keys to names; None means that there is nothing to compare the signer with, and the
    result then says ``unknown``.

    Raises:
        UnknownSigner: ``known_signers`` lacks the signer and that is not accepted. Else: desktop.casefile.errors.
    """
    sealed = opening.read_sealed(path)
    if passphrase is not None:
        opened = opening.open_with_passphrase(sealed, passphrase)
    else:
        opened = opening.open_with_keys(sealed, identities)
    return _release(opened, output, known_signers, accept_unknown_signer)


def _release(
    opened: OpenedCaseFile, output: Path, known_signers: Mapping[str, str] | None, accept_unknown_signer: bool
) -> OpenedResult:
    clinic = opened.manifest.clinic
    name = (known_signers or {}).get(clinic.signing_key)
    if name is None and known_signers is not None and not accept_unknown_signer:
        raise UnknownSigner(
            f"This case file is signed by a clinic that is not in your contacts; it calls itself {clinic.name!r}.",
            data={"signing_key": clinic.signing_key, "fingerprint": signing_fingerprint(clinic.signing_key)},
        )
    unpacking.unpack(opened.members, output)
    return OpenedResult(
        output,
        clinic,
        Signer.UNKNOWN if name is None else Signer.CONTACT,
        name or clinic.name,
        opened.addressed,
        opened.manifest.created_at,
        tuple(opened.members),
    )


class ExchangeService:
    """Seals and opens case files for one open vault; every seal and every opening stands in the audit trail."""

    def __init__(
        self,
        store: CaseStore,
        *,
        program_version: str = __version__,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._program_version = program_version
        self._clock = clock

    def create_identity(self, name: str) -> ClinicCard:
        """Make the clinic's keys, once, and return their public half. Raises IdentityExists, BadName."""
        if self._store.get_secret(IDENTITY_SECRET) is not None:
            raise IdentityExists("This clinic has its keys already; they are kept, since files are sealed for them.")
        identity = ClinicIdentity.generate(name)
        self._store.put_secret(IDENTITY_SECRET, identity.to_secret())
        self._store.record("identity_created", identity.card.recipient)
        return identity.card

    def identity(self) -> ClinicCard:
        """Return the public half of the clinic's keys. Raises NoIdentity, IdentityDamaged."""
        return self._identity().card

    def contacts(self) -> list[Contact]:
        """Return the contacts."""
        return self._store.contacts()

    def add_contact(self, name: str, recipient: str, signing_key: str = "", note: str = "") -> Contact:
        """Check and keep a contact. Raises BadName, BadRecipient, BadSigningKey, DuplicateContact."""
        contact = Contact(
            check_name(name), check_recipient(recipient), check_signing_key(signing_key), check_line(note, "note")
        )
        for other in self._store.contacts():
            if other.recipient == contact.recipient:
                raise DuplicateContact(f"This key is already that of the contact {other.name}.")
            if other.name.casefold() == contact.name.casefold():
                raise DuplicateContact(f"There is already a contact named {other.name}; choose another name.")
            if contact.signing_key and other.signing_key == contact.signing_key:
                raise DuplicateContact(f"This signing key is already that of the contact {other.name}.")
        return self._store.add_contact(contact)

    def seal_encounter(
        self,
        encounter_id: str,
        output: Path,
        *,
        recipients: Sequence[str] = (),
        passphrase: str | None = None,
        language: str = "en",
        attachments: Mapping[str, bytes] | None = None,
        overwrite: bool = False,
    ) -> SealedResult:
        """Seal the newest revision of a visit to ``output``, for recipients or with a passphrase.

        Raises:
            NoRecipients, BadRecipient, WeakPassphrase, NotEnoughMemory, NoIdentity, OutputExists, OutputDiskFull,
            OutputUnwritable, TooLarge, UnsafeMember (the name of an attachment), or what the vault raises.
        """
        if passphrase is not None and recipients:
            raise NoRecipients("Seal either for keys or with a passphrase, not both.")
        checked = () if passphrase is not None else sealing.check_recipients(recipients)
        if passphrase is not None:
            check_passphrase(passphrase)
        unpacking.refuse_taken(output, overwrite=overwrite)  # before seconds of work
        inner = self._inner(self._store.encounter(check_id(encounter_id)), checked, language, attachments or {})
        if passphrase is None:
            sealed = sealing.seal_for_recipients(inner, checked)
        else:
            sealed = sealing.seal_with_passphrase(inner, passphrase)
        digest = hashlib.sha256(sealed).hexdigest()
        detail = f"recipients {len(checked)} sha256 {digest}"
        self._store.record("sealed", encounter_id, detail)  # first: a file that left without a trace is the worse case
        try:
            unpacking.write_sealed(output, sealed, overwrite=overwrite)
        except BarefootError as error:
            self._store.record("seal_failed", encounter_id, error.code)
            raise
        return SealedResult(output, len(sealed), digest, len(checked))

    def open(
        self,
        path: Path,
        output: Path,
        *,
        identities: Sequence[str] | None = None,
        passphrase: str | None = None,
        accept_unknown_signer: bool = False,
    ) -> OpenedResult:
        """Open a case file with the clinic's own keys (or the given ones, or a passphrase) and unpack it.

        Raises:
            UnknownSigner: the signer is neither this clinic nor a contact. Else as ``open_file``.
        """
        has_keys = self._store.get_secret(IDENTITY_SECRET) is not None
        own = self._identity() if has_keys or (identities is None and passphrase is None) else None
        own_key = own.card.signing_key if own else None
        known = {contact.signing_key: contact.name for contact in self._store.contacts() if contact.signing_key}
        if own is not None and own_key is not None:
            known[own_key] = own.name
        if identities is None:
            identities = (own.age_identity,) if own else ()
        result = open_file(
            path,
            output,
            identities=identities,
            passphrase=passphrase,
            known_signers=known,
            accept_unknown_signer=accept_unknown_signer,
        )
        if result.clinic.signing_key == own_key:
            result = replace(result, signer=Signer.OWN)
        self._store.record("opened", result.clinic.signing_key, f"signer {result.signer}")
        return result

    def _identity(self) -> ClinicIdentity:
        secret = self._store.get_secret(IDENTITY_SECRET)
        if secret is None:
            raise NoIdentity("This clinic has no keys yet; create its identity first.")
        return ClinicIdentity.from_secret(secret)

    def _inner(
        self, encounter: Encounter, recipients: Sequence[str], language: str, attachments: Mapping[str, bytes]
    ) -> bytes:
        identity, now = self._identity(), self._clock()
        patient = self._store.patient(encounter.patient_id)
        visit = Visit(patient, encounter, identity.card, now, self._program_version, language)
        summary = build_summary(
            patient,
            encounter,
            clinic=identity.name,
            created_at=now,
            program_version=self._program_version,
            language=language,
        )
        pack = pack_of(read_assessment(encounter.assessment))
        return sealing.build_inner(
            {
                "bundle.json": build_bundle(visit),
                "summary.html": render_html(summary),
                "summary.pdf": render_pdf(summary, now),
                **{f"{ATTACHMENTS}{name}": content for name, content in attachments.items()},
            },
            identity,
            sealed_for=recipients,
            created_at=now,
            program_version=self._program_version,
            language=language,
            packs=() if pack is None else (pack,),
        )
