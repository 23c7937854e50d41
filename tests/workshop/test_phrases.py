"""Wordings of findings as the recipe reads them, and how it measures with the held-out ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from modelzoo.corpora.phrases import Phrase, read_phrases
from modelzoo.recipes.measure import agreement, link_figures


def record(folder: Path, finding: str, en: str, lay: list[str], extra: str = "") -> None:
    lines = [
        f'id = "{finding}"',
        extra,
        "[name]",
        f'en = "{en}"',
        'zh = "名"',
        "[lay]",
        f"en = {lay}".replace("'", '"'),
    ]
    (folder / f"{finding}.toml").write_text("\n".join(lines), encoding="utf-8")


def test_shared_and_retired_wordings_are_left_out(tmp_path: Path) -> None:
    record(tmp_path, "cough", "Cough", ["hacking", "Cough", "bug"])
    record(tmp_path, "fever", "Fever", ["hot", "BUG"])
    record(tmp_path, "old", "Old", ["ancient"], extra="retired = true")
    found = {(phrase.finding, phrase.text) for phrase in read_phrases(tmp_path)}
    assert found == {("cough", "Cough"), ("cough", "hacking"), ("fever", "Fever"), ("fever", "hot")}


def test_about_a_tenth_is_held_out_and_never_a_name() -> None:
    lay = [Phrase("f", "en", f"wording {number}", False) for number in range(2_000)]
    assert 150 < sum(phrase.held_out for phrase in lay) < 250
    assert not any(Phrase("f", "en", phrase.text, True).held_out for phrase in lay)
    assert Phrase("f", "en", "Wording 7", False).held_out == Phrase("g", "en", "wording 7", False).held_out


def held_out_text(prefix: str) -> str:
    return next(f"{prefix}{n}" for n in range(500) if Phrase("", "en", f"{prefix}{n}", False).held_out)


def test_link_figures_by_hand() -> None:
    right, wrong = held_out_text("right"), held_out_text("wrong")
    place = {"A": (1.0, 0.0), "B": (0.0, 1.0), "甲": (1.0, 0.0), "乙": (0.0, 1.0), right: (0.9, 0.1), wrong: (0.9, 0.1)}

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.array([place[text] for text in texts], dtype=np.float32)

    phrases = [
        Phrase("a", "en", "A", True),
        Phrase("a", "zh", "甲", True),
        Phrase("b", "en", "B", True),
        Phrase("b", "zh", "乙", True),
        Phrase("a", "en", right, False),
        Phrase("b", "en", wrong, False),
    ]
    figures = link_figures(embed, phrases)
    assert (figures["en"].count, figures["en"].first, figures["en"].in_five) == (2, 0.5, 1.0)
    assert figures["en_to_zh"].first == 0.5
    assert "zh" not in figures, "no held-out Chinese wording, no figure"


def test_agreement_takes_the_common_direction_off() -> None:
    rng = np.random.default_rng(1)
    common = np.array([50.0, 0.0, 0.0], dtype=np.float32)
    one, other = (common + rng.normal(size=(200, 3)).astype(np.float32) for _ in range(2))
    figures = agreement(one, other)
    assert figures["cosine"] > 0.99
    assert abs(figures["centred_cosine"]) < 0.3
    assert agreement(one, one)["centred_cosine"] == 1.0
