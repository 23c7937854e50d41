"""Opening: every way in which a file can be wrong has its own sentence, and no byte can change unnoticed."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.casefile import archive, opening, sealing
from desktop.casefile.errors import (
    BadRecipient,
    CutShort,
    Damaged,
    NeedsKey,
    NeedsPassphrase,
    NoRecipients,
    NotACaseFile,
    SealedForSomeoneElse,
    TooLarge,
    TooNew,
    UnsafeMember,
)
from desktop.casefile.identity import ClinicIdentity
from modelzoo.contract.errors import BarefootError

SCRYPT = (
    b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" %d\n" + b"B" * 43 + b"\n--- " + b"C" * 43 + b"\n" + bytes(99)
)


def test_opens_and_returns_what_was_sealed(sealed: bytes, content: dict[str, bytes], reader: SimpleNamespace) -> None:
    opened = opening.open_with_keys(sealed, [reader.secret])
    assert {n: c for n, c in opened.members.items() if not n.startswith("manifest")} == content
    assert list(opened.members) == ["manifest.json", "manifest.sig", "bundle.json", "summary.html", "summary.pdf"]
    assert opened.addressed
    assert opened.manifest.created_at.isoformat() == "2026-11-20T08:30:15+00:00"


def test_the_same_visit_gives_the_same_archive(inner: bytes, content, clinic, reader, visit) -> None:
    again = sealing.build_inner(
        dict(reversed(content.items())),
        clinic,
        sealed_for=(reader.recipient,),
        created_at=visit.started,
        program_version="0.1.0",
        language="en",
    )
    assert again == inner
    assert archive.length_is_whole(len(inner))


def test_a_key_of_someone_else(sealed: bytes) -> None:
    with pytest.raises(SealedForSomeoneElse):
        opening.open_with_keys(sealed, [str(pyrage.x25519.Identity.generate())])


def test_every_recipient_opens_it_alone(inner: bytes, reader: SimpleNamespace) -> None:
    other = pyrage.x25519.Identity.generate()
    both = sealing.seal_for_recipients(inner, [reader.recipient, str(other.to_public()), reader.recipient])
    assert opening.inspect_sealed(both).recipients == 2
    assert opening.open_with_keys(both, [reader.secret]).addressed
    assert not opening.open_with_keys(both, [str(other)]).addressed  # not named in the manifest: passed on


def test_a_file_cut_anywhere_is_refused_and_mostly_named_as_cut(sealed: bytes, reader: SimpleNamespace) -> None:
    kinds = []
    for length in [1, 10, 25, 60, 120, *range(200, len(sealed), 97), len(sealed) - 1]:
        with pytest.raises((CutShort, Damaged)) as refused:
            opening.open_with_keys(sealed[:length], [reader.secret])
        kinds.append(refused.type)
    assert kinds.count(CutShort) >= len(kinds) - 2
    with pytest.raises(CutShort):
        opening.open_with_keys(sealed + b"x", [reader.secret])


def test_a_changed_byte_anywhere_is_refused(sealed: bytes, reader: SimpleNamespace) -> None:
    positions = [*range(0, 400), *range(400, len(sealed), 211), len(sealed) - 1]
    payload = opening.read_header(sealed).header_bytes
    for position in positions:
        changed = bytearray(sealed)
        changed[position] ^= 0x01
        with pytest.raises(BarefootError) as refused:
            opening.open_with_keys(bytes(changed), [reader.secret])
        if position >= payload:
            assert refused.type is Damaged


def test_other_files(reader: SimpleNamespace) -> None:
    for content in (b"", b"hello", b"PK\x03\x04" + bytes(100), bytes(1000), "age 加密".encode()):
        with pytest.raises(NotACaseFile):
            opening.open_with_keys(content, [reader.secret])
    with pytest.raises(TooNew):
        opening.inspect_sealed(b"age-encryption.org/v2\n-> X\n")
    with pytest.raises(NotACaseFile, match="text"):
        opening.inspect_sealed(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n")


def test_key_and_passphrase_are_told_apart(sealed: bytes, reader: SimpleNamespace) -> None:
    with pytest.raises(NeedsKey):
        opening.open_with_passphrase(sealed, "some words here")
    with pytest.raises(NeedsPassphrase):
        opening.open_with_keys(SCRYPT % 18, [reader.secret])
    assert opening.inspect_sealed(SCRYPT % 18).work_factor == 18


@pytest.mark.parametrize(
    "header",
    [
        b"-> scrypt AAAA 18\n\n--- " + b"C" * 43 + b"\n",
        re.sub(rb" \d\d\n", b" 018\n", SCRYPT % 18),
        SCRYPT.replace(b"\n--- ", b"\n-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- ") % 18,
        b"-> \n\n--- " + b"C" * 43 + b"\n",
        b"--- " + b"C" * 43 + b"\n",
        b"-> X25519 a\n!!\n--- " + b"C" * 43 + b"\n",
        b"-> X25519 a\nAAAA\n--- short\n",
        (b"-> X25519 a\nAAAA\n" * 300) + b"--- " + b"C" * 43 + b"\n",
        b"-> X25519 " + b"a" * 70000,
    ],
)
def test_malformed_headers_are_damage(header: bytes) -> None:
    start = b"" if header.startswith(b"age") else b"age-encryption.org/v1\n"
    with pytest.raises(Damaged):
        opening.inspect_sealed(start + header + bytes(50))


def test_another_kind_of_key_is_no_case_file() -> None:
    with pytest.raises(NotACaseFile):
        opening.inspect_sealed(b"age-encryption.org/v1\n-> ssh-ed25519 aa bb\nAAAA\n--- " + b"C" * 43 + b"\n")


def test_recipients_are_checked_before_anything_is_sealed(inner: bytes, reader: SimpleNamespace) -> None:
    with pytest.raises(NoRecipients):
        sealing.seal_for_recipients(inner, [])
    with pytest.raises(BadRecipient):
        sealing.seal_for_recipients(inner, [reader.recipient, reader.recipient[:-1] + "x"])


def test_too_large_to_seal(clinic: ClinicIdentity, visit: SimpleNamespace) -> None:
    for attachments in (
        {"attachments/a": bytes(archive.MAX_MEMBER_BYTES + 1)},
        {f"attachments/{n}": b"" for n in range(70)},
    ):
        with pytest.raises(TooLarge):
            _inner(attachments, clinic, visit)
    for name in ("../x", "attachments/../x", "attachments/CON.txt", "attachments/a/b", "/etc/x", "notes.txt"):
        with pytest.raises(UnsafeMember):
            _inner({name: b"x"}, clinic, visit)


def _inner(members: dict[str, bytes], clinic: ClinicIdentity, visit: SimpleNamespace) -> bytes:
    return sealing.build_inner(
        members, clinic, sealed_for=(), created_at=visit.started, program_version="1", language="en"
    )


def test_a_file_above_the_ceiling_is_not_read_to_its_end(tmp_path) -> None:
    path = tmp_path / "huge.age"
    with path.open("wb") as file:
        file.truncate(opening.MAX_FILE_BYTES + 1)
    with pytest.raises(TooLarge):
        opening.read_sealed(path)


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "])
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_sentence(tail: bytes, start: bytes) -> None:
    with pytest.raises(BarefootError):
        opening.open_with_keys(start + tail, _ANY_KEY)


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_the_archive_inside_gives_a_sentence_or_nothing(
    data, inner: bytes, reader: SimpleNamespace
) -> None:
    """Whoever knows a recipient's key can seal any archive for them: behind the encryption is hostile, too."""
    start = data.draw(st.integers(0, len(inner) - 1))
    length = data.draw(st.integers(0, 40))
    forged = inner[:start] + data.draw(st.binary(max_size=40)) + inner[start + length :]
    try:
        opened = opening.verify_inner(forged, {reader.recipient})
    except BarefootError:
        return
    assert opened.members == opening.verify_inner(inner, ()).members  # a change that changes nothing that is read


_ANY_KEY = [str(pyrage.x25519.Identity.generate())]
