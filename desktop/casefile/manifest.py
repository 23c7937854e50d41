"""``manifest.json``: what a case file holds, who made it, when and with what; its bytes are what is signed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.casefile.errors import ManifestInvalid, TooNew
from desktop.casefile.identity import ClinicCard
from desktop.casefile.keys import check_name, check_recipient, check_signing_key
from modelzoo.contract.errors import BadInput

FORMAT = "barefoot-case-file"
FORMAT_VERSION = 1
MAX_MANIFEST_BYTES = 256 * 1024
MAX_LISTED = 256
SEALED_WITH_PASSPHRASE = "passphrase"  # noqa: S105  the word that stands in the list of recipients, not a secret
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class PackVersion:
    """An assessment pack behind the content."""

    version: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One member: its size in bytes and SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The signed list. ``sealed_for`` names the intended readers (``age1…`` keys, or the word ``passphrase``)."""

    created_at: datetime
    program_version: str
    clinic: ClinicCard
    sealed_for: tuple[str, ...]
    language: str
    packs: tuple[PackVersion, ...]
    members: tuple[ListedMember, ...]


def list_members(members: Mapping[str, bytes]) -> tuple[ListedMember, ...]:
    """Return size and hash of every member, in the given order."""
    return tuple(ListedMember(n, len(c), hashlib.sha256(c).hexdigest()) for n, c in members.items())


def encode_manifest(manifest: Manifest) -> bytes:
    """Return the bytes that are signed: UTF-8 JSON, keys in fixed order, one line feed at the end."""
    data = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "created_at": manifest.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "program": {"name": "Barefoot", "version": manifest.program_version},
        "clinic": {
            "name": manifest.clinic.name,
            "signing_key": manifest.clinic.signing_key,
            "recipient": manifest.clinic.recipient,
        },
        "sealed_for": list(manifest.sealed_for),
        "language": manifest.language,
        "packs": [{"version": p.version, "manifest_sha256": p.manifest_sha256} for p in manifest.packs],
        "members": [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in manifest.members],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def parse_manifest(content: bytes) -> Manifest:
    """Read a manifest. Unknown fields are allowed, so that a later minor addition does not close old readers.

    Raises:
        TooNew: a higher format version. ManifestInvalid: anything else that is not as written in CASE_FILE.md.
    """
    try:
        data = json.loads(content.decode(), object_pairs_hook=_unique, parse_constant=_refuse)
        _check_format(data)
        return Manifest(
            created_at=_time(data["created_at"]),
            program_version=_word(data["program"]["version"]),
            clinic=_card(data["clinic"]),
            sealed_for=tuple(_word(r) for r in _listed(data["sealed_for"])),
            language=_word(data["language"]),
            packs=tuple(_pack(p) for p in _listed(data["packs"])),
            members=tuple(_member(m) for m in _listed(data["members"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadInput) as error:
        raise ManifestInvalid("The list of contents of this case file cannot be read.") from error


def _check_format(data: dict[str, object]) -> None:
    version = data["format_version"]
    if data["format"] != FORMAT or isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ValueError("format")
    if version > FORMAT_VERSION:
        raise TooNew(
            "This case file was made by a newer version of Barefoot; update this program to open it.",
            data={"format_version": min(version, 10**6), "supported": FORMAT_VERSION},
        )


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that names a key twice: two readers could read two different lists."""
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("duplicate key")
    return data


def _refuse(name: str) -> float:
    raise ValueError(name)


def _listed(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or len(value) > MAX_LISTED:
        raise ValueError("list")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > 200 or not value.isprintable():
        raise ValueError("text")
    return value


def _sha256(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("sha256")
    return value


def _time(value: object) -> datetime:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("time")
    return datetime.fromisoformat(value)


def _card(data: dict[str, object]) -> ClinicCard:
    key = check_signing_key(_word(data["signing_key"]))
    return ClinicCard(check_name(_word(data["name"])), key, check_recipient(_word(data["recipient"])))


def _pack(data: dict[str, object]) -> PackVersion:
    return PackVersion(_word(data["version"]), _sha256(data["manifest_sha256"]))


def _member(data: dict[str, object]) -> ListedMember:
    size = data["size"]
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise ValueError("size")
    return ListedMember(_word(data["name"]), size, _sha256(data["sha256"]))
