"""The reviewable sources pass lint, compile to the same bytes every time, and are what the pack ships."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import modelzoo
from modelzoo.authoring.compile import assemble, compile_knowledge
from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import Sources, load_sources
from modelzoo.contract.errors import ArtefactCorrupt, ArtefactTooNew
from modelzoo.knowledge.model import Knowledge, age_band
from modelzoo.knowledge.reader import read_knowledge, read_texts


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


def test_the_sources_pass_lint(sources: Sources) -> None:
    assert lint(sources) == []


def test_the_pack_ships_what_the_sources_say(sources: Sources) -> None:
    compiled = compile_knowledge(sources)
    assert compiled.knowledge == (modelzoo.PACK / "knowledge.json").read_bytes()
    assert compiled.texts == (modelzoo.PACK / "record_texts.json").read_bytes()


def test_compiling_twice_gives_the_same_bytes(sources: Sources) -> None:
    assert assemble(sources) == assemble(load_sources())


def test_the_knowledge_is_as_large_as_promised(knowledge: Knowledge) -> None:
    assert len(knowledge.conditions) >= 600
    assert len(knowledge.findings) >= 1000
    files = ("knowledge.json", "record_texts.json", "phrase_vectors.npz")
    assert sum((modelzoo.PACK / name).stat().st_size for name in files) <= 12_000_000


def test_every_released_id_lives_on(sources: Sources) -> None:
    assert len(sources.ledger) >= 1108


def test_no_record_claims_a_review(sources: Sources) -> None:
    records = [*sources.findings.values(), *sources.conditions.values(), *sources.rules.values()]
    assert {r["review"] for r in records} == {"unreviewed"}


def test_no_dose_stands_in_the_advice(sources: Sources) -> None:
    texts = [t for c in sources.conditions.values() for key in ("first_steps", "advice") for t in c[key].values()]
    texts += [t for c in sources.conditions.values() for shows in c.get("tests", {}).values() for t in shows.values()]
    texts += [t for r in sources.rules.values() for t in r["action"].values()]
    assert not re.findall(r"\d\s*(?:mg|mcg|µg|g/kg|ml/kg|毫克|微克|IU|units?)\b", " ".join(texts), re.I)


def test_a_third_language_fits_without_code(sources: Sources, tmp_path: Path) -> None:
    body = json.loads(assemble(sources).knowledge)
    body["findings"][0]["name"]["fr"] = "Nom"
    assert read_knowledge(json.dumps(body).encode()).findings[body["findings"][0]["id"]].name["fr"] == "Nom"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"format": 2}', b"\xff", b'{"format": 2, "findings": 3}', b'{"format": 1}']
)
def test_damaged_knowledge_is_refused(data: bytes) -> None:
    for read in (read_knowledge, read_texts):
        with pytest.raises(ArtefactCorrupt):
            read(data)


def test_newer_knowledge_is_refused() -> None:
    for read in (read_knowledge, read_texts):
        with pytest.raises(ArtefactTooNew):
            read(b'{"format": 999}')


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "newborn"), (27 / 365.25, "newborn"), (28 / 365.25, "infant"), (0.99, "infant"), (1, "toddler"), (4.99, "toddler"),
     (5, "child"), (12, "adolescent"), (18, "adult"), (40, "middle"), (65, "older"), (110, "older")],
)  # fmt: skip
def test_age_bands(years: float, band: str) -> None:
    assert age_band(years) == band
