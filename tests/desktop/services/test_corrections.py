"""What is corrected leaves as masked sentences, and only after a person said yes."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from desktop import cli
from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.services.corrections import corrections_of, masked
from desktop.vault import Vault
from modelzoo.contract.case import Assertion, Observation
from tests.fake_engine import FakeEngine

PATIENT = Patient("p1", "Mariam Kone", village="Bandia", phone="77 123 45 67", local_number="A-1234")
TEXT = "Mariam has fever since 12/03/2026. No cough at all. Chest pain when she runs; headache too."


def visit(*observations: Observation, text: str = TEXT) -> Encounter:
    return Encounter("e1", "p1", datetime(2026, 11, 1, tzinfo=UTC), text=text, observations=observations)


def test_only_sentences_with_a_correction_are_taken_and_offsets_hold() -> None:
    seen = visit(
        Observation("fever", Assertion.HISTORICAL), Observation("cough", Assertion.ABSENT),
        Observation("headache", None, rejected=True), Observation("chest_pain", None),
    )  # fmt: skip
    first, last = corrections_of(seen, PATIENT, FakeEngine().understand(TEXT))
    assert first.text == "······ has fever since ··········."
    assert [first.text[a:b] for a, b, _, _ in first.said] == ["fever"]
    (mention,) = json.loads(first.passage("7"))["mentions"]
    assert mention == {"start": 11, "end": 16, "kind": "clinic.problem", "claims": ["historical"], "finding": "fever"}
    assert last.said[0][2:] == ("headache", None)
    assert json.loads(last.passage("8"))["mentions"] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mrs Traoré coughs", "··· ······ coughs"),
        ("她叫王小兰，发烧三天", "她····，发烧三天"),
        ("从河西镇来，咳嗽", "····来，咳嗽"),
        ("call 0044 7700 900123, fever for 3 days, 38.5", "call ···· ···· ······, fever for 3 days, 38.5"),
        ("mariam KONE of BANDIA, no. a-1234", "······ ···· of ······, no. ······"),
        ("2019年开始头痛", "·····开始头痛"),
    ],
)
def test_what_tells_who_is_meant_is_masked_in_place(text: str, kept: str) -> None:
    assert masked(text, PATIENT) == kept
    assert len(kept) == len(text)


def test_a_chinese_given_name_is_masked_alone() -> None:
    assert masked("小兰今天发烧", Patient("p2", "王小兰")) == "··今天发烧"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    made, _ = Vault.create(tmp_path / "v", "Amina", "correct horse battery")
    with made:
        patient = made.save_patient(Patient("p1", "Mariam Kone"))
        text = "Fever for two days. Mariam coughs: cough at night."
        observations = (Observation("fever", Assertion.ABSENT), Observation("cough", Assertion.POSSIBLE))
        made.save_encounter(Encounter("e1", patient.id, datetime.now(UTC), text=text, observations=observations))
    (tmp_path / "words").write_text("correct horse battery\n")
    return tmp_path / "v"


def sealed(vault: Path, monkeypatch: pytest.MonkeyPatch, answers: str) -> tuple[int, Path, pyrage.x25519.Identity]:
    identity = pyrage.x25519.Identity.generate()
    output = vault.parent / "learn.age"
    monkeypatch.setattr("modelzoo.open_engine", FakeEngine)
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    words = ["vault", "corrections", str(vault), "--passphrase-file", str(vault.parent / "words"), "--output"]
    status = cli.main([*words, str(output), "--to", str(identity.to_public())])
    return status, output, identity


def test_a_person_says_yes_to_each_sentence(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, output, identity = sealed(vault, monkeypatch, "no\nyes\n")
    assert status == 0
    (line,) = pyrage.decrypt(output.read_bytes(), [identity]).decode().splitlines()
    passage = json.loads(line)
    assert "cough at night" in passage["text"]
    assert "Mariam" not in line
    assert b"cough" not in output.read_bytes()


def test_without_a_yes_nothing_is_written(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, output, _ = sealed(vault, monkeypatch, "")
    assert status == 0
    assert not output.exists()


def test_a_wrong_key_is_refused_before_anything_is_read(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["vault", "corrections", str(vault), "--passphrase-file", str(vault.parent / "nowhere"), "--output", "x"]
    assert cli.main([*words, "--to", "age1wrong"]) == 2
    assert "age1" in capsys.readouterr().err
