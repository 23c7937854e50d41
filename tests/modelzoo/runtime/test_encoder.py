"""The shipped encoder as it is in the pack: golden inputs, determinism, hostile text, damage."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import modelzoo
from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing
from modelzoo.contract.manifest import Golden, Manifest, read_manifest
from modelzoo.runtime import encoder as encoder_module
from modelzoo.runtime.encoder import Encoder

PACK = modelzoo.PACK


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest(PACK)


@pytest.fixture(scope="module")
def encoder(manifest: Manifest) -> Encoder:
    return Encoder.open(PACK, manifest)


def test_golden_inputs_agree_on_this_processor(encoder: Encoder, manifest: Manifest) -> None:
    check = encoder.self_check()
    assert check.ok, check.message
    assert check.inputs == len(manifest.golden) >= 8
    assert check.device in ("cpu", "cuda")
    assert "expected results" in check.message


def test_self_check_notices_wrong_vectors(encoder: Encoder, manifest: Manifest) -> None:
    first, second = manifest.golden[0], manifest.golden[2]
    swapped = replace(manifest, golden=(Golden(first.text, second.vector),))
    check = Encoder(encoder._session, encoder._tokenizer, swapped, encoder.chosen).self_check()
    assert not check.ok
    assert "NOT" in check.message


def test_self_check_without_golden_inputs_is_not_passed(encoder: Encoder, manifest: Manifest) -> None:
    bare = replace(manifest, golden=())
    assert not Encoder(encoder._session, encoder._tokenizer, bare, encoder.chosen).self_check().ok


def test_shape_type_and_length(encoder: Encoder) -> None:
    vectors = encoder.embed(["fever", "发热", "a longer wording of the same thing"])
    assert vectors.shape == (3, encoder.width)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    assert encoder.embed([]).shape == (0, encoder.width)


def test_company_does_not_change_a_vector(manifest: Manifest) -> None:
    texts = ["fever", "头晕", "a cough that will not go away, worse at night, with yellow phlegm"]
    together = Encoder.open(PACK, manifest).embed(texts)
    for row, text in enumerate(texts):
        assert np.array_equal(Encoder.open(PACK, manifest).embed([text])[0], together[row])


def test_cache_answers_with_the_same_and_stays_small(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "CACHED_VECTORS", 3)
    encoder = Encoder.open(PACK, manifest)
    before = encoder.embed(["fever"])
    for number in range(5):
        encoder.embed([f"pain number {number}"])
    assert len(encoder._vectors) <= 3
    assert np.array_equal(encoder.embed(["fever"]), before)


def test_caller_cannot_change_the_cache(encoder: Encoder) -> None:
    first = encoder.embed(["sore throat"])
    wanted = first.copy()
    first[:] = 0.0
    assert np.array_equal(encoder.embed(["sore throat"]), wanted)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\x00\x01", "😀" * 50, "\ud800 lone", "発熱 حمى жар", "a" * 200_000, "疼" * 200_000, "\u202e\u200b"],
    ids=[
        "empty",
        "blank",
        "control",
        "emoji",
        "surrogate",
        "other_scripts",
        "one_long_word",
        "long_chinese",
        "invisible",
    ],
)
def test_hostile_text_gives_a_sound_vector(encoder: Encoder, text: str) -> None:
    vector = encoder.embed([text])[0]
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1.0) < 1e-4
    assert encoder.count_tokens(text) <= 128


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("my tummy hurts", "abdominal pain", "hair loss"),
        ("肚子疼", "abdominal pain", "hair loss"),
        ("throwing up", "呕吐", "耳鸣"),
        ("喘不上气", "shortness of breath", "itchy skin"),
        ("burning when I pee", "排尿疼痛", "牙痛"),
    ],
)
def test_same_meaning_lies_nearer_than_another(encoder: Encoder, text: str, near: str, far: str) -> None:
    asked, close, distant = encoder.embed([text, near, far])
    assert asked @ close > asked @ distant


def copied_pack(target: Path) -> Path:
    target.mkdir()
    for name in ("manifest.json", "encoder.onnx", "tokenizer.json"):
        shutil.copyfile(PACK / name, target / name)
    return target


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_missing_or_damaged_file_never_falls_back(tmp_path: Path, manifest: Manifest, name: str) -> None:
    pack = copied_pack(tmp_path / "pack")
    raw = bytearray((pack / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (pack / name).write_bytes(raw)
    with pytest.raises(ArtefactCorrupt) as damaged:
        Encoder.open(pack, manifest)
    assert damaged.value.data["name"] == name
    (pack / name).unlink()
    with pytest.raises(ArtefactMissing) as missing:
        Encoder.open(pack, manifest)
    assert missing.value.data["name"] == name


def test_encoder_files_are_small_enough(manifest: Manifest) -> None:
    total = sum(manifest.artefact(name).bytes for name in ("encoder.onnx", "tokenizer.json"))
    assert total <= 40_000_000
    assert manifest.artefact("encoder.onnx").base, "the base weights are named with their hash"


def test_runtime_loads_no_training_library() -> None:
    code = (
        "import sys; from modelzoo.runtime.boot import prepare_process; prepare_process();"
        "import modelzoo; from modelzoo.contract.manifest import read_manifest;"
        "from modelzoo.runtime.encoder import Encoder;"
        "Encoder.open(modelzoo.PACK, read_manifest(modelzoo.PACK)).embed(['fever']);"
        "heavy = {'torch', 'transformers', 'optimum', 'onnx', 'sklearn', 'requests', 'urllib3', 'http.client'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
    assert answer.stderr == "", "nothing is said on standard error"


@pytest.mark.parametrize(
    "other",
    [{"pieces": 40_000}, {"kinds": ("clinic.problem",)}, {"width": 256}],
    ids=["other tokenizer", "other heads", "other width"],
)
def test_parts_that_do_not_belong_together_are_refused(manifest: Manifest, other: dict[str, object]) -> None:
    strange = replace(manifest, encoder=replace(manifest.encoder, **other))  # type: ignore[arg-type]
    with pytest.raises(ArtefactCorrupt, match="do not belong together"):
        Encoder.open(PACK, strange)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "𐀀\ud800x",
        "a" * 10_000,
        "\u202eאבג fever\u202c",
        "fever\u0000cough",
        "ขอโทษ ไข้",
        "🤒" * 50,
        "1" * 500,
        "发\u200b热",
    ],
)
def test_what_is_heard_of_any_text_lies_inside_it(encoder: Encoder, text: str) -> None:
    heard = encoder.hear(text)
    assert all(0 <= unit.start < unit.end <= len(text) for unit in heard.units)
    assert len(heard.claims) == len(heard.units)
    if heard.units:
        assert heard.spans.shape == (len(heard.units), len(encoder.kinds), 3)
        assert np.isfinite(heard.spans).all()
