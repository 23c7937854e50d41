"""Readers of the public sets, on texts of our own in the sets' forms; and the complaints that the knowledge becomes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import CorpusError, Passage, dump, in_tune, load, without_repeats
from modelzoo.corpora.chinese import UNSETTLED, read_cmdd, read_cmedqaner, read_cmeee
from modelzoo.corpora.complaints import COMPLAINT_KINDS, ComplaintWriter
from modelzoo.corpora.english import PROBLEM, read_iob, read_maccrobat
from modelzoo.corpora.frames import VOICES, read_frames
from modelzoo.corpora.told_cases import MOST_FINDINGS, CaseTeller
from modelzoo.corpora.wording_pool import slot_of
from modelzoo.knowledge.reader import read_knowledge

SOURCES = Path(__file__).parents[2] / "modelzoo" / "knowledge" / "sources"
KINDS = frozenset(("psytar.adr", "psytar.di"))


def spans(passage: Passage) -> list[tuple[str, str]]:
    return [(passage.text[m.start : m.end], m.kind) for m in passage.mentions]


def test_iob_sentences_are_joined_as_written(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("My\tO\nhead\tB-ADR\nhurts\tI-ADR\n,\tO\nbadly\tO\n.\tO\n\nfor\tO\npanic\tB-DI\n", encoding="utf-8")
    first, second = read_iob(path, "psytar", KINDS)
    assert first.text == "My head hurts, badly."
    assert spans(first) == [("head hurts", "psytar.adr"), ("head hurts", PROBLEM)]
    assert spans(second) == [("panic", "psytar.di"), ("panic", PROBLEM)]
    assert first.kinds == KINDS | {PROBLEM}


@pytest.mark.parametrize("bad", ["head B-ADR\n", "head\tB-XYZ\n", "head\tADR\n"])
def test_a_bad_label_names_file_and_line(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "train.txt"
    path.write_text("ok\tO\n" + bad, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"train\.txt:2: expected a token, a tab and an IOB label"):
        list(read_iob(path, "psytar", KINDS))


def test_a_missing_set_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file; give the folder"):
        list(read_cmdd(tmp_path / "cmdd.train.jsonl"))


def test_case_reports_carry_what_is_denied(tmp_path: Path) -> None:
    text = "She had no fever.\nHer aunt had a goitre."
    report = {
        "id": "1", "text": text, "attributes": [["POLARITY", "E1", "NEG"]],
        "relations": [["EVENT", "E1", "Sign_symptom:T1"]],
        "entities": [
            {"id": "T1", "label": "Sign_symptom", "spans": [[11, 16]], "text": "fever"},
            {"id": "T2", "label": "Family_history", "spans": [[18, 39]], "text": "..."},
            {"id": "T3", "label": "Disease_disorder", "spans": [[33, 39]], "text": "goitre"},
        ],
    }  # fmt: skip
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(report) + "\n", encoding="utf-8")
    first, second = read_maccrobat(path)
    assert spans(first)[0] == ("fever", "maccrobat.sign_symptom")
    assert first.mentions[0].claims == (Assertion.ABSENT,)
    goitre = next(m for m in second.mentions if m.kind == PROBLEM)
    assert second.text[goitre.start : goitre.end] == "goitre"
    assert goitre.claims == (Assertion.FAMILY,)


def test_dialogue_turns_keep_offsets_behind_the_speaker(tmp_path: Path) -> None:
    turns = [
        {"speaker": "患者", "sentence": "咳三天，不烧", "label": "BOOOOB", "type": ["1", "2"]},
        {"speaker": "医生", "sentence": "喘吗", "label": "IO", "type": ["3"]},
    ]
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"example-id": "7", "dialogue-content": turns}) + "\n", encoding="utf-8")
    first, second = read_cmdd(path)
    assert spans(first) == [("咳", "cmdd.symptom"), ("咳", PROBLEM), ("烧", "cmdd.symptom"), ("烧", PROBLEM)]
    assert [m.claims for m in first.mentions[::2]] == [(Assertion.PRESENT,), (Assertion.ABSENT,)]
    assert second.mentions[0].claims == UNSETTLED
    path.write_text(json.dumps({"example-id": "7"}) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"d\.jsonl:1: not a dialogue"):
        list(read_cmdd(path))


def test_offsets_that_are_off_are_found_again(tmp_path: Path) -> None:
    mention = {"mention": "胃痛", "offset": "9", "type": "symptom"}
    path = tmp_path / "q.json"
    path.write_text(json.dumps({"text": "最近总是胃痛怎么办呢", "mention_data": [mention]}) + "\n", encoding="utf-8")
    (question,) = read_cmedqaner(path)
    assert spans(question) == [("胃痛", "cmedqaner.symptom"), ("胃痛", PROBLEM)]


def test_nested_textbook_mentions_and_their_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("小儿肺炎少见|||2    3    dis|||2    2    bod|||\n坏的|||x    1    dis|||\n", encoding="utf-8")
    reader = read_cmeee(path)
    assert spans(next(reader)) == [("肺炎", "cmeee.dis"), ("肺", "cmeee.bod")]
    with pytest.raises(CorpusError, match=r"t\.txt:2: expected first, last and kind"):
        next(reader)


def test_what_is_held_out_is_not_trained_on() -> None:
    def passage(text: str) -> Passage:
        return Passage("s", "g", "en", text, frozenset())

    train = [passage("The Same sentence here."), passage("yes"), passage("another one altogether")]
    kept = list(without_repeats(train, [passage("the same  sentence here."), passage("yes")]))
    assert [p.text for p in kept] == ["yes", "another one altogether"]  # what is short is said by everybody
    shares = sum(in_tune(Passage("s", str(n), "en", "", frozenset())) for n in range(2_000))
    assert 150 < shares < 250


def test_passages_survive_a_file(tmp_path: Path) -> None:
    written = ComplaintWriter(SOURCES).write(20, seed=5)
    path = tmp_path / "p.jsonl"
    path.write_text("\n".join(map(dump, written)), encoding="utf-8")
    assert load(path) == written
    path.write_text('{"text": "a"}', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"p\.jsonl:1: not a passage"):
        load(path)


def test_complaints_are_labelled_where_their_words_stand() -> None:
    written = ComplaintWriter(SOURCES).write(400, seed=11)
    assert written == ComplaintWriter(SOURCES).write(400, seed=11)
    claims = {c for p in written for m in p.mentions for c in m.claims}
    assert claims == set(Assertion)
    for passage in written:
        assert passage.kinds == COMPLAINT_KINDS
        for mention in passage.mentions:
            words = passage.text[mention.start : mention.end]
            assert words == words.strip()
            assert words
        for link in passage.attachments:
            assert passage.mentions[link.problem].kind in (PROBLEM, "clinic.background")
    assert written[0].text != ComplaintWriter(SOURCES).write(1, seed=11, epoch=1)[0].text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_voice_has_frames_for_every_claim(language: str) -> None:
    book = read_frames(language)
    assert set(book.sentences) == {(voice, claim) for voice in VOICES for claim in Assertion}
    assert sum(len(frames) for frames in book.sentences.values()) > 200


@pytest.mark.parametrize(("text", "slot"), [("cannot sleep", "v"), ("chest hurts", "s"), ("sore throat", "n")])
def test_wordings_go_where_they_fit(text: str, slot: str) -> None:
    assert slot_of(text, "en") == slot


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_told_case_shows_its_own_condition(language: str) -> None:
    knowledge = read_knowledge((SOURCES.parents[1] / "packs" / "assessment" / "knowledge.json").read_bytes())
    teller, condition = CaseTeller(SOURCES, knowledge), "community_acquired_pneumonia"
    record = knowledge.conditions[condition]
    own = {*record.findings, *record.risk_factors}
    cases = [teller.tell(condition, language, np.random.default_rng([3, n])) for n in range(40)]
    assert cases == [teller.tell(condition, language, np.random.default_rng([3, n])) for n in range(40)]
    for case in cases:
        claimed = [m.finding for m in case.mentions if m.claims == (Assertion.PRESENT,)]
        assert own.intersection(claimed)
        assert len(own.intersection(claimed)) <= MOST_FINDINGS + 2
    shown = [m.finding for case in cases for m in case.mentions if m.claims == (Assertion.PRESENT,)]
    assert sum(finding in own for finding in shown) > 0.5 * len(shown)
    assert shown.count("cough") > shown.count("haemoptysis")
