"""What the recipe measures: does a held-out wording find its finding, and how near is the student to its teacher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from modelzoo.corpora.phrases import Phrase

FloatArray = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], FloatArray]


@dataclass(frozen=True)
class LinkFigures:
    """Held-out wordings of one language: how many, and the shares whose finding came first and among five."""

    count: int
    first: float
    in_five: float


def link_figures(embed: Embed, phrases: Sequence[Phrase]) -> dict[str, LinkFigures]:
    """Rank findings for every held-out wording by the nearest wording that is not held out.

    Keys: ``en``, ``zh``: against all wordings; ``en_to_zh``, ``zh_to_en``: against the other language alone.
    """
    known = [phrase for phrase in phrases if not phrase.held_out]
    asked = [phrase for phrase in phrases if phrase.held_out]
    if not asked:
        return {}
    near = embed([phrase.text for phrase in asked]) @ embed([phrase.text for phrase in known]).T
    findings = sorted({phrase.finding for phrase in known})
    place = {finding: index for index, finding in enumerate(findings)}
    owner = np.array([place[phrase.finding] for phrase in known])
    known_language = np.array([phrase.language for phrase in known])
    figures: dict[str, LinkFigures] = {}
    for language in ("en", "zh"):
        rows = [index for index, phrase in enumerate(asked) if phrase.language == language]
        if not rows:
            continue
        wanted = np.array([place[asked[row].finding] for row in rows])
        other = "zh" if language == "en" else "en"
        figures[language] = _figures(near[rows], wanted, owner, len(findings))
        across = known_language == other
        figures[f"{language}_to_{other}"] = _figures(near[rows][:, across], wanted, owner[across], len(findings))
    return figures


def _figures(near: FloatArray, wanted: npt.NDArray[np.int64], owner: npt.NDArray[np.int64], count: int) -> LinkFigures:
    """``near``: ``(asked, known)`` cosines; ``owner``: the finding of each known wording."""
    best = np.full((len(near), count), -2.0, dtype=np.float32)
    np.maximum.at(best, (slice(None), owner), near)
    own = best[np.arange(len(near)), wanted][:, None]
    rank = (best > own).sum(axis=1)
    return LinkFigures(len(near), round(float((rank < 1).mean()), 4), round(float((rank < 5).mean()), 4))


def agreement(student: FloatArray, teacher: FloatArray) -> dict[str, float]:
    """Nearness of two sets of vectors of the same texts: mean cosine, and with each set's own mean taken off."""

    def mean_cosine(left: FloatArray, right: FloatArray) -> float:
        lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
        return round(float(((left * right).sum(axis=1) / lengths).mean()), 4)

    centred = mean_cosine(student - student.mean(axis=0), teacher - teacher.mean(axis=0))
    return {"cosine": mean_cosine(student, teacher), "centred_cosine": centred}
