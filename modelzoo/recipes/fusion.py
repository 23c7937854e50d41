"""Joins the two readers of a case: by how much each kind of ground counts, fitted to the open worked cases.

Everything that is reported is out of fold: a fifth of the cases, chosen by the hash of their id, is scored by a text
reader and by shares that never met it. What goes into the pack is then fitted to all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from modelzoo.engine import URGENCY, PackEngine
from modelzoo.evidence.calibration import auroc, brier_score, expected_calibration_error
from modelzoo.evidence.cases import LEVELS as TRIAGE
from modelzoo.evidence.cases import NONE, WorkedCase, open_cases
from modelzoo.evidence.metrics import Share
from modelzoo.export.pack import write_manifest
from modelzoo.knowledge.model import Knowledge
from modelzoo.reasoning.text_reader import stored_bytes
from modelzoo.reasoning.urgency_reader import stored_bytes as urgency_bytes
from modelzoo.reasoning.urgency_reader import untaught
from modelzoo.recipes.text_reader import (
    FILE,
    Ear,
    Heard,
    TextReaderSettings,
    hear_told,
    hear_worked,
    knowledge_of,
    learn,
    made_of,
    teach_text_reader,
    wording_vectors,
)  # fmt: skip
from modelzoo.recipes.urgency import Limits, chances_of, curve, gist_layer, limits_of, mix_layer
from modelzoo.understanding.gist import PARTS

Floats = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
FOLDS = 5
SHARES = ("prior", "present", "absent", "unsaid", "text", "none_of_these")
READERS: Mapping[str, tuple[str, ...]] = {
    "findings alone": ("prior", "present", "absent", "unsaid", "none_of_these"),
    "text alone": ("prior", "text", "none_of_these"),
    "joined": SHARES,
}
_NEVER, _RIDGE, _USUAL = -40.0, 1e-3, 0.5


@dataclass(frozen=True)
class Trial:
    """``grounds`` ``(cases, conditions + 1, len(SHARES))`` at full value, the last row for none of them; ``right`` of
    the same shape without the last axis; for each case its ``folds``, the triage ``levels`` by rules and findings
    alone, and whether a ``single`` finding is all there is."""

    grounds: Tensor
    right: Tensor
    folds: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]
    single: npt.NDArray[np.bool_]


def fold_of(case: str) -> int:
    """The fold of a case, by its id."""
    return hashlib.sha256(f"fold:{case}".encode()).digest()[0] % FOLDS


def join(pack: Path, sources: Path, settings: TextReaderSettings | None = None) -> str:
    """Teach the text reader of ``pack`` and fit the shares; a table of both, and the shares to be entered into
    ``numbers.toml``. The knowledge of ``pack`` was compiled from ``sources``."""
    settings, cases = settings or TextReaderSettings(), open_cases()
    ear, knowledge = Ear(pack), knowledge_of(pack)
    (pack / FILE).write_bytes(stored_bytes([], np.zeros((0, 0), np.float32), np.zeros(0, np.float32)))
    (pack / URGENCY).write_bytes(urgency_bytes(*untaught(PARTS * ear.encoder.width)))
    write_manifest(pack)
    worked = hear_worked(ear, knowledge, cases, settings)
    told = hear_told(ear, knowledge, sources, settings)
    folds = np.array([fold_of(case.case.id) for case in cases])
    text = _text_weights(pack, told, worked, folds, settings, knowledge.numbers["scoring"]["text_strongest"])
    trial = _trial(PackEngine.open(pack), list(knowledge.conditions), cases, text, folds)
    lines = [report(name, trial, used) for name, used in READERS.items()]
    lines += [f"shares, {name}: {_shares(trial, counts)}" for name, counts in _samplings(knowledge, cases).items()]
    limits = limits_of(cases)
    weights, bias = gist_layer(told, knowledge, worked.gists, limits)
    mix, table = _urgency(trial, told, worked, limits, knowledge)
    (pack / URGENCY).write_bytes(urgency_bytes(weights, bias, mix))
    teach_text_reader(pack, told, worked.part(worked.rows >= 0), settings)
    return "\n".join([*lines, table])


def _urgency(trial: Trial, told: Heard, worked: Heard, limits: Limits, knowledge: Knowledge) -> tuple[FloatArray, str]:
    """How the urgency reader mixes what it is given, and, out of fold, under- against over-triage."""
    numbers, folds = knowledge.numbers, trial.folds
    usual = {**numbers["joined"], "none_of_these": float(np.log(numbers["joined"]["none_of_these"]))}
    posterior = (trial.grounds @ torch.tensor([usual[name] for name in SHARES])).softmax(1).numpy()[:, :-1]
    urgency = np.array([c.urgency for c in knowledge.conditions.values()])
    at_once, today = posterior[:, urgency == "emergency"].sum(1), posterior[:, urgency == "urgent"].sum(1)
    probabilities = np.stack([at_once, at_once + today], axis=1).astype(np.float64)
    scores = np.zeros((len(folds), 2), dtype=np.float32)
    for fold in range(FOLDS):
        kept = folds != fold
        weights, bias = gist_layer(told, knowledge, worked.gists[kept], limits.part(kept))
        scores[~kept] = worked.gists[~kept] @ weights.T + bias
    chances = np.zeros((len(folds), 2))
    for fold in range(FOLDS):
        kept = folds != fold
        mix = mix_layer(probabilities[kept], scores[kept], limits.part(kept))
        chances[~kept] = chances_of(probabilities[~kept], scores[~kept], mix)
    table = curve(chances, trial.levels, limits, np.where(trial.single, numbers["triage"]["single_more"], 0.0))
    return mix_layer(probabilities, scores, limits), table


def _text_weights(
    pack: Path, told: Heard, worked: Heard, folds: npt.NDArray[np.int64], settings: TextReaderSettings,
    strongest: float,
) -> Floats:  # fmt: skip
    """What text readers that never met a case say of it, ``(cases, conditions)``."""
    knowledge = knowledge_of(pack)
    made = made_of(knowledge, wording_vectors(pack))
    out = np.zeros((len(folds), len(made)))
    for fold in range(FOLDS):
        weights, bias = learn(told.joined(worked.part((folds != fold) & (worked.rows >= 0))), made, settings)
        logits = (worked.gists[folds == fold] @ weights.T + bias).astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        out[folds == fold] = logits - np.log(np.exp(logits).mean(axis=1, keepdims=True))
    return np.clip(out, -strongest, strongest)


def _trial(
    engine: PackEngine, conditions: Sequence[str], cases: Sequence[WorkedCase], text: Floats,
    folds: npt.NDArray[np.int64],
) -> Trial:  # fmt: skip
    rows = {condition: row for row, condition in enumerate(conditions)}
    grounds = np.zeros((len(cases), len(rows) + 1, len(SHARES)), dtype=np.float32)
    right = np.zeros(grounds.shape[:2], dtype=bool)
    levels, single = np.zeros(len(cases), dtype=np.int64), np.zeros(len(cases), dtype=bool)
    for number, worked in enumerate(cases):
        weighed = engine.weigh(worked.case)
        found, own = weighed.grounds, grounds[number]
        levels[number] = TRIAGE.index(str(engine.urgency_by_findings(weighed)))
        single[number] = len(weighed.state.present) < 2
        own[:-1, 0] = np.maximum(found.prior, _NEVER)
        for finding, weights in found.parts.items():
            own[:-1, 1 if found.signs[finding] else 2] += weights
        own[:-1, 3], own[:-1, 4] = found.unsaid, text[number]
        own[-1, 1], own[-1, 5] = found.other, 1.0
        right[number, [rows[r] for r in worked.right] if worked.expected != NONE else [-1]] = True
    return Trial(torch.from_numpy(grounds), torch.from_numpy(right), folds, levels, single)


def _samplings(knowledge: Knowledge, cases: Sequence[WorkedCase]) -> dict[str, FloatArray]:
    """How much each case counts where cases are drawn evenly, and where as often as their condition is met."""
    known = [c.expected != NONE for c in cases]
    met = np.array(
        [knowledge.conditions[c.expected].prevalence if k else 0.0 for c, k in zip(cases, known, strict=True)]
    )
    by_prevalence = np.where(known, met / met[known].mean(), 1.0)
    return {"evenly": np.ones(len(cases), np.float32), "by prevalence": by_prevalence.astype(np.float32)}


def _shares(trial: Trial, counts: FloatArray) -> str:
    found = dict(zip(SHARES, fit(trial, np.ones(len(counts), dtype=bool), SHARES, counts).tolist(), strict=True))
    found["none_of_these"] = float(np.exp(found["none_of_these"]))
    return ", ".join(f"{name} = {value:.3g}" for name, value in found.items())


def fit(trial: Trial, chosen: npt.NDArray[np.bool_], used: Sequence[str], counts: FloatArray | None = None) -> Tensor:
    """Shares ``(len(SHARES),)`` under which the right answers of the ``chosen`` cases are likeliest (conditional
    logit); those not ``used`` are 0. The last is a log odds. ``counts``: how much each chosen case counts."""
    mask = torch.tensor([float(name in used) for name in SHARES])
    shares = torch.tensor([_USUAL] * (len(SHARES) - 1) + [0.0], requires_grad=True)
    grounds, right = trial.grounds[chosen], trial.right[chosen]
    weight = torch.ones(len(right)) if counts is None else torch.from_numpy(counts)
    optimiser = torch.optim.LBFGS([shares], max_iter=80)

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = grounds @ (shares * mask)
        missed = scores.logsumexp(1) - scores.masked_fill(~right, -1e9).logsumexp(1)
        total = (missed * weight).mean() + _RIDGE * (shares[:-1] - _USUAL).square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    return (shares * mask).detach()


def report(name: str, trial: Trial, used: Sequence[str]) -> str:
    """One reader out of fold: how often right, how far its probabilities can be believed, whether it knows when it is
    none of them."""
    chances = torch.zeros(trial.right.shape)
    for fold in range(FOLDS):
        own = trial.folds == fold
        chances[own] = (trial.grounds[own] @ fit(trial, ~own, used)).softmax(1)
    listed, right = chances[:, :-1], trial.right[:, :-1]
    none = trial.right[:, -1].numpy()
    best = listed.masked_fill(~right, -1.0).max(1).values
    ranks = (listed > best[:, None]).sum(1)[torch.from_numpy(~none)]
    said, top = listed.max(1)
    came = right[torch.arange(len(right)), top].numpy()
    shares = [f"in {k} {Share(int((ranks < k).sum()), len(ranks))}" for k in (1, 3, 5, 20)]
    sure = f"calibration error {expected_calibration_error(said.tolist(), came):.3f}"
    brier = f"Brier {brier_score(said.tolist(), came):.3f}"
    aside = f"none of these, AUROC {auroc(chances[:, -1].tolist(), none):.3f}"
    return "\n  ".join([name, *shares, f"{sure}, {brier}", aside])
