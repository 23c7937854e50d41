"""``barefoot assess``: one text, a file of cases, and everything that can be wrong with either."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

GOOD = {"id": "c1", "text": "3 days of fever and cough, no chest pain. 咳黄痰。", "age_years": 34, "sex": "female"}


def test_one_text_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--json", "--text", "fever and cough for 3 days", "--age-years", "40", "--sex", "male"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["patient"]["age_years"] == {"value": 40.0, "from": "field"}
    assert answer["triage"]["level"] in ("emergency", "urgent", "routine", "self_care")
    assert {f["id"] for f in answer["findings"]} >= {"fever", "cough"}


def test_one_text_as_a_table_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--text", "fever and cough for 3 days"]) == 0
    assert "No clinician has reviewed this knowledge" in capsys.readouterr().out
    assert main(["assess", "--text", "发热咳嗽三天", "--language", "zh"]) == 0
    assert "未经临床医生审核" in capsys.readouterr().out


BAD = [
    (["--text", ""], "empty"), (["--text", "   \n"], "empty"), (["--text", "a" * 200_001], "200,000"),
    (["--text", "fever", "--age-years", "200"], "between 0 and 125"), (["--text", "fever", "--age-years", "-1"], "between 0"),
    (["--text", "fever", "--age-years", "nan"], "number"), (["--text", "fever", "--month", "13"], "1 to 12"),
    (["--text", "\ud800"], "damaged"), (["--input", "nowhere.jsonl", "--output", "x"], "cannot be read"),
    (["--input", "nowhere.jsonl"], "--output"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), BAD, ids=[" ".join(b[0])[:40] for b in BAD])
def test_unusable_input_gets_one_sentence(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["assess", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_answers_every_line_in_order(tmp_path: Path) -> None:
    lines = [
        json.dumps(GOOD), "not json", json.dumps({"id": "c3", "text": "fever", "vitals": {"heart_rate": 900}}),
        json.dumps({"id": "c4", "text": "cough", "aeg_years": 3}), json.dumps({"id": "c5"}), json.dumps([1]), "[" * 5000,
        json.dumps({"id": "c7", "text": "🙂🙂🙂"}), json.dumps({"id": "c8", "text": "", "vitals": {"spo2_percent": 80}}),
        json.dumps({"id": "c9", "text": "cough", "vitals": {"systolic_mmhg": 80, "diastolic_mmhg": 120}}),
    ]  # fmt: skip
    source, target = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    source.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    assert main(["assess", "--input", str(source), "--output", str(target)]) == 0
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["c1", None, "c3", "c4", "c5", None, None, "c7", "c8", "c9"]
    assert [("error" in a) for a in answers] == [False, True, True, True, True, True, True, False, False, True]
    assert "Line 3" in answers[2]["error"]["message"]
    assert "between 10 and 350" in answers[2]["error"]["message"]
    assert answers[8]["triage"]["level"] == "emergency"
    assert not (tmp_path / "answers.jsonl.partial").exists()


def test_an_output_that_cannot_be_written_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "cases.jsonl"
    source.write_text(json.dumps(GOOD), encoding="utf-8")
    assert main(["assess", "--input", str(source), "--output", str(tmp_path / "no" / "x.jsonl")]) == 2
    assert "could not be written" in capsys.readouterr().err


def test_self_check_tells_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["self-check", "--json"])
    checks = {c["name"]: c["ok"] for c in json.loads(capsys.readouterr().out)}
    assert {"pack", "encoder", "knowledge", "device", "cipher"} <= set(checks)
    assert status == (0 if all(checks.values()) else 3)


def test_a_damaged_pack_is_one_sentence_and_status_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import modelzoo

    monkeypatch.setattr(modelzoo.open_engine, "__defaults__", (tmp_path,))
    assert main(["assess", "--text", "fever"]) == 3
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def answered(tmp_path: Path, content: bytes) -> list[dict[str, Any]]:
    (tmp_path / "cases.jsonl").write_bytes(content)
    assert main(["assess", "--input", str(tmp_path / "cases.jsonl"), "--output", str(tmp_path / "out.jsonl")]) == 0
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_no_hostile_line_costs_the_others(tmp_path: Path) -> None:
    """Numbers beyond a float, half surrogate pairs and fields named twice used to end, or to bend, the whole file."""
    good = json.dumps(GOOD).encode()
    hostile = [
        b'{"id":"n","text":"fever","age_years":' + b"9" * 400 + b"}",
        b'{"id":"v","text":"fever","vitals":{"heart_rate":' + b"9" * 400 + b"}}",
        b'{"id":"\\ud800","text":"fever"}', b'{"id":"f","text":"fever","\\ud800":1}',
        b'{"id":"t","text":"fever","tests":[{"name":"haemoglobin","value":-900,"unit":"g/dL"}]}',
        b'{"id":"w","text":"fever","tests":[{"name":"malaria_rdt","result":"banana"}]}',
        b'{"id":"d","text":"chest pain","text":"fever"}', b'{"id":' + b"9" * 5000 + b',"text":"fever"}',
    ]  # fmt: skip
    answers = answered(tmp_path, b"\n".join([good, *hostile, good]))
    assert ["error" in a for a in answers] == [False, *[True] * len(hostile), False]
    assert [a["id"] for a in answers] == ["c1", "n", "v", "\ud800", "f", "t", "w", "d", None, "c1"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cases.jsonl", "out.jsonl"]


def test_a_file_from_a_windows_editor_and_its_line_numbers(tmp_path: Path) -> None:
    answers = answered(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n\r\n   \r\nnot json\r\n")
    assert answers[0]["id"] == "c1"
    assert answers[1]["error"]["message"].startswith("Line 4: ")


def test_an_output_that_would_cost_something_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "cases.jsonl"
    source.write_text(json.dumps(GOOD), encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    for output in ("cases.jsonl", "../" + tmp_path.name + "/cases.jsonl", ".", "/", "pipe", "n" * 300):
        assert main(["assess", "--input", str(source), "--output", output]) == 2, output
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
    assert source.read_text(encoding="utf-8") == json.dumps(GOOD)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cases.jsonl", "pipe"]


def test_options_that_would_be_ignored_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "cases.jsonl"
    source.write_text("\n \n", encoding="utf-8")
    output = ("--output", str(tmp_path / "out"))
    assert main(["assess", "--text", "fever", *output]) == 2
    assert "--input" in capsys.readouterr().err
    assert main(["assess", "--input", str(source), *output, "--age-years", "3"]) == 2
    assert "age" in capsys.readouterr().err
    assert main(["assess", "--input", str(source), *output]) == 2
    assert "no case" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_library_is_one_sentence_and_status_3() -> None:
    code = "import sys; sys.modules['onnxruntime'] = None; from desktop.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, "assess", "--text", "fever"], capture_output=True, text=True)
    assert done.returncode == 3
    assert "onnxruntime" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
