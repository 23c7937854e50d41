"""The reviewable sources pass lint, compile to the same bytes every time, and are what the pack ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import modelzoo
from modelzoo.authoring.compile import compile_knowledge
from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import Sources, load_sources
from modelzoo.contract.errors import ArtefactCorrupt, ArtefactTooNew, BadInput
from modelzoo.knowledge.model import Knowledge, age_band
from modelzoo.knowledge.reader import read_knowledge


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


def test_the_sources_pass_lint(sources: Sources) -> None:
    assert lint(sources) == []


def test_the_pack_ships_what_the_sources_say(sources: Sources) -> None:
    assert compile_knowledge(sources) == (modelzoo.PACK / "knowledge.json").read_bytes()


def test_the_first_pack_is_as_large_as_promised(knowledge: Knowledge) -> None:
    assert len(knowledge.conditions) >= 100
    assert len(knowledge.findings) >= 300


def test_no_record_claims_a_review(knowledge: Knowledge) -> None:
    records = [*knowledge.findings.values(), *knowledge.conditions.values(), *knowledge.rules]
    assert {r.review for r in records} == {"unreviewed"}


def test_no_dose_stands_in_the_advice(knowledge: Knowledge) -> None:
    text = " ".join(
        [*(t for c in knowledge.conditions.values() for t in (*c.first_steps.values(), *c.advice.values()))]
        + [t for r in knowledge.rules for t in r.action.values()]
    )
    import re

    assert not re.findall(r"\d\s*(?:mg|mcg|µg|g/kg|ml/kg|毫克|微克|IU|units?)\b", text, re.I)


def test_a_third_language_fits_without_code(sources: Sources, tmp_path: Path) -> None:
    body = json.loads(compile_knowledge(sources))
    body["findings"][0]["name"]["fr"] = "Nom"
    assert read_knowledge(json.dumps(body).encode()).findings[body["findings"][0]["id"]].name["fr"] == "Nom"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"format": 1}', b"\xff", b'{"format": 1, "findings": 3}']
)
def test_damaged_knowledge_is_refused(data: bytes) -> None:
    with pytest.raises(ArtefactCorrupt):
        read_knowledge(data)


def test_newer_knowledge_is_refused() -> None:
    with pytest.raises(ArtefactTooNew):
        read_knowledge(b'{"format": 999}')


def write(root: Path, relative: str, text: str) -> None:
    (root / relative).parent.mkdir(parents=True, exist_ok=True)
    (root / relative).write_text(text, encoding="utf-8")


def test_lint_names_the_file_and_the_fault(tmp_path: Path) -> None:
    write(tmp_path, "findings/a.toml", 'id = "b"\n')
    write(tmp_path, "findings/c.toml", "id = \n")
    problems = lint(load_sources(tmp_path))
    assert any(p.startswith("findings/a.toml: the id does not match") for p in problems)
    assert any(p.startswith("findings/c.toml:") for p in problems)
    with pytest.raises(BadInput):
        compile_knowledge(load_sources(tmp_path))


def test_lint_finds_doubled_wordings_and_cycles(sources: Sources) -> None:
    broken = Sources(
        findings={k: dict(v) for k, v in sources.findings.items()},
        conditions=sources.conditions, rules=sources.rules, tables=sources.tables, numbers=sources.numbers,
    )  # fmt: skip
    broken.findings["cough"] = {**broken.findings["cough"], "parents": ["dry_cough"]}
    broken.findings["fever"] = {**broken.findings["fever"], "lay": {"en": ["Dry  COUGH"], "zh": []}}
    broken.findings["dry_cough"] = {**broken.findings["dry_cough"], "parents": ["cough"]}
    problems = " ".join(lint(broken))
    assert "its own ancestor" in problems
    assert "'dry cough' belongs to" in problems


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "newborn"), (27 / 365.25, "newborn"), (28 / 365.25, "infant"), (0.99, "infant"), (1, "toddler"), (4.99, "toddler"),
     (5, "child"), (12, "adolescent"), (18, "adult"), (40, "middle"), (65, "older"), (110, "older")],
)  # fmt: skip
def test_age_bands(years: float, band: str) -> None:
    assert age_band(years) == band
