"""Walking the knowledge: neighbours, paths, what else has these findings, files for other programs."""

from __future__ import annotations

import io
import json
import shutil
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

import modelzoo
from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing, ArtefactTooNew, BadInput
from modelzoo.export.pack import write_manifest
from modelzoo.graph import KnowledgeGraph


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return modelzoo.open_knowledge()


def test_neighbours_of_a_condition_are_conditions_like_it(graph: KnowledgeGraph) -> None:
    near = [term.id for term, _ in graph.neighbours("acute_bronchitis", 12)]
    assert "common_cold" in near or "postinfectious_cough" in near
    assert "acute_bronchitis" not in near
    closeness = [value for _, value in graph.neighbours("acute_bronchitis", 12)]
    assert closeness == sorted(closeness, reverse=True)
    assert all(0 <= value <= 1 for value in closeness)


def test_neighbours_of_a_finding_are_the_conditions_that_have_it(graph: KnowledgeGraph) -> None:
    assert "measles" in [term.id for term, _ in graph.neighbours("koplik_spots")]


def test_what_else_has_these_findings(graph: KnowledgeGraph) -> None:
    both = [term.id for term, _ in graph.having(("fever", "neck_stiffness"))]
    assert "meningitis" in both
    assert all({"fever", "neck_stiffness"} & set(graph.knowledge.conditions[c].findings) for c in both)


def test_a_special_finding_answers_for_the_general_one(graph: KnowledgeGraph) -> None:
    general = {term.id for term, _ in graph.having(("cough",), 800)}
    assert {term.id for term, _ in graph.having(("barking_cough",), 800)} <= general


def test_a_path_is_a_chain_of_true_relations(graph: KnowledgeGraph) -> None:
    steps = graph.path("measles", "scabies")
    assert steps[0]["from"] == "measles"
    assert steps[-1]["to"] == "scabies"
    for step, following in pairwise(steps):
        assert step["to"] == following["from"]
    assert all(step["relation"] != "excludes" for step in steps)


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("measles", "measles"),
        ("B05.9", "measles"),
        ("麻疹", "measles"),
        ("chest hurts", "chest_pain"),
        ("Cough", "cough"),
    ],
)
def test_a_record_answers_to_its_names(graph: KnowledgeGraph, said: str, record: str) -> None:
    assert graph.resolve(said) == record


def test_an_unknown_name_is_one_sentence(graph: KnowledgeGraph) -> None:
    with pytest.raises(BadInput) as caught:
        graph.resolve("meas")
    assert "measles" in caught.value.message
    with pytest.raises(BadInput):
        graph.resolve("🐉")


def test_graphml_is_read_back_by_a_graph_library(graph: KnowledgeGraph) -> None:
    read = nx.read_graphml(io.BytesIO(graph.graphml()))
    assert read.number_of_nodes() == len(graph.knowledge.conditions) + len(graph.knowledge.findings)
    assert read.edges["measles", "koplik_spots"]["relation"] == "has"
    assert read.nodes["measles"]["name_zh"] == "麻疹"


def test_json_ld_names_every_record_once(graph: KnowledgeGraph) -> None:
    body = json.loads(graph.json_ld())
    ids = [node["id"] for node in body["@graph"]]
    assert len(ids) == len(set(ids)) == graph.graph.number_of_nodes()
    fever = next(node for node in body["@graph"] if node["id"] == "finding/fever")
    assert fever["hpo"].startswith("http://purl.obolibrary.org/obo/HP_")
    assert graph.json_ld() == graph.json_ld()


def test_every_condition_can_be_read(graph: KnowledgeGraph) -> None:
    for key in graph.knowledge.conditions:
        text = graph.condition_text(key)
        assert set(text.description) >= {"en", "zh"}
        assert text.review == "unreviewed"


def broken(tmp_path: Path, name: str, data: bytes, *, honest: bool) -> Path:
    pack = tmp_path / "pack"
    shutil.copytree(modelzoo.PACK, pack)
    (pack / name).write_bytes(data)
    if honest:  # the manifest is written over it, as a newer program would
        write_manifest(pack)
    return pack


def test_a_truncated_file_and_a_wrong_hash_are_refused(tmp_path: Path) -> None:
    whole = (modelzoo.PACK / "knowledge.json").read_bytes()
    with pytest.raises(ArtefactCorrupt):
        modelzoo.open_knowledge(broken(tmp_path, "knowledge.json", whole[:-7], honest=False))
    shutil.rmtree(tmp_path / "pack")
    with pytest.raises(ArtefactCorrupt):
        modelzoo.open_knowledge(broken(tmp_path, "record_texts.json", b"{}", honest=False))
    (tmp_path / "pack" / "record_texts.json").unlink()
    with pytest.raises(ArtefactMissing):
        modelzoo.open_knowledge(tmp_path / "pack")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactTooNew) as caught:
        modelzoo.open_knowledge(broken(tmp_path, "knowledge.json", b'{"format": 99}', honest=True))
    assert caught.value.message.count(".") == 1


def test_no_planned_cell_is_empty(graph: KnowledgeGraph) -> None:
    counted = graph.coverage()
    assert len(counted.planned) >= 200
    assert counted.empty == ()
    assert sum(counted.conditions_by_urgency.values()) == counted.conditions
    assert sum(counted.findings_by_kind.values()) == counted.findings
