"""Export of a tiny model: same numbers as PyTorch, same bytes every time, int8 close, one pack manifest for all."""

from __future__ import annotations

import copy
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from transformers import BertConfig, BertModel

with warnings.catch_warnings():
    # The exporter's own dependencies warn at import; that is theirs to mend.
    warnings.simplefilter("ignore")
    from modelzoo.export.graph import export_graph
    from modelzoo.export.quantise import VARIANTS, quantise
    from modelzoo.export.smooth import smooth
from modelzoo.contract.errors import ArtefactMissing
from modelzoo.contract.manifest import EncoderShape, Golden, read_manifest
from modelzoo.export.pack import EncoderFacts, Origin, write_manifest
from modelzoo.recipes.bert import pool

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def model() -> BertModel:
    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=64,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=32,
        initializer_range=0.2,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture(scope="module")
def graph(model: BertModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "tiny.onnx"
    export_graph(model, path)
    return path


def run(path: Path, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert [item.name for item in session.get_inputs()] == ["input_ids", "attention_mask"]
    assert [item.name for item in session.get_outputs()] == ["sentence_vector"]
    return np.asarray(session.run(None, {"input_ids": ids, "attention_mask": mask})[0])


IDS = np.array([[0, 5, 9, 2], [0, 7, 2, 1]], dtype=np.int64)
MASK = np.array([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=np.int64)


def test_graph_gives_the_numbers_of_pytorch(model: BertModel, graph: Path) -> None:
    with torch.no_grad():
        mask = torch.from_numpy(MASK)
        expected = pool(model(torch.from_numpy(IDS), attention_mask=mask).last_hidden_state, mask).numpy()
    assert np.allclose(run(graph, IDS, MASK), expected, atol=1e-5)


def test_same_weights_give_the_same_bytes(model: BertModel, graph: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.onnx"
    export_graph(model, again)
    assert again.read_bytes() == graph.read_bytes()
    first, second = tmp_path / "first.onnx", tmp_path / "second.onnx"
    quantise(graph, first)
    quantise(again, second)
    assert first.read_bytes() == second.read_bytes()


def test_evening_out_changes_nothing_in_fp32_and_helps_int8_where_a_channel_is_loud(
    model: BertModel, tmp_path: Path
) -> None:
    shouting = copy.deepcopy(model)
    with torch.no_grad():  # a loud channel, as trained encoders have them
        shouting.encoder.layer[0].output.LayerNorm.weight[3] *= 60.0
    loud = tmp_path / "loud.onnx"
    export_graph(shouting, loud)
    samples = [{"input_ids": IDS[:1], "attention_mask": MASK[:1]}]
    even = tmp_path / "even.onnx"
    evened = smooth(onnx.load(str(loud)), samples)
    even.write_bytes(evened.SerializeToString())
    assert any(node.name.endswith("/smooth/Mul") for node in evened.graph.node)
    assert np.allclose(run(even, IDS, MASK), run(loud, IDS, MASK), atol=1e-4)
    plain, better = tmp_path / "plain.onnx", tmp_path / "better.onnx"
    quantise(loud, plain)
    quantise(loud, better, samples=samples)
    off = [np.abs(run(path, IDS, MASK) - run(loud, IDS, MASK)).mean() for path in (better, plain)]
    assert off[0] < off[1]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_int8_stays_near(graph: Path, tmp_path: Path, variant: object) -> None:
    small = tmp_path / "int8.onnx"
    quantise(graph, small, variant)  # type: ignore[arg-type]
    assert small.stat().st_size < graph.stat().st_size
    assert not small.with_suffix(".prepared").exists()
    cosine = (run(small, IDS, MASK) * run(graph, IDS, MASK)).sum(axis=1)
    assert cosine.min() > 0.98


FACTS = EncoderFacts(
    EncoderShape(2, 16, 40, ("a", "b")),
    (Golden("fever", (0.5, 0.5)),),
    0.9,
    {"encoder.onnx": Origin("MIT", ("base sha256:0",))},
)


def test_compiler_rewrites_the_manifest_and_leaves_the_encoder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="export the encoder first"):
        write_manifest(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"model")
    first = write_manifest(tmp_path, encoder=FACTS, sections={"reasoning": {"a": 1}}, evaluation={"encoder": {"n": 1}})
    with pytest.raises(ArtefactMissing):
        first.artefact("knowledge.json")
    (tmp_path / "knowledge.json").write_bytes(b"{}")
    second = write_manifest(tmp_path, sections={"understanding": {"b": 2}})
    assert second.artefact("encoder.onnx") == first.artefact("encoder.onnx")
    assert second.artefact("knowledge.json").bytes == 2
    assert second.golden == first.golden
    assert dict(second.sections) == {"reasoning": {"a": 1}, "understanding": {"b": 2}}
    assert second.evaluation == first.evaluation
    assert read_manifest(tmp_path) == second
    raw = (tmp_path / "manifest.json").read_bytes()
    write_manifest(tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == raw
    assert sorted(path.name for path in tmp_path.iterdir()) == ["encoder.onnx", "knowledge.json", "manifest.json"]
