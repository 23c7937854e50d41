"""Faulty records are named by file and line, with what was expected, and stop the compile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from modelzoo.authoring.compile import compile_knowledge
from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import SOURCES, line_of, load_sources
from modelzoo.contract.errors import BadInput

CONDITION, FINDING, RULE = "conditions/measles.toml", "findings/cough.toml", "rules/anaphylaxis_after_trigger.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOURCES, tmp_path / "sources")
    return tmp_path / "sources"


# file, what stands there, what is written in its place, what the problem must say
FAULTS = [
    (CONDITION, 'urgency = "urgent"', 'urgency = "soon"', "urgency must be one of emergency, urgent, routine, self_care"),
    (CONDITION, "must_not_miss = ", "must_not_mis = ", "unknown key 'must_not_mis'"),
    (CONDITION, 'icd10 = ["', 'icd10 = ["B05.99", "', "icd10 code 'B05.99' is not of WHO's form"),
    (CONDITION, "prevalence = ", "prevalence = 4", "prevalence must be the n of 1 in 10^n, from 0.5 to 8"),
    (CONDITION, "\nfever = ", '\nfever_of_dragons = "frequent"\nfever = ', "findings names unknown finding fever_of_dragons"),
    (CONDITION, '\nfever = "', '\nfever = "nearly_', "unknown grade"),
    (CONDITION, 'onset = ["', 'onset = ["yesterday", "', "onset must list at least one of sudden"),
    (CONDITION, "months = [", "months = [13, ", "months must be whole numbers from 1 to 12"),
    (CONDITION, "[findings]\n", '[region]\nmoon = "more"\n\n[findings]\n', "region: unknown name 'moon'"),
    (CONDITION, "[first_steps]\n", "[first_step]\n", "[first_steps] is missing"),
    (CONDITION, "[description]\nen", "[description]\nfr", "description.en is missing"),
    (CONDITION, "[confused_with]\n", '[confused_with]\nno_such_thing = "fever"\n', "confused_with names unknown condition"),
    (CONDITION, 'corneal_opacity = "very_rare"', 'corneal_opacity = "excluded"', "corneal_opacity is a danger sign of the condition and excluded"),
    (CONDITION, 'fever = { quality = ["high"] }', 'fever = { colour = ["red"] }', "unknown key 'colour'"),
    (CONDITION, "[findings]\n", '[tests.dowsing]\nen = "a"\nzh = "b"\n\n[findings]\n', "unknown test 'dowsing'"),
    (FINDING, 'kind = "symptom"', 'kind = "wish"', "kind must be one of symptom, sign"),
    (FINDING, "parents = []", 'parents = ["dry_cough"]', "is its own ancestor"),
    (FINDING, "parents = []", 'parents = ["sneeze_of_dragons"]', "parents names unknown finding"),
    (FINDING, "[lay]\nen = [", '[lay]\nen = ["Dry  COUGH", ', "the wording 'dry cough' belongs to"),
    (FINDING, 'hpo = "HP:', 'hpo = "H:', "hpo must have the form HP:[0-9]{7}"),
    (FINDING, "[ask]\n", "[asking]\n", "[ask] is missing"),
    (RULE, 'level = "', 'level = "very_', "level must be one of emergency, urgent"),
    (RULE, "[[when]]\n", '[[when]]\nnone = ["no_such_finding"]\n\n[[when]]\n', "unknown finding no_such_finding"),
    (RULE, "[[when]]\n", '[[when]]\nscore = "apache"\nat_least = 3\n\n[[when]]\n', "unknown score"),
    (RULE, "[[when]]\n", "[[when]]\ncount = 2\n\n[[when]]\n", "each clause needs exactly one of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[f[3][:40] for f in FAULTS])
def test_a_fault_is_named_by_file_and_line(root: Path, file: str, old: str, new: str, said: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    sources = load_sources(root)
    problems = lint(sources)
    mine = [p for p in problems if said in p]
    assert mine, problems
    name, line, _ = mine[0].split(":", 2)
    assert name.endswith(".toml")
    assert 1 <= int(line) <= text.count("\n") + 9
    with pytest.raises(BadInput) as caught:
        compile_knowledge(sources)
    assert caught.value.data["problems"] == problems


def test_a_file_that_is_no_toml_is_named_with_its_line(root: Path) -> None:
    (root / FINDING).write_text('id = "cough"\nkind = \n', encoding="utf-8")
    assert any(p.startswith("findings/cough.toml:2: ") for p in lint(load_sources(root)))


def test_an_id_must_match_its_file(root: Path) -> None:
    (root / FINDING).rename(root / "findings" / "coughing.toml")
    problems = lint(load_sources(root))
    assert "findings/coughing.toml:1: the id does not match the file name" in problems


def test_a_released_id_cannot_be_deleted_but_retired(root: Path) -> None:
    rule = root / RULE
    rule.unlink()
    assert any("was released and has no record" in p for p in lint(load_sources(root)))
    rule.write_text(
        'id = "anaphylaxis_after_trigger"\nretired = true\nreplaced_by = ["anaphylaxis_skin_and_breath"]\n'
        '[name]\nen = "a"\nzh = "乙"\n',
        encoding="utf-8",
    )
    assert lint(load_sources(root)) == []
    rule.write_text(rule.read_text(encoding="utf-8").replace("skin_and", "of_nothing"), encoding="utf-8")
    assert any("replaced_by names unknown" in p for p in lint(load_sources(root)))


def test_traditional_characters_are_refused(root: Path) -> None:
    path = root / CONDITION
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[advice]\nen", '[advice]\nzh2 = "x"\nen', 1), encoding="utf-8")
    path.write_text(text.replace("麻疹", "麻疹發熱", 1), encoding="utf-8")
    assert any("發" in p and "not simplified" in p for p in lint(load_sources(root)))


def test_ages_of_a_table_must_not_overlap(root: Path) -> None:
    path = root / "tables" / "vital_findings.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "respiratory_rate,300,400,50,,fast_breathing\n", encoding="utf-8"
    )
    assert any("the ages from" in p and "overlap" in p for p in lint(load_sources(root)))
    path.write_text(path.read_text(encoding="utf-8") + "muac_mm,x,9,1,2,low_muac\n", encoding="utf-8")
    assert any("must be numbers" in p for p in lint(load_sources(root)))


def test_an_orphan_finding_is_named(root: Path) -> None:
    text = (root / FINDING).read_text(encoding="utf-8")
    lonely = text.replace('id = "cough"', 'id = "lonely_sign"')
    head, tail = lonely.split("[lay]", 1)
    head = head.replace('en = "Cough"', 'en = "Lonely sign"').replace('zh = "咳嗽"', 'zh = "孤立体征"')
    ask = tail.split("[ask]", 1)[1]
    words = 'en = ["lonely a", "lonely b", "lonely c"]\nzh = ["孤立甲", "孤立乙", "孤立丙"]\n'
    (root / "findings" / "lonely_sign.toml").write_text(f"{head}[lay]\n{words}\n[ask]{ask}", encoding="utf-8")
    assert any("no condition, rule or table uses this finding" in p for p in lint(load_sources(root)))


def test_two_conditions_alike_are_told_apart_or_refused(root: Path) -> None:
    text = (root / CONDITION).read_text(encoding="utf-8")
    (root / "conditions" / "measles_twin.toml").write_text(text.replace('id = "measles"', 'id = "measles_twin"'))
    assert any("too like its neighbour" in p for p in lint(load_sources(root)))


def test_lines_are_found() -> None:
    text = 'id = "a"\n\n[name]\nen = "x"\n\n[tests.ecg]\nen = "y"\n'
    assert line_of(text, ("id",)) == 1
    assert line_of(text, ("name", "en")) == 4
    assert line_of(text, ("name", "zh")) == 3
    assert line_of(text, ("tests", "ecg", "en")) == 7
    assert line_of(text, ("nothing",)) == 1
