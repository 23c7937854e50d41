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

# How the reader weighs what it hears; chosen as docs/READING.md says.
UNDERSTANDING = {
    "link_threshold": 0.91,  # cosine from which words are linked to a finding
    "link_margin": 0.03,  # how far the best must lie before the next finding and the nearest saying that is none
    "link_sharper": 0.2,  # how much nearer a more special finding must lie than the one whose wording stands there
    "doubt": 0.0,  # a single word of the lexicon is passed over where it is heard to be a problem with less chance
    "rule_fired": 0.5,  # by how much a rule that fires raises the log chance of its claim against what is heard
    "rule_silent": 0.5,  # by how much silence of all rules raises that of presence
}
STEPS = 31.0
NEUTRAL = RULES / "neutral.toml"


def write_pack(compiled: Compiled, pack: Path, version: str | None = None) -> Manifest:
    """Write the knowledge, ``phrase_vectors.npz`` (rows of small whole numbers, a scale each) and the manifest."""
    prepare_process()
    from modelzoo.runtime.encoder import Encoder

    encoder = Encoder.open(pack, read_manifest(pack))
    phrases = [phrase.lower() for _, phrase in read_knowledge(compiled.knowledge).phrases()]
    vectors = encoder.embed(phrases)
    scales = np.abs(vectors).max(axis=1) / STEPS
    stored = np.round(vectors / scales[:, None]).astype(np.int8)
    sayings = tomllib.loads(NEUTRAL.read_text(encoding="utf-8"))
    neutral = encoder.embed([saying for language in sorted(sayings) for saying in sayings[language]])
    buffer = io.BytesIO()
    np.savez_compressed(buffer, vectors=stored, scales=scales.astype(np.float32), neutral=neutral.astype(np.float16))
    (pack / "knowledge.json").write_bytes(compiled.knowledge)
    (pack / "record_texts.json").write_bytes(compiled.texts)
    (pack / "phrase_vectors.npz").write_bytes(buffer.getvalue())
    return write_manifest(pack, version=version, sections={"understanding": UNDERSTANDING})
