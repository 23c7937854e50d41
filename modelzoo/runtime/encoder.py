"""The shipped sentence encoder: text to vector, on ONNX Runtime. Imported only after ``boot.prepare_process``."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from modelzoo.contract.errors import ArtefactCorrupt
from modelzoo.contract.manifest import Manifest
from modelzoo.runtime.artefacts import verify_artefact
from modelzoo.runtime.device import Device, open_session
from modelzoo.runtime.listening import OUTPUTS, Heard, listen

ENCODER_NAME = "encoder.onnx"
TOKENIZER_NAME = "tokenizer.json"
CACHED_VECTORS = 4_096
# Beyond this no more than the first pieces can matter, and the tokenizer need not read 200,000 characters.
MAX_CHARACTERS = 4_000

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class SelfCheck:
    """Golden inputs on this processor: the worst cosine to the expected vectors and the least that is allowed."""

    ok: bool
    inputs: int
    worst_cosine: float
    min_cosine: float
    device: str
    message: str


class Encoder:
    """Sentence vectors of length 1. Safe to call from several threads; the same text always gives the same vector.

    Each text runs by itself: dynamic int8 takes its scale from the whole batch, so in company a text's vector would
    depend on its neighbours, and a cached vector would differ from a fresh one.
    """

    def __init__(self, session: Any, tokenizer: Tokenizer, manifest: Manifest, device: Device) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._manifest = manifest
        # Windows of a long text are cut by the listener; a second tokenizer leaves the truncating one alone.
        self._whole = Tokenizer.from_str(tokenizer.to_str())
        self._whole.no_truncation()
        self._vectors: OrderedDict[str, FloatArray] = OrderedDict()
        self._lock = threading.Lock()
        self.chosen = device

    @classmethod
    def open(cls, pack: Path, manifest: Manifest) -> Encoder:
        """The encoder of the pack in the folder ``pack``, its two files verified first.

        Raises ``ArtefactMissing`` or ``ArtefactCorrupt``; there is no other model to fall back to.
        """
        model = verify_artefact(pack, manifest.artefact(ENCODER_NAME))
        pieces = verify_artefact(pack, manifest.artefact(TOKENIZER_NAME))
        try:
            tokenizer = Tokenizer.from_str(pieces.read_text(encoding="utf-8"))
        except Exception as error:  # the tokenizers library raises the bare base class
            raise ArtefactCorrupt(
                f"The file {TOKENIZER_NAME} of the assessment pack cannot be opened; please install the pack again.",
                data={"name": TOKENIZER_NAME},
            ) from error
        tokenizer.enable_truncation(manifest.encoder.max_tokens)
        tokenizer.no_padding()
        session, device = open_session(model)
        _check_together(manifest, tokenizer, session)
        return cls(session, tokenizer, manifest, device)

    @property
    def device(self) -> str:
        """``cuda`` or ``cpu``; ``chosen.because`` says why."""
        return self.chosen.name

    @property
    def width(self) -> int:
        """Numbers in one vector."""
        return self._manifest.encoder.width

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of ``texts``, shape ``(len(texts), width)``, fp32, each of length 1.

        A text is read up to ``max_tokens`` pieces. A text without any piece gets the vector of the empty text.
        """
        vectors = np.empty((len(texts), self.width), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text[:MAX_CHARACTERS])
        return vectors

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of spans that the heads know, in the order of what is heard."""
        return self._manifest.encoder.kinds

    def hear(self, text: str) -> Heard:
        """What the heads say of every unit of ``text``."""
        # One code point for one: a lone surrogate cannot be written as UTF-8, and offsets must stay right.
        sound = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        return listen(self._session.run, self._whole, sound, len(self.kinds), self._manifest.encoder.max_tokens)

    def count_tokens(self, text: str) -> int:
        """Pieces of ``text`` after truncation, the two special ones counted."""
        return len(self._ids(text[:MAX_CHARACTERS]))

    def knows_word(self, word: str) -> bool:
        """Whether a lower-case word is one piece of the vocabulary, which misspelt words are not."""
        return self._tokenizer.token_to_id("\u2581" + word) is not None

    def self_check(self) -> SelfCheck:
        """Run the manifest's golden inputs on this processor, past the cache."""
        worst = 1.0
        for golden in self._manifest.golden:
            expected = np.asarray(golden.vector, dtype=np.float32)
            found = self._run(golden.text)
            cosine = float(found @ expected / (np.linalg.norm(found) * np.linalg.norm(expected)))
            # A NaN compares false with everything, so it is turned into the worst there is.
            worst = min(worst, cosine if np.isfinite(cosine) else -1.0)
        least = self._manifest.golden_min_cosine
        ok = bool(self._manifest.golden) and worst >= least
        verdict = "gives the expected results" if ok else "does NOT give the expected results"
        message = (
            f"The encoder {verdict} on this processor (worst agreement {worst:.4f}, at least {least:.4f} is needed)."
        )
        return SelfCheck(ok, len(self._manifest.golden), worst, least, self.device, message)

    def _vector(self, text: str) -> FloatArray:
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        vector = self._run(text)
        with self._lock:
            self._vectors[text] = vector
            if len(self._vectors) > CACHED_VECTORS:
                self._vectors.popitem(last=False)
        return vector

    def _ids(self, text: str) -> list[int]:
        # Lone surrogates cannot be written as UTF-8, which is what the tokenizer takes.
        sound = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(sound).ids
        return ids

    def _run(self, text: str) -> FloatArray:
        ids = np.array([self._ids(text)], dtype=np.int64)
        outputs = self._session.run(["sentence_vector"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: FloatArray = np.asarray(outputs[0][0], dtype=np.float32)
        return vector


def _check_together(manifest: Manifest, tokenizer: Tokenizer, session: Any) -> None:
    """Raises ``ArtefactCorrupt`` where graph, tokenizer and manifest are not of one making."""
    shape = manifest.encoder
    widths = {output.name: output.shape[-1] for output in session.get_outputs()}
    wanted = {"sentence_vector": shape.width, "token_states": shape.width, "spans": 3 * len(shape.kinds)}
    fits = all(widths.get(name) == width for name, width in wanted.items()) and set(OUTPUTS) <= set(widths)
    if not fits or tokenizer.get_vocab_size() != shape.pieces:
        raise ArtefactCorrupt(
            f"The files {ENCODER_NAME} and {TOKENIZER_NAME} of the assessment pack do not belong together; "
            "please install the pack again.",
            data={"name": ENCODER_NAME},
        )
