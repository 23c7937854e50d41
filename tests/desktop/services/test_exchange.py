"""Exchange: identity once, contacts checked, a visit sealed and opened, every step in the audit trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest

from desktop.casefile.errors import (
    BadIdentityFile,
    BadRecipient,
    DuplicateContact,
    FileUnreadable,
    IdentityDamaged,
    IdentityExists,
    NoIdentity,
    NoRecipients,
    OutputExists,
    OutputUnwritable,
    SealedForSomeoneElse,
    UnknownSigner,
    WeakPassphrase,
)
from desktop.casefile.opening import Signer
from desktop.services import exchange
from desktop.services.exchange import ExchangeService, inspect_file, open_file, read_identity_file

NOW = datetime(2026, 11, 21, 9, 0, 0, 123, tzinfo=UTC)


@pytest.fixture
def village(visit: SimpleNamespace) -> SimpleNamespace:
    store = visit.store(visit.encounter(), visit.encounter(id="e2", assessment=None))
    service = ExchangeService(store, clock=lambda: NOW)
    return SimpleNamespace(store=store, service=service, card=service.create_identity("Village clinic"))


@pytest.fixture
def hospital(visit: SimpleNamespace) -> SimpleNamespace:
    store = visit.store()
    service = ExchangeService(store, clock=lambda: NOW)
    return SimpleNamespace(store=store, service=service, card=service.create_identity("District hospital 县医院"))


def test_from_one_clinic_to_another(village: SimpleNamespace, hospital: SimpleNamespace, tmp_path: Path) -> None:
    made = village.service.seal_encounter("e1", tmp_path / "case.age", recipients=[hospital.card.recipient])
    assert made.recipients == 1
    assert made.size_bytes == (tmp_path / "case.age").stat().st_size
    assert inspect_file(made.path).complete
    assert village.store.trail[-1] == ("sealed", "e1", f"recipients 1 sha256 {made.sha256}")
    with pytest.raises(UnknownSigner, match="not in your contacts"):
        hospital.service.open(made.path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    hospital.service.add_contact("Our village", village.card.recipient, village.card.signing_key)
    opened = hospital.service.open(made.path, tmp_path / "out")
    assert (opened.signer, opened.signer_name, opened.addressed) == (Signer.CONTACT, "Our village", True)
    assert hospital.store.trail[-1] == ("opened", village.card.signing_key, "signer contact")
    bundle = json.loads((tmp_path / "out" / "bundle.json").read_text())
    assert bundle["timestamp"] == "2026-11-21T09:00:00Z"
    assert (tmp_path / "out" / "summary.pdf").read_bytes().startswith(b"%PDF-")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["packs"] == [{"version": "2026.12.1", "manifest_sha256": "ab" * 32}]


def test_an_unknown_signer_can_be_accepted_and_is_named_as_unknown(village, hospital, tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    village.service.seal_encounter("e2", path, recipients=[hospital.card.recipient], language="zh")
    opened = hospital.service.open(path, tmp_path / "out", accept_unknown_signer=True)
    assert (opened.signer, opened.signer_name) == (Signer.UNKNOWN, "Village clinic")
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["packs"] == []


def test_own_files_and_files_of_others(village: SimpleNamespace, hospital: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    village.service.seal_encounter("e1", path, recipients=[village.card.recipient])
    assert village.service.open(path, tmp_path / "own").signer is Signer.OWN
    with pytest.raises(SealedForSomeoneElse):
        hospital.service.open(path, tmp_path / "no")


def test_a_hospital_without_barefoot_s_vault(village: SimpleNamespace, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"# key\n{key}\n")
    village.service.seal_encounter("e1", tmp_path / "case.age", recipients=[str(key.to_public())])
    keys = read_identity_file(tmp_path / "key.txt")
    assert open_file(tmp_path / "case.age", tmp_path / "a", identities=keys).signer is Signer.UNKNOWN
    signers = {village.card.signing_key: ""}
    known = open_file(tmp_path / "case.age", tmp_path / "b", identities=keys, known_signers=signers)
    assert (known.signer, known.signer_name) == (Signer.CONTACT, "Village clinic")
    with pytest.raises(UnknownSigner):
        open_file(tmp_path / "case.age", tmp_path / "c", identities=keys, known_signers={})


def test_attachments_travel(village: SimpleNamespace, tmp_path: Path) -> None:
    attachments = {"ecg.png": b"\x89PNG", "a-letter.txt": b"text"}
    village.service.seal_encounter(
        "e1", tmp_path / "case.age", recipients=[village.card.recipient], attachments=attachments
    )
    opened = village.service.open(tmp_path / "case.age", tmp_path / "out")
    assert opened.members[-2:] == ("attachments/a-letter.txt", "attachments/ecg.png")
    assert (tmp_path / "out" / "attachments" / "ecg.png").read_bytes() == b"\x89PNG"


def test_nothing_is_sealed_or_written_when_something_is_wrong(village: SimpleNamespace, tmp_path: Path) -> None:
    seal, before = village.service.seal_encounter, list(village.store.trail)
    with pytest.raises(NoRecipients):
        seal("e1", tmp_path / "x.age")
    with pytest.raises(NoRecipients):
        seal("e1", tmp_path / "x.age", recipients=[village.card.recipient], passphrase="some long words")
    with pytest.raises(BadRecipient):
        seal("e1", tmp_path / "x.age", recipients=["age1nope"])
    with pytest.raises(WeakPassphrase):
        seal("e1", tmp_path / "x.age", passphrase="short")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there.age").write_text("kept")
    with pytest.raises(OutputExists):
        seal("e1", tmp_path / "there.age", recipients=[village.card.recipient])
    assert (tmp_path / "there.age").read_text() == "kept"
    assert village.store.trail == before
    with pytest.raises(OutputUnwritable):
        seal("e1", tmp_path / "missing" / "x.age", recipients=[village.card.recipient])
    assert [entry[0] for entry in village.store.trail[-2:]] == ["sealed", "seal_failed"]


def test_nothing_plain_touches_the_disk(village: SimpleNamespace, tmp_path: Path, monkeypatch) -> None:
    written: list[bytes] = []
    real = exchange.unpacking.write_sealed
    monkeypatch.setattr(exchange.unpacking, "write_sealed", lambda p, c, **k: (written.append(c), real(p, c, **k))[1])
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    village.service.seal_encounter("e1", tmp_path / "case.age", recipients=[village.card.recipient])
    assert [p.name for p in tmp_path.iterdir()] == ["case.age"]
    assert (tmp_path / "case.age").read_bytes() == written[0]
    for word in (b"Amina", "咳黄痰".encode(), b"penicillin", b"PK\x03\x04", b"%PDF"):
        assert word not in written[0]


def test_the_audit_trail_holds_no_word_of_the_patient(village: SimpleNamespace, tmp_path: Path) -> None:
    village.service.seal_encounter("e1", tmp_path / "case.age", recipients=[village.card.recipient])
    village.service.open(tmp_path / "case.age", tmp_path / "out")
    assert "Amina" not in str(village.store.trail)
    assert str(tmp_path) not in str(village.store.trail)


def test_identity_is_made_once(village: SimpleNamespace, visit: SimpleNamespace, tmp_path: Path) -> None:
    with pytest.raises(IdentityExists):
        village.service.create_identity("Another name")
    assert village.service.identity() == village.card
    assert b"Village clinic" in village.store.secrets[exchange.IDENTITY_SECRET]
    nobody = ExchangeService(visit.store(visit.encounter()))
    with pytest.raises(NoIdentity):
        nobody.seal_encounter("e1", tmp_path / "x.age", recipients=[village.card.recipient])
    with pytest.raises(NoIdentity):
        nobody.identity()
    village.store.secrets[exchange.IDENTITY_SECRET] = b"{}"
    with pytest.raises(IdentityDamaged):
        village.service.identity()


def test_contacts(village: SimpleNamespace, hospital: SimpleNamespace) -> None:
    service = village.service
    added = service.add_contact(" Hospital ", hospital.card.recipient.upper(), hospital.card.signing_key, " by phone ")
    assert (added.name, added.recipient, added.note) == ("Hospital", hospital.card.recipient, "by phone")
    other = str(pyrage.x25519.Identity.generate().to_public())
    for again in (
        ("Other name", hospital.card.recipient, ""),
        ("hospital", other, ""),
        ("Third", other, hospital.card.signing_key),
    ):
        with pytest.raises(DuplicateContact):
            service.add_contact(*again)
    assert [c.name for c in service.contacts()] == ["Hospital"]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(FileUnreadable):
            inspect_file(path)
    with pytest.raises(FileUnreadable):
        read_identity_file(tmp_path / "none")
    with pytest.raises(BadIdentityFile):
        read_identity_file(tmp_path)
