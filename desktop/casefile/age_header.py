"""The header of an age v1 file, read by ourselves because the library tells every failure by one exception.

Source: C2SP age specification (age-encryption.org/v1). Nothing here is secret or needs a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.casefile.errors import CutShort, Damaged, NotACaseFile, TooNew

INTRO = b"age-encryption.org/v1\n"
ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
MAX_HEADER_BYTES = 64 * 1024
MAX_STANZAS = 256
NONCE_BYTES = 16
TAG_BYTES = 16
CHUNK_BYTES = 64 * 1024

_ARGUMENTS = re.compile(rb"-> [!-~]+( [!-~]+)*")
_BODY_LINE = re.compile(rb"[A-Za-z0-9+/]{0,64}")
_MAC_LINE = re.compile(rb"--- [A-Za-z0-9+/]{43}")
_WORK_FACTOR = re.compile(rb"[1-9][0-9]?")
_BASE64_TAIL = re.compile(rb"[A-Za-z0-9+/]{22}")


class SealedWith(StrEnum):
    """What opens a file."""

    KEYS = "keys"
    PASSPHRASE = "passphrase"  # noqa: S105  a word, not a secret


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """What the header of an age file tells without any key.

    ``recipients`` counts X25519 stanzas; ``work_factor`` is log2 of scrypt's N (None without passphrase);
    ``payload_bytes`` is what follows the header.
    """

    sealed_with: SealedWith
    recipients: int
    work_factor: int | None
    header_bytes: int
    payload_bytes: int

    @property
    def plain_bytes(self) -> int | None:
        """Size of the content inside, or None where no complete age payload has this size."""
        sealed = self.payload_bytes - NONCE_BYTES
        chunks = -(-sealed // (CHUNK_BYTES + TAG_BYTES))
        plain = sealed - chunks * TAG_BYTES
        return plain if plain > 0 and sealed - (chunks - 1) * (CHUNK_BYTES + TAG_BYTES) > TAG_BYTES else None


def read_header(content: bytes) -> AgeHeader:
    """Parse the header of an age file.

    Raises:
        NotACaseFile: it is not a (binary) age file, or is sealed for nothing that this format uses.
        TooNew: a newer age format. CutShort: it ends inside the header. Damaged: the header is malformed.
    """
    _check_intro(content)
    stanzas: list[list[bytes]] = []
    position = len(INTRO)
    while True:
        line, position = _line(content, position)
        if line.startswith(b"---"):
            if not _MAC_LINE.fullmatch(line):
                raise _damaged()
            break
        if not _ARGUMENTS.fullmatch(line) or len(stanzas) >= MAX_STANZAS:
            raise _damaged()
        stanzas.append(line[3:].split(b" "))
        position = _skip_body(content, position)
    if not stanzas:
        raise _damaged()
    return _describe(stanzas, position, len(content) - position)


def _check_intro(content: bytes) -> None:
    if content.startswith(INTRO):
        return
    if len(content) < len(INTRO) and INTRO.startswith(content) and content:
        raise _cut_short()
    if re.match(rb"age-encryption\.org/v[1-9][0-9]*\n", content[:40]):
        raise TooNew("This file is sealed in a newer format than this version of Barefoot can open.")
    if content.lstrip()[: len(ARMOUR)] == ARMOUR:
        raise NotACaseFile("This is an age file written as text; a case file is the binary form of it.")
    raise NotACaseFile("This file is not a sealed case file.")


def _line(content: bytes, position: int) -> tuple[bytes, int]:
    end = content.find(b"\n", position, MAX_HEADER_BYTES)
    if end < 0:
        raise _cut_short() if len(content) < MAX_HEADER_BYTES else _damaged()
    return content[position:end], end + 1


def _skip_body(content: bytes, position: int) -> int:
    """Skip the body of a stanza: full lines of 64 characters, ended by one shorter line."""
    while True:
        line, position = _line(content, position)
        if not _BODY_LINE.fullmatch(line):
            raise _damaged()
        if len(line) < 64:
            return position


def _describe(stanzas: list[list[bytes]], header_bytes: int, payload_bytes: int) -> AgeHeader:
    kinds = [stanza[0] for stanza in stanzas]
    if b"scrypt" in kinds:
        arguments = stanzas[0][1:]
        well_formed = len(stanzas) == 1 and len(arguments) == 2 and _BASE64_TAIL.fullmatch(arguments[0])
        if not well_formed or not _WORK_FACTOR.fullmatch(arguments[1]):
            raise _damaged()
        return AgeHeader(SealedWith.PASSPHRASE, 0, int(arguments[1]), header_bytes, payload_bytes)
    recipients = kinds.count(b"X25519")
    if not recipients:
        raise NotACaseFile("This age file is sealed for a kind of key that case files do not use.")
    return AgeHeader(SealedWith.KEYS, recipients, None, header_bytes, payload_bytes)


def _cut_short() -> CutShort:
    return CutShort("This case file was cut short; copy it again from where it came from.")


def _damaged() -> Damaged:
    return Damaged("The first lines of this case file are damaged; copy it again from where it came from.")
