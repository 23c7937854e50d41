"""Writes the manifest of an assessment pack. The encoder's export and the knowledge compiler both call it.

What a caller does not give is kept from the manifest that stands there, so the compiler can replace the knowledge
without touching the encoder, and the other way round. Hashes and sizes are always those of the files as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelzoo.contract.manifest import (
    MANIFEST_NAME,
    Artefact,
    EncoderShape,
    Golden,
    Manifest,
    manifest_bytes,
    parse_manifest,
    read_manifest,
)

PACK_VERSION = "2026.11.7"
_OWN_LICENCE = "Apache-2.0"


@dataclass(frozen=True)
class Origin:
    """Licence of one file of the pack and what it was made from (``package==version file sha256``)."""

    licence: str
    base: tuple[str, ...] = ()


# Files that a pack may hold. The encoder's origins are given by its export, which knows what it pinned.
OWN_FILES: Mapping[str, Origin] = {
    "knowledge.json": Origin(_OWN_LICENCE),
    "record_texts.json": Origin(_OWN_LICENCE),
    "phrase_vectors.npz": Origin(_OWN_LICENCE, ("encoder.onnx", "knowledge.json")),
    "condition_vectors.npz": Origin(_OWN_LICENCE, ("encoder.onnx", "knowledge.json")),
    "urgency_reader.npz": Origin(_OWN_LICENCE, ("encoder.onnx", "knowledge.json")),
}


@dataclass(frozen=True)
class EncoderFacts:
    """What the encoder's export knows and nobody else does."""

    shape: EncoderShape
    golden: tuple[Golden, ...]
    golden_min_cosine: float
    origins: Mapping[str, Origin]


def write_manifest(
    pack: Path,
    *,
    version: str | None = None,
    encoder: EncoderFacts | None = None,
    evaluation: Mapping[str, Any] | None = None,
    sections: Mapping[str, Mapping[str, Any]] | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Manifest:
    """Write ``manifest.json`` over the files that stand in the folder ``pack`` and return it as parsed back.

    ``evaluation`` and ``sections`` are merged by their top key into what stands there; ``origins`` names further
    files. A file that no origin names stays out. Raises ``ValueError`` where there is no manifest yet and no
    ``encoder`` was given. The bytes depend on the arguments and the files alone.
    """
    before = read_manifest(pack) if (pack / MANIFEST_NAME).exists() else None
    if encoder is None:
        if before is None:
            raise ValueError(f"{pack} has no manifest yet: export the encoder first")
        encoder = _facts_of(before)
    known = {**OWN_FILES, **encoder.origins, **(origins or {})}
    manifest = Manifest(
        pack=version or (before.pack if before else PACK_VERSION),
        artefacts=tuple(_describe(pack, name, known[name]) for name in sorted(known) if (pack / name).exists()),
        encoder=encoder.shape,
        golden=encoder.golden,
        golden_min_cosine=encoder.golden_min_cosine,
        evaluation={**(before.evaluation if before else {}), **(evaluation or {})},
        sections={**(before.sections if before else {}), **(sections or {})},
    )
    raw = manifest_bytes(manifest)
    parsed = parse_manifest(raw)
    partial = pack / f"{MANIFEST_NAME}.partial"
    partial.write_bytes(raw)
    partial.replace(pack / MANIFEST_NAME)
    return parsed


def _facts_of(manifest: Manifest) -> EncoderFacts:
    origins: dict[str, Origin] = {}
    for artefact in manifest.artefacts:
        origins[artefact.name] = Origin(artefact.licence, artefact.base)
    return EncoderFacts(manifest.encoder, manifest.golden, manifest.golden_min_cosine, origins)


def _describe(pack: Path, name: str, origin: Origin) -> Artefact:
    raw = (pack / name).read_bytes()
    return Artefact(name, name, hashlib.sha256(raw).hexdigest(), len(raw), origin.licence, tuple(origin.base))
