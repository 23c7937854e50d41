"""Passphrases for the headless commands: from a file, or typed where somebody sits at a terminal."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from modelzoo.contract.errors import BadInput

MAX_BYTES = 4096


def read_passphrase(file: Path | None, prompt: str = "Passphrase: ", *, twice: bool = False) -> str:
    """Return the first line of ``file``, or what is typed at the prompt; ``twice`` asks again to catch a slip.

    Raises:
        BadInput: the file cannot be used, nobody can be asked, nothing was typed, or the two entries differ.
    """
    passphrase = _typed(prompt, twice) if file is None else _first_line(file)
    if not passphrase:
        raise BadInput("The passphrase is empty.", code="CLI-003")
    return passphrase


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"The passphrase file cannot be read: {error.strerror}.", code="CLI-004") from error
    if len(content) > MAX_BYTES:
        raise BadInput("The passphrase file is too long to hold a passphrase.", code="CLI-004")
    try:
        return (content.decode("utf-8-sig").splitlines() or [""])[0]
    except UnicodeDecodeError as error:
        raise BadInput("The passphrase file is not UTF-8 text.", code="CLI-004") from error


def _typed(prompt: str, twice: bool) -> str:
    if not sys.stdin.isatty():
        raise BadInput("Give the passphrase with --passphrase-file, since nobody can be asked here.", code="CLI-005")
    try:
        passphrase = getpass.getpass(prompt)
        if twice and getpass.getpass("The same again: ") != passphrase:
            raise BadInput("The two entries differ, so nothing was done.", code="CLI-006")
    except EOFError as error:
        raise BadInput("No passphrase was given.", code="CLI-003") from error
    return passphrase
