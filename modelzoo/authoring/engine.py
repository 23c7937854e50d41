"""An engine over the sources as they stand now, so that an edited record can be tried before anything is compiled.

The encoder and the vectors come from the pack; a wording that the pack does not hold is embedded now.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

import modelzoo
from modelzoo.authoring.compile import assemble
from modelzoo.authoring.sources import Sources
from modelzoo.contract.manifest import read_manifest
from modelzoo.engine import KNOWLEDGE, SUITS, URGENCY, VECTORS, PackEngine
from modelzoo.knowledge.model import Knowledge
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.runtime.boot import prepare_process

Floats = npt.NDArray[np.float32]


def engine_over(sources: Sources, pack: Path = modelzoo.PACK) -> PackEngine:
    """Open an engine over ``sources``, which passed lint, with the encoder of ``pack``."""
    prepare_process()
    from modelzoo.runtime.encoder import Encoder

    manifest = read_manifest(pack)
    encoder = Encoder.open(pack, manifest)
    knowledge = read_knowledge(assemble(sources).knowledge)
    known, neutral = _stored(pack)
    wanted = [phrase.lower() for _, phrase in knowledge.phrases()]
    missing = sorted({phrase for phrase in wanted if phrase not in known})
    if missing:
        known.update(zip(missing, encoder.embed(missing), strict=True))
    vectors = np.stack([known[phrase] for phrase in wanted])
    readers = (pack / SUITS).read_bytes(), (pack / URGENCY).read_bytes()
    return PackEngine(manifest, encoder, knowledge, vectors, neutral, *readers)


def _stored(pack: Path) -> tuple[dict[str, Floats], Floats]:
    """Vectors of the pack by wording, and those of the sayings that are no finding."""
    stored_knowledge: Knowledge = read_knowledge((pack / KNOWLEDGE).read_bytes())
    with np.load(io.BytesIO((pack / VECTORS).read_bytes()), allow_pickle=False) as stored:
        vectors = stored["vectors"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
        neutral = stored["neutral"].astype(np.float32)
    phrases = (phrase.lower() for _, phrase in stored_knowledge.phrases())
    return dict(zip(phrases, vectors, strict=True)), neutral
