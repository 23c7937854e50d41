"""``barefoot knowledge``: records, neighbours, paths, coverage and files, in both languages and as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop.cli import main


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["knowledge", *arguments]) == 0
    return capsys.readouterr().out


def test_a_condition_is_shown_in_full_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    english = ask(capsys, "show", "measles")
    for part in ("Measles", "B05.9", "First steps", "For the patient", "No clinician has reviewed this record"):
        assert part in english
    chinese = ask(capsys, "show", "麻疹", "--language", "zh")
    for part in ("麻疹", "首要处理", "告诉患者", "本条未经临床医生审核"):
        assert part in chinese


def test_a_finding_is_shown_with_the_conditions_that_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = ask(capsys, "show", "koplik_spots")
    assert "Measles" in shown
    assert "Said as" in shown


def test_json_holds_the_whole_record(capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(ask(capsys, "show", "measles", "--json"))
    assert record["id"] == "measles"
    assert record["urgency"] == "urgent"
    assert record["description"]["zh"]
    assert 0 < record["findings"]["koplik_spots"] < 1
    assert json.loads(ask(capsys, "show", "cough", "--json"))["kind"] == "symptom"


def test_neighbours_and_what_else_has_these(capsys: pytest.CaptureFixture[str]) -> None:
    near = json.loads(ask(capsys, "neighbours", "measles", "--json", "--limit", "5"))
    assert len(near) == 5
    assert near[0]["closeness"] >= near[-1]["closeness"]
    both = json.loads(ask(capsys, "with", "fever", "stiff neck", "--json"))
    assert "meningitis" in [row["id"] for row in both]
    assert "脑膜炎" in ask(capsys, "with", "fever", "stiff neck", "--language", "zh")


def test_a_path_is_told_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "path", "measles", "koplik_spots").startswith("Measles has ")
    told = ask(capsys, "path", "measles", "scabies")
    assert told.startswith("Measles")
    assert "Scabies" in told
    assert "one and the same" in ask(capsys, "path", "measles", "measles")


def test_coverage_names_every_count_and_no_empty_cell(capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, "coverage")
    for part in ("conditions", "findings by kind", "conditions by chapter", "wordings by language", "empty: none"):
        assert part in text
    body = json.loads(ask(capsys, "coverage", "--json"))
    assert body["conditions"] >= 600
    assert body["findings"] >= 1000
    assert body["empty"] == []


@pytest.mark.parametrize("form", ["graphml", "jsonld"])
def test_the_graph_is_written_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str) -> None:
    target = tmp_path / f"graph.{form}"
    answer = json.loads(ask(capsys, "export", "--format", form, "--output", str(target), "--json"))
    assert answer["bytes"] == target.stat().st_size > 100_000
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


BAD = [
    (["show", "dragon fever of the moon"], "nothing of that name"), (["neighbours", "measles", "--limit", "0"], "between 1 and"),
    (["with", "measles"], "is a condition"), (["export", "--output", "/nowhere/at/all.graphml"], "could not be written"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), BAD, ids=[b[1] for b in BAD])
def test_unusable_input_gets_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["knowledge", *arguments]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert said in out.err
    assert len(out.err.strip().splitlines()) == 1


def test_the_encoder_is_not_loaded_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    before = set(sys.modules)
    ask(capsys, "show", "measles")
    assert not {"onnxruntime", "tokenizers"} & (set(sys.modules) - before)
