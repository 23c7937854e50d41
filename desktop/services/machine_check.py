"""What the self-check asks of the machine: cipher, fonts, folders, free disk, clock, memory. One sentence each."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import desktop.resources
from desktop.casefile.memory import free_memory_bytes
from desktop.casefile.passphrase import SEALING_BYTES
from desktop.paths import config_folder, data_folder, log_folder
from desktop.versions import versions
from modelzoo.contract.engine import CheckResult
from modelzoo.contract.errors import BarefootError

MB = 1_000_000
# A year of a busy clinic is some 50 MB of records; a save needs the same space twice, for its journal
LEAST_DISK_BYTES, COMFORTABLE_DISK_BYTES = 100 * MB, 1_000 * MB
# Encoder, window and store together; measured in docs/EVIDENCE.md
LEAST_MEMORY_BYTES = 400 * MB
LIFETIME_YEARS = 15

# SHA-256 of what desktop/resources/fonts/README.md describes: a damaged font shows boxes in place of words
FONTS = {
    "Inter-Regular.ttf": "5085657af5796d28d249e743a6df62e533a97001cbf75904732a66d0e99a8ccd",
    "Inter-Bold.ttf": "d17d20f33397103ad1d8f7e313a13fa82a704549a9977b9691f7ffa13b924d7f",
    "DroidSansFallbackFull.ttf": "acb6440a713d880a13a21b468ba7cd43f5a2b2934972e51be791c880730777b8",
}
FONT_FOLDER = Path(desktop.resources.__file__).parent / "fonts"


def machine_checks() -> list[CheckResult]:
    """Return every check of the machine, in the order in which a person would act on them."""
    folders = check_folders([data_folder, log_folder, config_folder])
    if not folders.ok:  # what follows works in the folder of the records
        return [folders, check_fonts(FONT_FOLDER), check_clock(date.today()), check_memory(free_memory_bytes())]  # noqa: DTZ011
    return [
        folders,
        check_cipher(data_folder()),
        check_disk(shutil.disk_usage(data_folder()).free),
        check_fonts(FONT_FOLDER),
        check_clock(date.today()),  # noqa: DTZ011  the clinic's own date
        check_memory(free_memory_bytes()),
    ]


def check_folders(folders: list[Callable[[], Path]]) -> CheckResult:
    """Whether a file can be written and read back in each of the program's folders."""
    for folder in folders:
        try:
            with tempfile.NamedTemporaryFile(dir=folder(), prefix=".check-") as file:
                file.write(b"barefoot")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            where = getattr(error, "filename", None) or "a folder of the program"
            reason = error.strerror or type(error).__name__
            return CheckResult(
                "folders", False, f"{where} cannot be written ({reason}); nothing can be saved until it can."
            )
    return CheckResult("folders", True, "Records, log and settings can be written.")


def check_cipher(folder: Path) -> CheckResult:
    """Whether SQLCipher answers, and a page it writes opens with its key, with no other, and shows no plain word."""
    try:
        import sqlcipher3
    except ImportError as error:
        return CheckResult(
            "cipher", False, f"The cipher cannot be loaded ({error.name}); please install Barefoot again."
        )
    with tempfile.TemporaryDirectory(dir=folder, prefix=".check-") as made:
        file = Path(made) / "cipher.db"
        try:
            version = _written(sqlcipher3, file, os.urandom(32))
        except (sqlcipher3.Error, ValueError) as error:
            return CheckResult(
                "cipher", False, f"The cipher does not work on this computer ({error}); no records can be kept here."
            )
    return CheckResult("cipher", True, f"SQLCipher {version} writes and reads encrypted pages.")


def _written(sqlcipher3: Any, file: Path, key: bytes) -> str:
    """Write one row, read it back and return the cipher's version. Raises ValueError with what went wrong."""
    word = "plain-word-of-the-check"
    with closing(_keyed(sqlcipher3, file, key)) as writer:
        answer = writer.execute("PRAGMA cipher_version").fetchone()
        if not answer or not re.match(r"\d+\.\d+", str(answer[0])):
            raise ValueError("this is SQLite without a cipher")
        writer.execute("CREATE TABLE t (word TEXT)")
        writer.execute("INSERT INTO t VALUES (?)", (word,))
        writer.commit()
    content = file.read_bytes()
    if content.startswith(b"SQLite format 3") or word.encode() in content:
        raise ValueError("it writes plain text")
    with closing(_keyed(sqlcipher3, file, key)) as reader:
        if reader.execute("SELECT word FROM t").fetchone() != (word,):
            raise ValueError("it does not read what it wrote")
    with closing(_keyed(sqlcipher3, file, os.urandom(32))) as stranger, suppress(sqlcipher3.DatabaseError):
        stranger.execute("SELECT word FROM t").fetchone()
        raise ValueError("it opens with another key")
    return str(answer[0])


def _keyed(sqlcipher3: Any, file: Path, key: bytes) -> Any:
    connection = sqlcipher3.connect(str(file))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")  # the stranger's failure is expected and says nothing
    return connection


def check_disk(free_bytes: int) -> CheckResult:
    """Whether the disk of the records has room for them."""
    free = f"{free_bytes // MB:,} MB"
    if free_bytes < LEAST_DISK_BYTES:
        return CheckResult(
            "disk", False, f"Only {free} are free where the records live; a save may fail, please free some space."
        )
    if free_bytes < COMFORTABLE_DISK_BYTES:
        return CheckResult("disk", True, f"{free} are free where the records live; that will do, but not for years.")
    return CheckResult("disk", True, f"{free} are free where the records live.")


def check_fonts(folder: Path) -> CheckResult:
    """Whether the fonts that ship are there, whole."""
    for name, sha256 in FONTS.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            return CheckResult("fonts", False, f"The font {name} is missing; please install Barefoot again.")
        if found != sha256:
            return CheckResult("fonts", False, f"The font {name} is damaged; please install Barefoot again.")
    return CheckResult("fonts", True, f"All {len(FONTS)} fonts are as released.")


def check_clock(today: date) -> CheckResult:
    """Whether the date can be true: ages, seasons and the times of visits follow from it."""
    try:
        made = datetime.strptime(".".join(versions()["pack"].split(".")[:2]), "%Y.%m").date()  # noqa: DTZ007
    except (BarefootError, ValueError):
        return CheckResult("clock", False, "The clock could not be judged, since the assessment pack is not readable.")
    if made <= today < made.replace(year=made.year + LIFETIME_YEARS):
        return CheckResult("clock", True, f"The clock says {today.isoformat()}.")
    return CheckResult(
        "clock",
        False,
        f"The clock says {today.isoformat()}, which cannot be right: ages and times of visits would be wrong; "
        "please set date and time.",
    )


def check_memory(free_bytes: int | None) -> CheckResult:
    """Whether free memory will do, and what is given up where it is short."""
    if free_bytes is None:
        return CheckResult("memory", True, "This system does not tell how much memory is free.")
    free = f"{free_bytes // MB:,} MB"
    if free_bytes < LEAST_MEMORY_BYTES:
        return CheckResult("memory", False, f"Only {free} of memory are free; please close other programs.")
    if free_bytes < SEALING_BYTES:
        return CheckResult(
            "memory", True, f"{free} of memory are free; sealing with a passphrase is refused, sealing for a key works."
        )
    return CheckResult("memory", True, f"{free} of memory are free.")
