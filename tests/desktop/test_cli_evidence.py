"""``barefoot evidence``: the real engine on a few worked cases, as JSON and as text; folders that hold nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli import main


def test_it_scores_this_build_on_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "--every", "300", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["worked_cases"]["cases"] >= 4
    assert answer["worked_cases"]["figures"]["triage right"]["total"] == answer["worked_cases"]["cases"]
    assert {c["sampling"] for c in answer["worked_cases"]["calibration"]} == {"evenly", "by prevalence"}
    assert "reviewed by no clinician" in answer["built_from"]["knowledge"]


def test_public_sets_are_scored_beside_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    vignette = {"case_description": "itchy ring on my arm", "correct_diagnosis": "Ringworm", "urgency_level": "sc"}
    (tmp_path / "semigran_vignettes.jsonl").write_text(json.dumps(vignette) + "\n", encoding="utf-8")
    assert main(["evidence", "--every", "700", "--benchmarks", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "semigran_vignettes.jsonl" in printed
    assert "of 1" in printed


@pytest.mark.parametrize("wrong", [["--every", "0"], ["--benchmarks", "no-such-folder"], ["--cases", "no-such-folder"]])
def test_what_cannot_be_done_is_one_sentence(capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    assert main(["evidence", *wrong]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
