"""Wordings of findings as the recipe reads them, and how it measures with the held-out ones."""

from __future__ import annotations

from pathlib import Path

from modelzoo.corpora.phrases import Phrase, read_phrases


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
