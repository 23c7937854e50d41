"""Measuring: suites are parsed strictly, figures are counted by hand, the card says what was measured and no more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import modelzoo
from modelzoo.contract.case import Assertion
from modelzoo.contract.manifest import read_manifest
from modelzoo.corpora.annotated import Passage
from modelzoo.evaluate.agreement import SENTENCES, labels_of, sentences_of
from modelzoo.evaluate.assertion import SuiteCase, read_suite, suite_figures
from modelzoo.evaluate.card import card, write_card
from modelzoo.evaluate.listeners import claim_reader, open_graph
from modelzoo.evaluate.reading import table

SUITES = Path(__file__).parents[1] / "data" / "assertion"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_suites_are_whole(language: str) -> None:
    cases = read_suite(SUITES / f"{language}.tsv")
    assert len(cases) >= 600
    assert len({case.text + str(case.start) for case in cases}) == len(cases)
    for claim in Assertion:
        assert sum(case.claim is claim for case in cases) >= 100


@pytest.mark.parametrize(
    "line",
    ["present\tno mark", "present\ttwo [[a]] and [[b]]", "sure\ta [[cough]]", "present a [[cough]]", "absent\t[[]] x"],
)
def test_a_bad_line_of_a_suite_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "s.tsv"
    path.write_text(f"present\ta [[cough]]\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"s\.tsv:2"):
        read_suite(path)


def test_suite_figures_by_hand() -> None:
    cases = [SuiteCase(Assertion(c), t, 0, 1) for c, t in (("present", "a"), ("present", "b"), ("absent", "c"))]
    said = {"a": Assertion.PRESENT, "b": Assertion.ABSENT, "c": Assertion.ABSENT}
    figures = suite_figures(lambda text, start, end: said[text], cases)
    assert figures.f1[Assertion.PRESENT] == pytest.approx(2 / 3)
    assert figures.f1[Assertion.ABSENT] == pytest.approx(2 / 3)
    assert figures.f1[Assertion.FAMILY] == 0.0
    assert figures.wrong == {(Assertion.PRESENT, Assertion.ABSENT): 1}


def test_sentences_are_chosen_by_their_text_alone() -> None:
    passages = [
        Passage("s", str(n), language, f"{language} sentence number {n}", frozenset())
        for language in ("en", "zh")
        for n in range(3_000)
    ]
    chosen = sentences_of(passages)
    assert sentences_of(passages[::-1]) == chosen
    assert SENTENCES * 0.8 < len(chosen) <= SENTENCES


def test_labels_of_the_shipped_graph_lie_in_the_text() -> None:
    (labels,) = labels_of(modelzoo.PACK, ["fever and cough for three days"])
    assert any(label.startswith("clinic.problem 0 5 ") for label in labels)
    for label in labels:
        _, start, end, *_ = label.split()
        assert 0 <= int(start) < int(end) <= 30


def test_the_ear_alone_says_a_claim() -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(modelzoo.PACK / "tokenizer.json"))
    tokenizer.no_truncation()
    claim = claim_reader(open_graph(modelzoo.PACK / "encoder.onnx"), tokenizer)
    assert claim("he has no fever at all", 10, 15) is Assertion.ABSENT


def test_a_table_has_a_row_a_figure_and_leaves_gaps() -> None:
    lines = table({"a": {"x": 0.5}, "b": {"y": 1.0}}).splitlines()
    assert lines[2:] == ["| x | 50.0 |  |", "| y |  | 100.0 |"]


def test_the_card_holds_what_was_kept(tmp_path: Path) -> None:
    pack, work = tmp_path / "pack", tmp_path / "work"
    shutil.copytree(modelzoo.PACK, pack)
    work.mkdir()
    (work / "figures-speed.json").write_text(
        json.dumps({"int8": 2.0, "fp32": 5.0, "PyTorch": 10.0, "bare int8 products": 1.0, "engine_peak_mb": 100})
    )
    text = write_card(pack, work).read_text(encoding="utf-8")
    assert "0.40 of fp32's time and 0.20 of PyTorch's" in text
    assert "No clinician has reviewed" in text
    assert "CMDD" in text
    assert "CMeEE" not in text
    assert read_manifest(pack).evaluation["reading"]["speed"]["engine_peak_mb"] == 100
    assert "None measured" in card(read_manifest(pack), {})
