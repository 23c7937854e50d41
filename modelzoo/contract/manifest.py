"""The manifest of an assessment pack: what stands in it, where it came from, what it scored.

``modelzoo.export`` writes it and ``modelzoo.runtime`` reads it; both through the types here. Every value is hostile
until parsed: a manifest that is not exactly of this shape is refused whole.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing, ArtefactTooNew

FORMAT_VERSION = 2
MANIFEST_NAME = "manifest.json"
MAX_MANIFEST_BYTES = 4_000_000

_PACK_VERSION = re.compile(r"\d{4}\.\d{1,2}\.\d{1,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class Artefact:
    """One file of the pack. ``path`` is a plain file name inside the pack; ``base`` says what it was made from."""

    name: str
    path: str
    sha256: str
    bytes: int
    licence: str
    base: tuple[str, ...] = ()


@dataclass(frozen=True)
class EncoderShape:
    """``width`` numbers a vector; ``max_tokens`` pieces a text, the two special ones counted; ``pieces``: size of the
    vocabulary; ``kinds``: the kinds of spans that its heads know, in their order."""

    width: int
    max_tokens: int
    pieces: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Golden:
    """A text and the vector ``(width,)`` that the fp32 model gave for it where the pack was made."""

    text: str
    vector: tuple[float, ...]


@dataclass(frozen=True)
class Manifest:
    """One parsed manifest. ``sha256`` is that of the bytes it was parsed from.

    ``golden_min_cosine`` is the least cosine to a golden vector that a sound processor reaches with the int8 model.
    ``sections`` holds thresholds and calibration by component (``understanding``, ``reasoning``), each of which
    checks its own section.
    """

    pack: str
    artefacts: tuple[Artefact, ...]
    encoder: EncoderShape
    golden: tuple[Golden, ...]
    golden_min_cosine: float
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sha256: str = ""

    def artefact(self, name: str) -> Artefact:
        """The artefact ``name``. Raises ``ArtefactMissing`` where the manifest does not list it."""
        for artefact in self.artefacts:
            if artefact.name == name:
                return artefact
        raise ArtefactMissing(
            f"The assessment pack lists no file {name}; please install the pack again.", data={"name": name}
        )


def read_manifest(pack: Path) -> Manifest:
    """The manifest of the pack in the folder ``pack``.

    Raises ``ArtefactMissing``, ``ArtefactCorrupt`` or ``ArtefactTooNew``, each with one sentence.
    """
    try:
        with (pack / MANIFEST_NAME).open("rb") as stream:
            raw = stream.read(MAX_MANIFEST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ArtefactMissing(
            "The assessment pack is not installed: its manifest.json is missing; please install the pack again.",
            data={"name": MANIFEST_NAME},
        ) from None
    except OSError as error:
        raise _damaged("it cannot be read from the disk") from error
    return parse_manifest(raw)


def parse_manifest(raw: bytes) -> Manifest:
    """Parse the bytes of a manifest. Raises ``ArtefactCorrupt`` or ``ArtefactTooNew``."""
    if len(raw) > MAX_MANIFEST_BYTES:
        raise _damaged("it is far too large")
    try:
        tree = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _damaged("it is not readable as JSON") from error
    if not isinstance(tree, dict):
        raise _damaged("it is not a JSON object")
    # The version is looked at before anything else: a newer pack may have any shape at all.
    version = _typed(tree, "format", int)
    if version > FORMAT_VERSION:
        raise ArtefactTooNew(
            f"The assessment pack is of format {version}, this program reads up to {FORMAT_VERSION}; "
            "please update the program.",
            data={"format": version, "supported": FORMAT_VERSION},
        )
    if version < 1:
        raise _damaged("its format version is impossible")
    if version < FORMAT_VERSION:
        raise _damaged("it was made for an older version of this program")
    try:
        return _manifest(tree, hashlib.sha256(raw).hexdigest())
    except (ValueError, binascii.Error, struct.error) as error:
        raise _damaged("a value in it cannot be read") from error


def manifest_bytes(manifest: Manifest) -> bytes:
    """Deterministic bytes of ``manifest``; ``parse_manifest`` gives it back (with its ``sha256`` filled in)."""
    tree = {
        "format": FORMAT_VERSION,
        "pack": manifest.pack,
        "artefacts": [
            {**vars(artefact), "base": list(artefact.base)}
            for artefact in sorted(manifest.artefacts, key=lambda artefact: artefact.name)
        ],
        "encoder": {**vars(manifest.encoder), "kinds": list(manifest.encoder.kinds)},
        "golden": [{"text": golden.text, "vector": _pack_vector(golden.vector)} for golden in manifest.golden],
        "golden_min_cosine": manifest.golden_min_cosine,
        "evaluation": manifest.evaluation,
        "sections": manifest.sections,
    }
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _manifest(tree: dict[str, Any], sha256: str) -> Manifest:
    _only(tree, {"format", "pack", "artefacts", "encoder", "golden", "golden_min_cosine", "evaluation", "sections"})
    shape = _typed(tree, "encoder", dict)
    encoder = _encoder(shape)
    artefacts = tuple(_artefact(item) for item in _typed(tree, "artefacts", list))
    if len({artefact.name for artefact in artefacts}) != len(artefacts):
        raise _damaged("it lists a file twice")
    sections = _typed(tree, "sections", dict)
    if not all(isinstance(section, dict) for section in sections.values()):
        raise _damaged("a section in it is not an object")
    min_cosine = float(_typed(tree, "golden_min_cosine", (float, int)))
    if not 0.0 < min_cosine <= 1.0:
        raise _damaged("its golden tolerance is impossible")
    return Manifest(
        pack=_matching(tree, "pack", _PACK_VERSION),
        artefacts=artefacts,
        encoder=encoder,
        golden=tuple(_golden(item, encoder.width) for item in _typed(tree, "golden", list)),
        golden_min_cosine=min_cosine,
        evaluation=_typed(tree, "evaluation", dict),
        sections=sections,
        sha256=sha256,
    )


def _encoder(shape: dict[str, Any]) -> EncoderShape:
    _only(shape, {"width", "max_tokens", "pieces", "kinds"})
    kinds = _typed(shape, "kinds", list)
    if not kinds or not all(isinstance(kind, str) for kind in kinds) or len(set(kinds)) != len(kinds):
        raise _damaged("its kinds of spans are not a list of names")
    return EncoderShape(
        _positive(shape, "width"), _positive(shape, "max_tokens"), _positive(shape, "pieces"), tuple(kinds)
    )


def _artefact(item: object) -> Artefact:
    if not isinstance(item, dict):
        raise _damaged("an artefact in it is not an object")
    _only(item, {"name", "path", "sha256", "bytes", "licence", "base"})
    base = _typed(item, "base", list)
    if not all(isinstance(source, str) for source in base):
        raise _damaged("the origin of an artefact in it is not text")
    return Artefact(
        name=_matching(item, "name", _PLAIN_NAME),
        # A plain name cannot leave the pack's folder, whatever the manifest says.
        path=_matching(item, "path", _PLAIN_NAME),
        sha256=_matching(item, "sha256", _SHA256),
        bytes=_positive(item, "bytes"),
        licence=_typed(item, "licence", str),
        base=tuple(base),
    )


def _golden(item: object, width: int) -> Golden:
    if not isinstance(item, dict):
        raise _damaged("a golden input in it is not an object")
    _only(item, {"text", "vector"})
    raw = base64.b64decode(_typed(item, "vector", str), validate=True)
    return Golden(_typed(item, "text", str), struct.unpack(f"<{width}e", raw))


def _pack_vector(vector: tuple[float, ...]) -> str:
    """Half precision is far finer than the tolerance and keeps the manifest readable in size."""
    return base64.b64encode(struct.pack(f"<{len(vector)}e", *vector)).decode("ascii")


def _typed(tree: Mapping[str, Any], key: str, kind: Any) -> Any:
    value = tree.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _damaged(f"its entry {key} is missing or of the wrong kind")
    return value


def _positive(tree: Mapping[str, Any], key: str) -> int:
    value: int = _typed(tree, key, int)
    if value <= 0:
        raise _damaged(f"its entry {key} is not above zero")
    return value


def _matching(tree: Mapping[str, Any], key: str, pattern: re.Pattern[str]) -> str:
    value: str = _typed(tree, key, str)
    if not pattern.fullmatch(value):
        raise _damaged(f"its entry {key} is not of the expected form")
    return value


def _only(tree: Mapping[str, Any], known: set[str]) -> None:
    if not set(tree) <= known:
        raise _damaged("it holds an entry that this program does not know")


def _damaged(why: str) -> ArtefactCorrupt:
    return ArtefactCorrupt(
        f"The assessment pack's manifest.json is damaged ({why}); please install the pack again.",
        data={"name": MANIFEST_NAME},
    )
