"""The ZIP inside a case file: written the same way every time, read as if an enemy had written it."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from desktop.casefile.errors import (
    DuplicateMember,
    NotAnArchive,
    TooLarge,
    UnpacksTooLarge,
    UnsafeMember,
)

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
CONTENT = ("bundle.json", "summary.html", "summary.pdf")
ATTACHMENTS = "attachments/"
MAX_MEMBERS = 64
MAX_MEMBER_BYTES = 32 * 1024 * 1024
MAX_TOTAL_BYTES = 48 * 1024 * 1024
# The whole archive is this much longer than a multiple of the block, so that a file cut short betrays itself by length
BLOCK_BYTES = 1024
BLOCK_REMAINDER = 1

_ATTACHMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_REGULAR_0600 = (stat.S_IFREG | 0o600) << 16
_UNIX = 3
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_BROKEN_ZIP = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, OSError, IndexError, KeyError,
)  # fmt: skip


def check_member_name(name: str) -> str:
    """Return a member's name if it is one of the fixed names or a plain attachment. Raises UnsafeMember."""
    if name in (MANIFEST, SIGNATURE, *CONTENT):
        return name
    file_name = name.removeprefix(ATTACHMENTS)
    if (
        not name.startswith(ATTACHMENTS)
        or len(file_name) > 100
        or not _ATTACHMENT.fullmatch(file_name)
        or _RESERVED.fullmatch(file_name)
    ):
        raise UnsafeMember("This case file holds a file with a name that is not allowed, so nothing was unpacked.")
    return name


def ordered(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return content members in the order of the format: fixed names first, then attachments by name."""
    for name in members:
        check_member_name(name)
    present = [name for name in CONTENT if name in members]
    return {name: members[name] for name in (*present, *sorted(n for n in members if n.startswith(ATTACHMENTS)))}


def write_archive(members: Mapping[str, bytes], created_at: datetime) -> bytes:
    """Return a ZIP of ``members`` in their order; the same members and time give the same bytes.

    The manifest is stored, not compressed, so that its padding moves the length of the whole by as much.
    Raises TooLarge where the format's ceilings would be passed.
    """
    if len(members) > MAX_MEMBERS or any(len(c) > MAX_MEMBER_BYTES for c in members.values()):
        raise TooLarge("The attachments are too many or too large to be sealed.")
    if sum(len(content) for content in members.values()) > MAX_TOTAL_BYTES:
        raise TooLarge("The attachments are too large to be sealed together.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, created_at.astimezone(UTC).timetuple()[:6])
            info.external_attr = _REGULAR_0600
            info.create_system = _UNIX
            info.compress_type = zipfile.ZIP_STORED if name in (MANIFEST, SIGNATURE) else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)
    return buffer.getvalue()


def padding_for(archive_bytes: int) -> int:
    """Return how many bytes must be added for an archive to have the length that the format asks for."""
    return (BLOCK_REMAINDER - archive_bytes) % BLOCK_BYTES


def length_is_whole(archive_bytes: int | None) -> bool:
    """Say whether an archive of this length can be complete."""
    return archive_bytes is not None and archive_bytes % BLOCK_BYTES == BLOCK_REMAINDER


def read_archive(content: bytes) -> dict[str, bytes]:
    """Return every member of a hostile ZIP, or refuse it whole; nothing is written anywhere.

    Raises:
        NotAnArchive, UnsafeMember, DuplicateMember, UnpacksTooLarge.
    """
    if not content.startswith(b"PK\x03\x04"):
        raise NotAnArchive("What is sealed in this file is not a case.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(content))
            return _read_all(archive, entries)
    except _BROKEN_ZIP as error:
        raise NotAnArchive("What is sealed in this file is not a complete case.") from error


def _check_entries(entries: Iterable[zipfile.ZipInfo], archive_bytes: int) -> None:
    entries = list(entries)
    if len(entries) > MAX_MEMBERS:
        raise _bomb()
    seen: set[str] = set()
    for entry in entries:
        # orig_filename: zipfile has already cut the shown name at a zero byte
        name = check_member_name(entry.orig_filename).casefold()
        if name in seen:
            raise DuplicateMember("This case file holds the same file twice, so nothing was unpacked.")
        seen.add(name)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.is_dir():
            raise UnsafeMember("This case file holds a link or a folder where a file must be, so nothing was unpacked.")
        if entry.flag_bits & _ENCRYPTED_FLAGS or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAnArchive("A part of this case file is packed in a way that the format does not allow.")
        if entry.file_size > MAX_MEMBER_BYTES:
            raise _bomb()
    # Overlapping entries are how a small ZIP unpacks without end: packed sizes must fit side by side
    if sum(e.file_size for e in entries) > MAX_TOTAL_BYTES or sum(e.compress_size for e in entries) > archive_bytes:
        raise _bomb()


def _read_all(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for entry in entries:
        with archive.open(entry) as member:
            content = member.read(entry.file_size + 1)  # never more than was declared and checked
        if len(content) != entry.file_size:
            raise NotAnArchive("A part of this case file has another size than it says.")
        members[entry.filename] = content
    return members


def _bomb() -> UnpacksTooLarge:
    return UnpacksTooLarge("This case file would unpack to more than the format allows, so nothing was unpacked.")
