"""What each ingredient brings: short runs on a tenth of the data, chosen by hash, one seed, scored on the tune parts.

Each row changes one thing of the recipe. The figures compare rows of one table with each other; they say nothing of the
model that ships, which is taught on all of the data and far longer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from transformers import BertModel

from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.complaints import ComplaintWriter
from modelzoo.corpora.pieces import KINDS
from modelzoo.corpora.score import score
from modelzoo.corpora.sets import read_part
from modelzoo.recipes.bert import cut_layers
from modelzoo.recipes.learn import KEPT_LAYERS, Imitation, LearnSettings, cut_reader
from modelzoo.recipes.learn import WEIGHTS as IMITATED
from modelzoo.recipes.lora import add_lora, merge_lora
from modelzoo.recipes.mixture import Shares
from modelzoo.recipes.reader_model import ReaderModel
from modelzoo.recipes.run import Schedule
from modelzoo.recipes.stages import TUNE_SEED, Workshop, adapt_stage, bank_of, teach_stage
from modelzoo.recipes.teach import PER_EPOCH, WEIGHTS, TeachSettings, listen_with, teach

ONE_IN = 10
STEPS = 240
SCHEDULE = Schedule(STEPS, peak_rate=3e-4, warm_up=30, head_rate=4.0)
COMPLAINTS = 900


@dataclass(frozen=True)
class Trial:
    """One row: whose layers are taught (``base``: not adapted; ``adapted``; ``student``: cut from the teacher), with
    what, and which imitations are left out."""

    start: str
    settings: TeachSettings
    left_out: tuple[str, ...] = ()
    lora: int = 0


_PLAIN = TeachSettings(SCHEDULE, Shares(PER_EPOCH, ONE_IN), complaints=COMPLAINTS)
_LEARN = replace(_PLAIN, weights={**WEIGHTS, "phrases": 0.0})
TRIALS: Mapping[str, Trial] = {
    "teacher": Trial("adapted", _PLAIN),
    "teacher, base not adapted": Trial("base", _PLAIN),
    "teacher, no generated complaints": Trial("adapted", replace(_PLAIN, complaints=0)),
    "teacher, label smoothing 0.1": Trial("adapted", replace(_PLAIN, smoothing=0.1)),
    "teacher, adversarial 0.5": Trial("adapted", replace(_PLAIN, adversarial=0.5)),
    "teacher, LoRA of rank 16": Trial("adapted", _PLAIN, lora=16),
    "student": Trial("student", _LEARN),
    "student, labels alone": Trial("student", _PLAIN, tuple(name for name in IMITATED if name != "labels")),
    **{f"student, without {name}": Trial("student", _LEARN, (name,)) for name in IMITATED},
}


def ablate(shop: Workshop, only: list[str] | None = None) -> dict[str, dict[str, float]]:
    """Run the trials that were not run yet; the figures of each stay in the work folder."""
    path = shop.work / "ablation.json"
    done: dict[str, dict[str, float]] = json.loads(path.read_text()) if path.exists() else {}
    train, tune = read_part(shop.data, "train"), read_part(shop.data, "tune")
    tune += ComplaintWriter(shop.sources).write(400, TUNE_SEED)
    for name, trial in TRIALS.items():
        if name not in done and (not only or name in only):
            done[name] = _run(shop, name, trial, train, tune)
            partial = path.with_suffix(".partial")
            partial.write_text(json.dumps(done, indent=1))
            partial.rename(path)
    return done


def _run(shop: Workshop, name: str, trial: Trial, train: list[Passage], tune: list[Passage]) -> dict[str, float]:
    model, losses = _start(shop, trial)
    if trial.lora:
        add_lora(model, trial.lora)
    tokenizer = shop.foundation().tokenizer
    run = "trial_" + "".join(c if c.isalnum() else "_" for c in name)
    teach(run, model, tokenizer, train, [], shop.sources, trial.settings, shop.work, shop.minutes, losses=losses)
    if trial.lora:
        merge_lora(model)
    (shop.work / f"{run}.pt").unlink()
    return score(listen_with(model.eval()), tokenizer, tune).flat()


def _start(shop: Workshop, trial: Trial) -> tuple[ReaderModel, Callable | None]:  # type: ignore[type-arg]
    if trial.start != "student":
        base: BertModel = shop.foundation().base if trial.start == "base" else adapt_stage(shop)
        return ReaderModel(base, len(KINDS)), None
    teacher = teach_stage(shop)
    student = cut_reader(teacher, cut_layers(teacher.encoder, KEPT_LAYERS))
    weights = {name: 0.0 if name in trial.left_out else weight for name, weight in IMITATED.items()}
    bank = bank_of(teacher, shop.foundation().tokenizer, shop.sources) if weights["bank"] else None
    return student, Imitation(teacher, student, LearnSettings(trial.settings, weights), bank).losses
