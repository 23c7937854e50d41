"""Checks the files of an assessment pack against its manifest, before anything heavy is imported."""

from __future__ import annotations

import hashlib
from pathlib import Path

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing
from modelzoo.contract.manifest import Artefact, Manifest


def verify_pack(pack: Path, manifest: Manifest) -> None:
    """Check presence, size and SHA-256 of every artefact that ``manifest`` lists.

    Raises ``ArtefactMissing`` or ``ArtefactCorrupt`` for the first that fails.
    """
    for artefact in manifest.artefacts:
        verify_artefact(pack, artefact)


def verify_artefact(pack: Path, artefact: Artefact) -> Path:
    """The path of the checked file. Raises ``ArtefactMissing`` or ``ArtefactCorrupt``."""
    path = pack / artefact.path
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            # A wrong size settles it without reading a large file from a slow disk.
            sound = size == artefact.bytes and hashlib.file_digest(stream, "sha256").hexdigest() == artefact.sha256
    except FileNotFoundError:
        raise ArtefactMissing(
            f"The file {artefact.path} of the assessment pack is missing; please install the pack again.",
            data={"name": artefact.name},
        ) from None
    except OSError as error:
        raise ArtefactCorrupt(
            f"The file {artefact.path} of the assessment pack cannot be read from the disk; "
            "please install the pack again.",
            data={"name": artefact.name},
        ) from error
    if not sound:
        raise ArtefactCorrupt(
            f"The file {artefact.path} of the assessment pack is damaged; please install the pack again.",
            data={"name": artefact.name, "bytes": size, "expected_bytes": artefact.bytes},
        )
    return path
