"""The stages of the reading model, each one command that resumes: adapt the base, teach it, distil, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from modelzoo.contract.manifest import Manifest
from modelzoo.corpora.complaints import ComplaintWriter
from modelzoo.corpora.phrases import read_phrases
from modelzoo.corpora.pieces import KINDS
from modelzoo.corpora.sets import read_part
from modelzoo.export.encoder import export_encoder
from modelzoo.export.graph import export_graph
from modelzoo.recipes.adapt import adapt, blocks_of
from modelzoo.recipes.bert import cut_layers
from modelzoo.recipes.foundation import Foundation, lay_foundation, reading_matter
from modelzoo.recipes.learn import KEPT_LAYERS, Imitation, LearnSettings, cut_reader
from modelzoo.recipes.mixture import Shares
from modelzoo.recipes.packages import BASE_TOKENIZER, BASE_WEIGHTS
from modelzoo.recipes.phrase_bank import PhraseBank
from modelzoo.recipes.phrase_batches import PhraseSource
from modelzoo.recipes.reader_model import ReaderModel
from modelzoo.recipes.run import Schedule
from modelzoo.recipes.teach import PER_EPOCH, WEIGHTS, TeachSettings, teach
from modelzoo.recipes.wordings import embed

TUNE_SEED = 97  # of the generated complaints on which choices are made; training's are of other seeds
ADAPT_EPOCHS, ADAPT_SIZE, ADAPT_MICRO = 1, 16, 2


@dataclass(frozen=True)
class Workshop:
    """``data``: the public sets; ``work``: downloads and checkpoints, outside the repository; ``sources``: the
    knowledge's records; ``minutes``: after how long a stage stops to be resumed, None for never."""

    data: Path
    work: Path
    sources: Path
    minutes: float | None = None

    def foundation(self) -> Foundation:
        self.work.mkdir(parents=True, exist_ok=True)
        return lay_foundation(self.data, self.sources, self.work / "packages")


def adapt_stage(shop: Workshop) -> BertModel:
    """The base after masked language modelling; kept in the work folder as ``adapted.pt``."""
    ground = shop.foundation()
    done = shop.work / "adapted.pt"
    if done.exists():
        ground.base.load_state_dict(torch.load(done, weights_only=True))
        return ground.base
    blocks = blocks_of(reading_matter(ground.tokenizer, shop.data, shop.sources))
    steps = ADAPT_EPOCHS * len(blocks) // (ADAPT_SIZE * ADAPT_MICRO)
    schedule = Schedule(steps, peak_rate=2e-4, warm_up=steps // 10, micro_batches=ADAPT_MICRO)
    adapt(ground.base, ground.mask_row, blocks, schedule, ADAPT_SIZE, shop.work, shop.minutes)
    keep(ground.base.state_dict(), done)
    return ground.base


TEACH_STEPS = 2_800


def teach_stage(shop: Workshop) -> ReaderModel:
    """The adapted base taught all tasks; kept in the work folder as ``teacher.pt``."""
    adapted, done = adapt_stage(shop), shop.work / "teacher.pt"
    model = ReaderModel(adapted, len(KINDS))
    if done.exists():
        model.load_state_dict(torch.load(done, weights_only=True))
        return model.eval()
    schedule = Schedule(TEACH_STEPS, peak_rate=2.5e-4, warm_up=200, head_rate=4.0)
    train, tune = read_part(shop.data, "train"), read_part(shop.data, "tune")
    tune += ComplaintWriter(shop.sources).write(400, TUNE_SEED)
    tokenizer = shop.foundation().tokenizer
    teach("teacher_run", model, tokenizer, train, tune, shop.sources, TeachSettings(schedule), shop.work, shop.minutes)
    keep(model.state_dict(), done)
    return model.eval()


LEARN_STEPS = 2_900
LEARN_SHARES = {**PER_EPOCH, "cmdd": 0.7, "cmedqaner": 2.5, "maccrobat": 1.5}


def learn_stage(shop: Workshop) -> ReaderModel:
    """Six layers of the teacher, distilled from it; kept in the work folder as ``student.pt``."""
    teacher, done = teach_stage(shop), shop.work / "student.pt"
    student = cut_reader(teacher, cut_layers(teacher.encoder, KEPT_LAYERS))
    if done.exists():
        student.load_state_dict(torch.load(done, weights_only=True))
        return student.eval()
    schedule = Schedule(LEARN_STEPS, peak_rate=3e-4, warm_up=300, head_rate=2.0)
    train, tune = read_part(shop.data, "train"), read_part(shop.data, "tune")
    tune += ComplaintWriter(shop.sources).write(400, TUNE_SEED)
    # The bank holds every rival at once; a batch's own few add nothing to it.
    settings = LearnSettings(TeachSettings(schedule, Shares(LEARN_SHARES), weights={**WEIGHTS, "phrases": 0.0}))
    tokenizer = shop.foundation().tokenizer
    imitation = Imitation(teacher, student, settings, bank_of(teacher, tokenizer, shop.sources))
    teach(
        "student_run", student, tokenizer, train, tune, shop.sources, settings.teach, shop.work, shop.minutes,
        losses=imitation.losses,
    )  # fmt: skip
    keep(student.state_dict(), done)
    return student.eval()


def export_stage(shop: Workshop, pack: Path) -> Manifest:
    """The student as int8 graph, tokenizer and manifest in the folder ``pack``; its fp32 graph stays in the work
    folder as ``encoder.fp32.onnx`` and the teacher's as ``teacher.fp32.onnx``, to be measured against."""
    teacher, student, ground = teach_stage(shop), learn_stage(shop), shop.foundation()
    export_graph(teacher.encoder, shop.work / "teacher.fp32.onnx", teacher.heads.weights())
    base = [f"{p.package}=={p.version} {p.member} sha256:{p.sha256}" for p in (BASE_WEIGHTS, BASE_TOKENIZER)]
    return export_encoder(
        student.encoder, student.heads.weights(), KINDS, ground.vocabulary.vocabulary.dumps(), pack, shop.work,
        licence="MIT", base=base,
    ).manifest  # fmt: skip


def bank_of(model: ReaderModel, tokenizer: Tokenizer, sources: Path) -> PhraseBank:
    """All wordings of the knowledge that are not held out, as ``model`` sees them."""
    wordings = PhraseSource(tokenizer, read_phrases(sources / "findings")).wordings
    vectors = embed(model.encoder, tokenizer, [text.lower() for _, text in wordings])
    return PhraseBank(vectors, [finding for finding, _ in wordings])


def keep(state: Mapping[str, Tensor], path: Path) -> None:
    """Write whole or not at all."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.rename(path)
