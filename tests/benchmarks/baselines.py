"""Plain ways to a list of conditions beside the text reader, on the open worked cases, out of fold.

    python3 build/develop.py workshop -m tests.benchmarks.baselines [--pack PACK] [--told N] [--every N]

names       the encoder's vector of the text against those of the conditions' names, English and Chinese: the nearest
counting    tf-idf of words and, in Chinese, of pairs of characters; logistic regression
neighbour   the told case, or the worked case of another fold, whose gist is nearest
reader      the text reader itself, taught on the same, without findings and without prevalence

All but the first learn from the same: cases told of every condition and the worked cases of the other folds, which for
the reader count as several told ones each (for counting that was worse). Prints a table; asserts nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt

import modelzoo
from modelzoo.evidence.cases import NONE, WorkedCase, open_cases
from modelzoo.evidence.metrics import Share
from modelzoo.knowledge.model import Knowledge
from modelzoo.recipes.fusion import FOLDS, fold_of
from modelzoo.recipes.text_reader import (
    Ear,
    Heard,
    TextReaderSettings,
    hear_told,
    hear_worked,
    knowledge_of,
    learn,
    made_of,
    told_texts,
    wording_vectors,
)  # fmt: skip
from tests.benchmarks.word_counting import counted

SOURCES = Path(modelzoo.__file__).parent / "knowledge" / "sources"
DEPTHS = (1, 3, 5)
FloatArray = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lessons:
    """What there is to learn from: texts with their gists, told and worked, and the fold of every worked case."""

    told_texts: list[str]
    told: Heard
    texts: list[str]
    worked: Heard
    folds: npt.NDArray[np.int64]

    def others(self, kept: Flags) -> Heard:
        """All told cases and the worked ones that are ``kept``."""
        return self.told.joined(self.worked.part(kept))


def main() -> None:
    """Print how often each way has a right condition among the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, default=modelzoo.PACK)
    parser.add_argument("--sources", type=Path, default=SOURCES, help="what the pack's knowledge was compiled from")
    parser.add_argument("--told", type=int, default=8, help="cases told of each condition")
    parser.add_argument("--every", type=int, default=1, help="only every N-th worked case")
    options = parser.parse_args()
    settings = TextReaderSettings(told=options.told)
    cases = [case for case in open_cases() if case.expected != NONE][:: options.every]
    ear, knowledge = Ear(options.pack), knowledge_of(options.pack)
    told = list(told_texts(knowledge, options.sources, settings))
    lessons = Lessons(
        told, hear_told(ear, knowledge, options.sources, settings), [case.case.text for case in cases],
        hear_worked(ear, knowledge, cases, settings), np.array([fold_of(case.case.id) for case in cases]),
    )  # fmt: skip
    made, count = made_of(knowledge, wording_vectors(options.pack)), len(knowledge.conditions)
    ways: dict[str, Callable[[], FloatArray]] = {
        "names": lambda: by_names(ear, knowledge, lessons.texts),
        "counting": lambda: out_of_fold(lessons, lambda kept: by_counting(lessons, kept, count)),
        "neighbour": lambda: out_of_fold(lessons, lambda kept: by_neighbour(lessons, kept, count)),
        "reader": lambda: out_of_fold(lessons, lambda kept: by_reader(lessons, kept, made, settings)),
    }
    print(f"{len(cases)} worked cases, {options.told} cases told of each of {count} conditions")
    right = right_ones(cases, knowledge)
    print(f"{'':<12}" + "".join(f"in {depth:<31}" for depth in DEPTHS))
    for name, scores in ways.items():
        shares = shares_of(scores(), right)
        print(f"{name:<12}" + "".join(f"{share!s:<34}" for share in shares), flush=True)


def out_of_fold(lessons: Lessons, scored: Callable[[Flags], FloatArray]) -> FloatArray:
    """Scores of every worked case by ``scored``, which is told whom to learn from and scores the others."""
    parts = [scored(lessons.folds != fold) for fold in range(FOLDS)]
    order = np.concatenate([np.flatnonzero(lessons.folds == fold) for fold in range(FOLDS)])
    return np.asarray(np.concatenate(parts)[np.argsort(order)], dtype=np.float32)


def by_names(ear: Ear, knowledge: Knowledge, texts: list[str]) -> FloatArray:
    """Cosine between each text and the better of a condition's two names."""
    names = [[c.name[language] for c in knowledge.conditions.values()] for language in ("en", "zh")]
    near = [ear.encoder.embed(texts) @ ear.encoder.embed(those).T for those in names]
    return np.asarray(np.maximum(*near))


def by_counting(lessons: Lessons, kept: Flags, count: int) -> FloatArray:
    """Scores by the words of the text, every text counting the same."""
    worked, asked = (list(compress(lessons.texts, own)) for own in (kept, ~kept))
    return counted(lessons.told_texts + worked, lessons.others(kept).rows, asked, count)


def by_neighbour(lessons: Lessons, kept: Flags, count: int) -> FloatArray:
    """Cosine between the gist and the nearest one of each condition."""
    heard = lessons.others(kept)
    near = unit(lessons.worked.gists[~kept]) @ unit(heard.gists).T
    out = np.full((count, len(near)), -np.inf, dtype=np.float32)
    np.maximum.at(out, heard.rows, near.T)
    return out.T


def by_reader(lessons: Lessons, kept: Flags, made: FloatArray, settings: TextReaderSettings) -> FloatArray:
    """Logits of a text reader taught without the fold."""
    weights, bias = learn(lessons.others(kept), made, settings)
    return np.asarray(lessons.worked.gists[~kept] @ weights.T + bias, dtype=np.float32)


def unit(rows: FloatArray) -> FloatArray:
    """``rows`` at length 1."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def right_ones(cases: list[WorkedCase], knowledge: Knowledge) -> Flags:
    """Which conditions count as right for each case."""
    return np.array([[condition in case.right for condition in knowledge.conditions] for case in cases])


def shares_of(scores: FloatArray, right: Flags) -> list[Share]:
    """How often a right condition stands among the first, by depth; wrong ones that are as good stand before it."""
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    ranks = ((scores >= best) & ~right).sum(axis=1)
    return [Share(int((ranks < depth).sum()), len(ranks)) for depth in DEPTHS]


if __name__ == "__main__":
    main()
