"""Archives that an enemy wrote: each trick refused with its own code, nothing unpacked."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from desktop.casefile import archive, opening
from desktop.casefile.errors import (
    DuplicateMember,
    ManifestInvalid,
    MemberChanged,
    NotAnArchive,
    SignatureWrong,
    TooNew,
    UnlistedMember,
    UnpacksTooLarge,
    UnsafeMember,
)
from desktop.casefile.identity import ClinicIdentity

Entries = list[tuple[zipfile.ZipInfo | str, bytes]]


def _zip(entries: Entries, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, content in entries:
            made.writestr(name, content)
    return buffer.getvalue()


def _members(inner: bytes) -> dict[str, bytes]:
    return archive.read_archive(inner)


def _resigned(inner: bytes, clinic: ClinicIdentity, change: Callable[[dict], object]) -> bytes:
    """An archive whose manifest was changed by someone who holds the signing key."""
    members = _members(inner)
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    content = json.dumps(manifest).encode()
    return _zip([*{**members, "manifest.json": content, "manifest.sig": clinic.sign(content)}.items()])


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "attachments/../../evil", "attachments\\..\\evil", "C:\\evil", "attachments/a:b",
     "attachments/nul", "attachments/aux.txt",
     "attachments/.hidden", "attachments/a.", "attachments/", "attachments/x/y",
     "extra.txt", "manifest.json/", "attachments/é", "bundle.json\x00.txt", "BUNDLE.json"],
)  # fmt: skip
def test_names_that_could_leave_the_folder(inner: bytes, name: str) -> None:
    with pytest.raises(UnsafeMember):
        _members(_zip([*_members(inner).items(), (zipfile.ZipInfo(name) if "\x00" not in name else _raw(name), b"x")]))


def _raw(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    return info


def test_duplicates_also_by_case(inner: bytes) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = _zip([("bundle.json", b"a"), ("bundle.json", b"b")])
    with pytest.raises(DuplicateMember):
        _members(twice)
    with pytest.raises(DuplicateMember):
        _members(_zip([("attachments/A", b"a"), ("attachments/a", b"b")]))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices(kind: int) -> None:
    info = zipfile.ZipInfo("bundle.json")
    info.external_attr = (kind | 0o777) << 16
    info.create_system = 3
    with pytest.raises(UnsafeMember):
        _members(_zip([(info, b"/etc/passwd")]))


def test_bombs() -> None:
    bomb = _zip([("bundle.json", bytes(archive.MAX_MEMBER_BYTES + 1))])
    assert len(bomb) < 40_000
    with pytest.raises(UnpacksTooLarge):
        _members(bomb)
    with pytest.raises(UnpacksTooLarge):
        _members(_zip([(f"attachments/{n}", bytes(20 * 1024 * 1024)) for n in range(3)]))
    with pytest.raises(UnpacksTooLarge):
        _members(_zip([(f"attachments/{n}", b"") for n in range(archive.MAX_MEMBERS + 1)]))


def test_a_member_that_is_longer_than_it_says(inner: bytes) -> None:
    lying = bytearray(_zip([("bundle.json", b"a" * 1000)], zipfile.ZIP_STORED))
    directory = lying.rindex(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (10).to_bytes(4, "little")  # uncompressed size in the central directory
    with pytest.raises(NotAnArchive):
        _members(bytes(lying))


def test_encrypted_and_exotic_members() -> None:
    flagged = bytearray(_zip([("bundle.json", b"abc")]))
    flagged[flagged.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(NotAnArchive):
        _members(bytes(flagged))
    with pytest.raises(NotAnArchive):
        _members(_zip([("bundle.json", b"abc" * 99)], zipfile.ZIP_LZMA))


def test_no_archive_at_all() -> None:
    for content in (
        b"",
        b"hello",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"#!/bin/sh\n" + _zip([("bundle.json", b"")]),
    ):
        with pytest.raises(NotAnArchive):
            _members(content)


def test_unlisted_missing_and_changed_members(inner: bytes, clinic: ClinicIdentity) -> None:
    members = _members(inner)
    with pytest.raises(UnlistedMember):
        opening.verify_inner(_zip([*members.items(), ("attachments/new.txt", b"x")]), ())
    with pytest.raises(UnlistedMember):
        opening.verify_inner(_zip([(n, c) for n, c in members.items() if n != "summary.pdf"]), ())
    with pytest.raises(MemberChanged):
        opening.verify_inner(_zip([*{**members, "bundle.json": b"{}"}.items()]), ())
    with pytest.raises(UnlistedMember):
        opening.verify_inner(_resigned(inner, clinic, lambda m: m["members"].append(m["members"][0])), ())


def test_signature(inner: bytes, clinic: ClinicIdentity) -> None:
    members = _members(inner)
    assert opening.verify_inner(_resigned(inner, clinic, lambda m: None), ()).manifest.clinic == clinic.card
    other = ClinicIdentity.generate("Someone else")
    for forged in (bytes(64), b"", members["manifest.sig"] + b"x", other.sign(members["manifest.json"])):
        with pytest.raises(SignatureWrong):
            opening.verify_inner(_zip([*{**members, "manifest.sig": forged}.items()]), ())
    changed = members["manifest.json"].replace(b"Riverside", b"Hillside_")
    with pytest.raises(SignatureWrong):
        opening.verify_inner(_zip([*{**members, "manifest.json": changed}.items()]), ())


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("members"), lambda m: m.update(format="other"), lambda m: m.update(format_version="1"),
        lambda m: m.update(format_version=True), lambda m: m.update(created_at="yesterday"),
        lambda m: m.update(created_at="2026-13-40T00:00:00Z"), lambda m: m["clinic"].update(signing_key="zz"),
        lambda m: m["clinic"].update(name="a\u202eb"), lambda m: m["clinic"].update(recipient="age1nope"),
        lambda m: m["members"][0].update(size=-1), lambda m: m["members"][0].update(size=1.5),
        lambda m: m["members"][0].update(sha256="AB"), lambda m: m.update(members={"a": 1}),
        lambda m: m.update(members=m["members"] * 200), lambda m: m.update(clinic=None), lambda m: m.update(packs=[1]),
    ],
)  # fmt: skip
def test_manifests_that_cannot_be_read(inner: bytes, clinic: ClinicIdentity, change: Callable[[dict], object]) -> None:
    with pytest.raises(ManifestInvalid):
        opening.verify_inner(_resigned(inner, clinic, change), ())


def test_manifest_is_missing_twofold_or_no_json(inner: bytes, clinic: ClinicIdentity) -> None:
    members = _members(inner)
    for content in (b"", b"[]", b"nonsense", b"\xff\xfe", b"[" * 100_000, b'{"format":"a","format":"a"}', b"NaN"):
        with pytest.raises(ManifestInvalid):
            opening.verify_inner(_zip([*{**members, "manifest.json": content}.items()]), ())
    with pytest.raises(ManifestInvalid):
        opening.verify_inner(_zip([("bundle.json", b"{}")]), ())


def test_a_newer_format_says_so(inner: bytes, clinic: ClinicIdentity) -> None:
    with pytest.raises(TooNew):
        opening.verify_inner(_resigned(inner, clinic, lambda m: m.update(format_version=2, members=None)), ())
    assert opening.verify_inner(_resigned(inner, clinic, lambda m: m.update(later_addition=1)), ())


def test_pads_to_the_length_that_betrays_a_cut(inner: bytes, visit: SimpleNamespace) -> None:
    assert len(inner) % archive.BLOCK_BYTES == archive.BLOCK_REMAINDER
    manifest = _members(inner)["manifest.json"]
    assert manifest.endswith(b"\n")
    assert json.loads(manifest)["format_version"] == 1
