"""The author's tools: the difference between two versions, pages for review, the coverage page, grades, one record tried."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from modelzoo.authoring.__main__ import main
from modelzoo.authoring.coverage_page import coverage_page
from modelzoo.authoring.difference import difference
from modelzoo.authoring.engine import engine_over
from modelzoo.authoring.grades import rank_correlation, report
from modelzoo.authoring.pages import write_pages
from modelzoo.authoring.sources import SOURCES, Sources, load_sources
from modelzoo.authoring.try_cases import table
from modelzoo.contract.errors import BadInput
from modelzoo.evidence.cases import open_cases
from modelzoo.evidence.report import run
from modelzoo.knowledge.model import Knowledge

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOURCES, tmp_path / "sources")
    return tmp_path / "sources"


def test_a_difference_is_told_in_words(root: Path) -> None:
    assert difference(SOURCES, root) == []
    path = root / "conditions" / "measles.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('urgency = "urgent"', 'urgency = "routine"').replace('"B05.9"', '"B05.0"'), encoding="utf-8"
    )
    (root / "rules" / "anaphylaxis_after_trigger.toml").unlink()
    lines = "\n".join(difference(SOURCES, root))
    assert "conditions/measles:" in lines
    assert "urgency: urgent -> routine" in lines
    assert "icd10: added B05.0; removed B05.9" in lines
    assert "rules/anaphylaxis_after_trigger: gone" in lines
    with pytest.raises(BadInput):
        difference(root / "tables", root)


def test_pages_hold_both_languages_and_room_to_sign(sources: Sources, tmp_path: Path) -> None:
    assert write_pages(sources, ["measles", "koplik_spots"], tmp_path) == 2
    page = (tmp_path / "conditions_measles.html").read_text(encoding="utf-8")
    for part in (
        "Measles",
        "麻疹",
        "B05.9",
        "No clinician has reviewed this record",
        "Reviewed by: ____",
        "koplik_spots",
    ):
        assert part in page
    assert "measles" in (tmp_path / "findings_koplik_spots.html").read_text(encoding="utf-8")


def test_every_record_has_a_page(sources: Sources, tmp_path: Path) -> None:
    assert write_pages(sources, [], tmp_path) == len(sources.conditions) + len(sources.findings)


def test_the_coverage_page_is_what_the_tool_writes(knowledge: Knowledge) -> None:
    assert (DOCS / "COVERAGE.md").read_text(encoding="utf-8") == coverage_page(knowledge)


def test_an_edited_record_is_tried_without_compiling_a_pack(sources: Sources) -> None:
    changed = Sources(**{**vars(sources), "findings": dict(sources.findings)})
    cough = changed.findings["cough"]
    lay = {"en": [*cough["lay"]["en"], "frobnicating throat noise"], "zh": cough["lay"]["zh"]}
    changed.findings["cough"] = {**cough, "lay": lay}
    found = engine_over(changed).understand("frobnicating throat noise since Monday")
    assert [f.id for f in found] == ["cough"]


def test_the_table_of_cases_names_all_groups(sources: Sources) -> None:
    cases = open_cases()[:12]
    text = table(list(run(engine_over(sources), cases)), sources)
    for part in ("first", "triage too low", "system", "language", "age", "kind", "worst"):
        assert part in text


def test_rank_correlation() -> None:
    assert rank_correlation([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1.0)
    assert rank_correlation([1, 1, 2, 3], [1, 2, 2, 3]) == pytest.approx(0.8333, abs=1e-3)


def test_grades_are_compared_or_the_data_is_named(sources: Sources, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        report(sources, None)
    with pytest.raises(BadInput):
        report(sources, tmp_path)
    maps = Path(main.__code__.co_filename).parent / "ddxplus" / "conditions.csv"
    concepts = [line.split(",")[0] for line in maps.read_text(encoding="utf-8").splitlines()[1:]]
    made = {concept: {"binary_freq": {"toux": 0.5 + n / 100, "fievre": 0.4}} for n, concept in enumerate(concepts)}
    (tmp_path / "evidence_frequencies.json").write_text(json.dumps(made), encoding="utf-8")
    said = report(sources, tmp_path)
    assert "Spearman's rank correlation over graded pairs" in said
    assert len([line for line in said.splitlines() if " / " in line]) == 10


def test_the_commands_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["lint"]) == 0
    assert main(["pages", "--about", "measles", "--output", str(tmp_path)]) == 0
    assert main(["coverage", "--output", str(tmp_path / "c.md")]) == 0
    assert main(["diff"]) == 1
    assert main(["diff", "--against", str(SOURCES)]) == 0
    assert "nothing changed" in capsys.readouterr().out
