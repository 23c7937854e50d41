"""Puts compiled knowledge and the vectors of its wordings into an assessment pack that holds an encoder."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import numpy as np

from modelzoo.authoring.compile import Compiled
from modelzoo.contract.manifest import Manifest, read_manifest
from modelzoo.export.pack import write_manifest
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.runtime.boot import prepare_process
from modelzoo.understanding.context import RULES

# Cosine from which a window of words is linked to a finding, and how far the best must lie before the next finding and
# before the nearest saying that is none.
# ``doubt``: a single word of the lexicon is passed over where it is heard to be a problem with less than this chance.
# ``rule_weight``: by how much a rule that fires raises the log chance of its claim against what was heard.
# Chosen on the open worked cases and on generated complaints, see docs/READING.md.
UNDERSTANDING = {"link_threshold": 0.86, "link_margin": 0.045, "doubt": 0.0, "rule_weight": 2.0}
NEUTRAL = RULES / "neutral.toml"


def write_pack(compiled: Compiled, pack: Path, version: str | None = None) -> Manifest:
    """Write the knowledge, ``phrase_vectors.npz`` (int8 rows, one scale each) and the manifest over them."""
    prepare_process()
    from modelzoo.runtime.encoder import Encoder

    encoder = Encoder.open(pack, read_manifest(pack))
    phrases = [phrase.lower() for _, phrase in read_knowledge(compiled.knowledge).phrases()]
    vectors = encoder.embed(phrases)
    scales = np.abs(vectors).max(axis=1) / 127.0
    stored = np.round(vectors / scales[:, None]).astype(np.int8)
    sayings = tomllib.loads(NEUTRAL.read_text(encoding="utf-8"))
    neutral = encoder.embed([saying for language in sorted(sayings) for saying in sayings[language]])
    buffer = io.BytesIO()
    np.savez_compressed(buffer, vectors=stored, scales=scales.astype(np.float32), neutral=neutral.astype(np.float16))
    (pack / "knowledge.json").write_bytes(compiled.knowledge)
    (pack / "record_texts.json").write_bytes(compiled.texts)
    (pack / "phrase_vectors.npz").write_bytes(buffer.getvalue())
    return write_manifest(pack, version=version, sections={"understanding": UNDERSTANDING})
