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
from modelzoo.corpora.annotated import Passage
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
SAMPLES, SAMPLE_SEED = 150, 5  # complaints by which activations are evened before int8
ADAPT_EPOCHS, ADAPT_SIZE, ADAPT_MICRO = 1, 16, 2


@dataclass(frozen=True)
class Workshop:
    """``data``: the public sets; ``work``: downloads and checkpoints, outside the repository; ``sources``: the
    knowledge's records; ``minutes``: after how long a stage stops to be resumed, None for never; ``pieces``: the
    records that the vocabulary was chosen by, where the others have grown since."""

    data: Path
    work: Path
    sources: Path
    minutes: float | None = None
    pieces: Path | None = None

    def foundation(self) -> Foundation:
        self.work.mkdir(parents=True, exist_ok=True)
        return lay_foundation(self.data, self.pieces or self.sources, self.work / "packages")


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


@dataclass(frozen=True)
class Course:
    """One course of teaching or learning; the next goes on from the weights that it leaves. ``claims``: weight of
    what is claimed of a mention among the losses."""

    schedule: Schedule
    shares: Mapping[str, float]
    complaints: int = 12_000
    phrases: int = 24
    claims: float = WEIGHTS["claims"]

    def settings(self, **weights: float) -> TeachSettings:
        """``weights``: of losses by task, where they differ from the usual ones."""
        mixed = {**WEIGHTS, "claims": self.claims, **weights}
        return TeachSettings(self.schedule, Shares(self.shares), self.complaints, self.phrases, weights=mixed)


# The first courses met the sets about four times; the second ones dwell on the small sets, whose terms are rare; the
# third ones on what is claimed, with the frames written since, and on the sets that were furthest from their mark.
DWELL = {"bc5cdr": 2.0, "ncbi": 1.5, "psytar": 2.0, "maccrobat": 2.0, "cmdd": 0.5, "cmedqaner": 2.0}
FURTHEST = {**DWELL, "ncbi": 1.0, "psytar": 1.0, "cmedqaner": 3.0}
TEACHING = (
    Course(Schedule(2_800, peak_rate=2.5e-4, warm_up=200, head_rate=4.0), PER_EPOCH),
    Course(Schedule(2_200, peak_rate=2e-4, warm_up=100, head_rate=2.0), DWELL, complaints=8_000, phrases=12),
    Course(
        Schedule(900, peak_rate=1.5e-4, warm_up=60, head_rate=2.0), FURTHEST, complaints=10_000, phrases=12, claims=1.0
    ),
)
LEARNING = (
    Course(
        Schedule(2_900, peak_rate=3e-4, warm_up=300, head_rate=2.0),
        {**PER_EPOCH, "cmdd": 0.7, "cmedqaner": 2.5, "maccrobat": 1.5},
    ),
    Course(Schedule(1_100, peak_rate=2.5e-4, warm_up=60, head_rate=2.0), DWELL, complaints=8_000, phrases=24),
    Course(
        Schedule(1_100, peak_rate=2e-4, warm_up=60, head_rate=2.0), FURTHEST, complaints=10_000, phrases=24, claims=1.0
    ),
)


def teach_stage(shop: Workshop, courses: int = len(TEACHING)) -> ReaderModel:
    """The adapted base taught all tasks; each course is kept in the work folder, the first as ``teacher_1.pt``."""
    model = ReaderModel(adapt_stage(shop), len(KINDS))
    first = _go_on(shop, "teacher", model, courses)
    tokenizer = shop.foundation().tokenizer
    for number, course in enumerate(TEACHING[first:courses], start=first + 1):
        train, tune = _lessons(shop)
        settings = course.settings()
        teach(f"teacher_run_{number}", model, tokenizer, train, tune, shop.sources, settings, shop.work, shop.minutes)
        keep(model.state_dict(), shop.work / f"teacher_{number}.pt")
    return model.eval()


def learn_stage(shop: Workshop) -> ReaderModel:
    """Six layers of the teacher, distilled from it, each course from the teacher after its course of that number;
    kept in the work folder, the first course as ``student_1.pt``."""
    courses = len(LEARNING)
    teacher = teach_stage(shop, 1)
    student = cut_reader(teacher, cut_layers(teacher.encoder, KEPT_LAYERS))
    first = _go_on(shop, "student", student, courses)
    tokenizer = shop.foundation().tokenizer
    for number, course in enumerate(LEARNING[first:], start=first + 1):
        train, tune = _lessons(shop)
        teacher = teach_stage(shop, number)
        # The bank holds every rival at once; a batch's own few add nothing to it.
        settings = LearnSettings(course.settings(phrases=0.0))
        imitation = Imitation(teacher, student, settings, bank_of(teacher, tokenizer, shop.sources))
        teach(
            f"student_run_{number}", student, tokenizer, train, tune, shop.sources, settings.teach, shop.work,
            shop.minutes, losses=imitation.losses,
        )  # fmt: skip
        keep(student.state_dict(), shop.work / f"student_{number}.pt")
    return student.eval()


def _go_on(shop: Workshop, name: str, model: ReaderModel, courses: int) -> int:
    """Load what the last course that is done left, into ``model``; how many courses are done."""
    for number in range(courses, 0, -1):
        if (kept := shop.work / f"{name}_{number}.pt").exists():
            model.load_state_dict(torch.load(kept, weights_only=True))
            return number
    return 0


def _lessons(shop: Workshop) -> tuple[list[Passage], list[Passage]]:
    """The sets' training parts, and what choices are made on: their tune parts and generated complaints."""
    tune = read_part(shop.data, "tune") + ComplaintWriter(shop.sources).write(400, TUNE_SEED)
    return read_part(shop.data, "train"), tune


def export_stage(shop: Workshop, pack: Path) -> Manifest:
    """The student as int8 graph, tokenizer and manifest in the folder ``pack``; its fp32 graph stays in the work
    folder as ``encoder.fp32.onnx`` and the teacher's as ``teacher.fp32.onnx``, to be measured against."""
    teacher, student, ground = teach_stage(shop), learn_stage(shop), shop.foundation()
    export_graph(teacher.encoder, shop.work / "teacher.fp32.onnx", teacher.heads.weights())
    base = [f"{p.package}=={p.version} {p.member} sha256:{p.sha256}" for p in (BASE_WEIGHTS, BASE_TOKENIZER)]
    return export_encoder(
        student.encoder, student.heads.weights(), KINDS, ground.vocabulary.vocabulary.dumps(), pack, shop.work,
        licence="MIT", base=base, samples=[p.text for p in ComplaintWriter(shop.sources).write(SAMPLES, SAMPLE_SEED)],
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
