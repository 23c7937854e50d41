"""Files of a pack against their hashes: missing and damaged are told apart, each in one sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing
from modelzoo.contract.manifest import Artefact, EncoderShape, Manifest
from modelzoo.runtime.artefacts import verify_artefact, verify_pack

CONTENT = b"these bytes stand for a model" * 10


def artefact(name: str = "encoder.onnx") -> Artefact:
    return Artefact(name, name, hashlib.sha256(CONTENT).hexdigest(), len(CONTENT), "MIT")


def test_sound_file_is_given_back(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(CONTENT)
    assert verify_artefact(tmp_path, artefact()) == tmp_path / "encoder.onnx"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ArtefactMissing) as caught:
        verify_artefact(tmp_path, artefact())
    assert "encoder.onnx" in caught.value.message


@pytest.mark.parametrize(
    "damage",
    [CONTENT[:-1], CONTENT + b"x", b"", CONTENT[:50] + b"?" + CONTENT[51:]],
    ids=["cut", "longer", "empty", "one_byte"],
)
def test_damaged_file(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "encoder.onnx").write_bytes(damage)
    with pytest.raises(ArtefactCorrupt) as caught:
        verify_artefact(tmp_path, artefact())
    assert "damaged" in caught.value.message


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").mkdir()
    with pytest.raises(ArtefactCorrupt) as caught:
        verify_artefact(tmp_path, artefact())
    assert "cannot be read" in caught.value.message


def test_whole_pack_names_the_file_that_fails(tmp_path: Path) -> None:
    manifest = Manifest("2026.11.1", (artefact(), artefact("knowledge.json")), EncoderShape(4, 8, 10, ("a",)), (), 0.9)
    (tmp_path / "encoder.onnx").write_bytes(CONTENT)
    with pytest.raises(ArtefactMissing) as caught:
        verify_pack(tmp_path, manifest)
    assert caught.value.data == {"name": "knowledge.json"}
    (tmp_path / "knowledge.json").write_bytes(CONTENT)
    verify_pack(tmp_path, manifest)
