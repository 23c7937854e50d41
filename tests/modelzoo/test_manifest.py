"""The manifest: what is written is read back, and everything else is refused with one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing, ArtefactTooNew
from modelzoo.contract.manifest import (
    FORMAT_VERSION,
    MAX_MANIFEST_BYTES,
    Artefact,
    EncoderShape,
    Golden,
    Manifest,
    manifest_bytes,
    parse_manifest,
    read_manifest,
)

MANIFEST = Manifest(
    pack="2026.11.1",
    artefacts=(
        Artefact("encoder.onnx", "encoder.onnx", "a" * 64, 12, "MIT", ("base==1 weights sha256:0",)),
        Artefact("knowledge.json", "knowledge.json", "b" * 64, 7, "Apache-2.0"),
    ),
    encoder=EncoderShape(width=4, max_tokens=128, pieces=900, kinds=("clinic.problem", "clinic.duration")),
    golden=(Golden("发热 fever", (0.5, -0.5, 0.5, -0.5)),),
    golden_min_cosine=0.98,
    evaluation={"encoder": {"findings": 3}},
    sections={"understanding": {"threshold": 0.5}},
)


def tree() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(manifest_bytes(MANIFEST))
    return parsed


def dumps(changed: object) -> bytes:
    return json.dumps(changed).encode()


def test_round_trip_keeps_every_value() -> None:
    parsed = parse_manifest(manifest_bytes(MANIFEST))
    assert replace(parsed, sha256="") == MANIFEST
    assert len(parsed.sha256) == 64


def test_bytes_do_not_depend_on_the_order_of_artefacts() -> None:
    turned = replace(MANIFEST, artefacts=MANIFEST.artefacts[::-1])
    assert manifest_bytes(turned) == manifest_bytes(MANIFEST)


def test_identity_changes_with_a_threshold() -> None:
    other = replace(MANIFEST, sections={"understanding": {"threshold": 0.6}})
    assert parse_manifest(manifest_bytes(other)).sha256 != parse_manifest(manifest_bytes(MANIFEST)).sha256


def test_newer_format_is_too_new_whatever_else_it_holds() -> None:
    with pytest.raises(ArtefactTooNew) as caught:
        parse_manifest(dumps({"format": FORMAT_VERSION + 1, "all": "different"}))
    assert caught.value.data == {"format": FORMAT_VERSION + 1, "supported": FORMAT_VERSION}
    assert "update the program" in caught.value.message


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"format": "1"}',
        b'{"format": true}',
        b'{"format": 0}',
        b" " * (MAX_MANIFEST_BYTES + 1),
    ],
    ids=["empty", "not_utf8", "list", "null", "no_version", "deep", "text", "boolean", "zero", "large"],
)
def test_nonsense_is_damaged(raw: bytes) -> None:
    with pytest.raises(ArtefactCorrupt):
        parse_manifest(raw)


CHANGES: dict[str, tuple[tuple[str | int, ...], object]] = {
    "unknown_entry": (("surprise",), 1),
    "pack_form": (("pack",), "latest"),
    "path_leaves_pack": (("artefacts", 0, "path"), "../../etc/passwd"),
    "path_absolute": (("artefacts", 0, "path"), "/etc/passwd"),
    "path_of_windows": (("artefacts", 0, "path"), "C:\\x"),
    "hash_short": (("artefacts", 0, "sha256"), "abc"),
    "hash_upper": (("artefacts", 0, "sha256"), "A" * 64),
    "size_negative": (("artefacts", 0, "bytes"), -1),
    "size_boolean": (("artefacts", 0, "bytes"), True),
    "base_not_text": (("artefacts", 0, "base"), [1]),
    "listed_twice": (("artefacts", 1, "name"), "encoder.onnx"),
    "artefact_not_object": (("artefacts", 0), "encoder.onnx"),
    "vector_not_base64": (("golden", 0, "vector"), "!!"),
    "vector_too_short": (("golden", 0, "vector"), "AAA="),
    "golden_not_object": (("golden", 0), 3),
    "tolerance_above_one": (("golden_min_cosine",), 1.5),
    "tolerance_text": (("golden_min_cosine",), "0.9"),
    "width_zero": (("encoder", "width"), 0),
    "pieces_zero": (("encoder", "pieces"), 0),
    "no_kinds": (("encoder", "kinds"), []),
    "kinds_twice": (("encoder", "kinds"), ["a", "a"]),
    "kinds_of_numbers": (("encoder", "kinds"), [1]),
    "section_not_object": (("sections", "understanding"), 3),
}


@pytest.mark.parametrize(("path", "value"), CHANGES.values(), ids=CHANGES.keys())
def test_one_wrong_value_refuses_the_whole(path: tuple[str | int, ...], value: object) -> None:
    changed: Any = tree()
    parse_manifest(dumps(changed))
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(ArtefactCorrupt) as caught:
        parse_manifest(dumps(changed))
    assert caught.value.message.count(".") <= 2, "one sentence (the file's name holds the other dot)"


def test_missing_entry_is_damaged() -> None:
    for key in tree():
        changed = tree()
        del changed[key]
        with pytest.raises(ArtefactCorrupt):
            parse_manifest(dumps(changed))


def test_missing_manifest_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArtefactMissing) as caught:
        read_manifest(tmp_path / "nowhere")
    assert "not installed" in caught.value.message


def test_unlisted_artefact_is_missing() -> None:
    assert MANIFEST.artefact("encoder.onnx").licence == "MIT"
    with pytest.raises(ArtefactMissing):
        MANIFEST.artefact("phrase_vectors.npz")
