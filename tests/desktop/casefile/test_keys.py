"""Keys that people type, and the clinic's own identity."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from desktop.casefile.errors import BadIdentityFile, BadName, BadRecipient, BadSigningKey, IdentityDamaged
from desktop.casefile.identity import ClinicIdentity, signature_is_valid
from desktop.casefile.keys import (
    check_name,
    check_recipient,
    check_signing_key,
    parse_identity_file,
    signing_fingerprint,
)


def test_recipients(reader: SimpleNamespace) -> None:
    assert check_recipient(f"  {reader.recipient.upper()}\n") == reader.recipient
    swapped = reader.recipient[:20] + reader.recipient[21] + reader.recipient[20] + reader.recipient[22:]
    for typed in (swapped, reader.recipient[:-1], reader.recipient + "q", "age1", "", "ssh-ed25519 AAAA", "age1" * 99):
        if typed != reader.recipient:
            with pytest.raises(BadRecipient):
                check_recipient(typed)
    with pytest.raises(BadRecipient, match="secret"):
        check_recipient(reader.secret)


def test_every_single_mistyped_character_is_found(reader: SimpleNamespace) -> None:
    for position in range(4, len(reader.recipient)):
        letter = "q" if reader.recipient[position] != "q" else "p"
        with pytest.raises(BadRecipient):
            check_recipient(reader.recipient[:position] + letter + reader.recipient[position + 1 :])


def test_signing_keys() -> None:
    assert check_signing_key("AB " * 32) == "ab" * 32
    assert check_signing_key("") == ""
    assert check_signing_key(signing_fingerprint("0123" * 16)) == "0123" * 16
    for typed in ("ab" * 31, "zz" * 32, "ab" * 33, "ａb" * 32):
        with pytest.raises(BadSigningKey):
            check_signing_key(typed)


def test_names() -> None:
    assert check_name("  河边诊所 ") == "河边诊所"
    for typed in ("", "  ", "x" * 121, "a\nb", "a\u202eb", "a\u200bb", "\ud800"):
        with pytest.raises(BadName):
            check_name(typed)


def test_identity_files(reader: SimpleNamespace) -> None:
    made = f"# created: today\n# public key: {reader.recipient}\n\n{reader.secret}\r\n".encode()
    assert parse_identity_file(b"\xef\xbb\xbf" + made) == (reader.secret,)
    for content in (b"", b"# only a comment\n", reader.recipient.encode(), b"\xff\xfe\x00", bytes(70_000),
                    reader.secret[:-1].encode(), (reader.secret + "\n").encode() * 40):  # fmt: skip
        with pytest.raises(BadIdentityFile) as refused:
            parse_identity_file(content)
        assert reader.secret[20:40] not in refused.value.message


def test_identity_survives_its_store_and_shows_no_secret() -> None:
    made = ClinicIdentity.generate("Riverside")
    assert ClinicIdentity.from_secret(made.to_secret()) == made
    assert made.age_identity not in repr(made)
    assert made.signing_seed.hex() not in repr(made)
    assert signature_is_valid(made.card.signing_key, made.sign(b"x"), b"x")
    assert not signature_is_valid(made.card.signing_key, made.sign(b"x"), b"y")
    assert check_recipient(made.card.recipient) == made.card.recipient


def test_a_damaged_identity_is_refused() -> None:
    good = json.loads(ClinicIdentity.generate("Riverside").to_secret())
    broken = [{**good, "signing_seed": "ab"}, {**good, "age_identity": "AGE"}, {**good, "format": 9}, {}, [], 7]
    for content in [*(json.dumps(b).encode() for b in broken), b"", b"\xff"]:
        with pytest.raises(IdentityDamaged):
            ClinicIdentity.from_secret(content)
