"""Readers of the Chinese sets: CMDD (dialogues), cMedQANER (questions), CMeEE (textbooks), cMedIC (short queries)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import CorpusError, Mention, Passage, lines_of, share_of
from modelzoo.corpora.english import PROBLEM

_SPEAKERS = {"医生": "医生：", "患者": "患者："}
# The set's third class holds whatever is not settled: asked, wondered about, possible, or somebody else's.
UNSETTLED = (Assertion.POSSIBLE, Assertion.HYPOTHETICAL, Assertion.HISTORICAL, Assertion.FAMILY)
_STATUS = {"1": (Assertion.PRESENT,), "2": (Assertion.ABSENT,), "3": UNSETTLED}
CMEDQANER_KINDS = frozenset(
    f"cmedqaner.{kind}"
    for kind in "disease symptom body treatment crowd drug test physiology feature time department".split()
)
CMEEE_KINDS = frozenset(f"cmeee.{kind}" for kind in "dis sym dru equ pro bod ite mic dep".split())


def read_cmdd(path: Path) -> Iterator[Passage]:
    """Turns of the dialogues, each begun by who speaks."""
    kinds = frozenset(("cmdd.symptom", PROBLEM))
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            dialogue = json.loads(line)
            turns = [_turn(str(dialogue["example-id"]), turn, kinds) for turn in dialogue["dialogue-content"]]
        except (KeyError, IndexError, TypeError, ValueError) as problem:
            raise CorpusError(f"{path}:{number}: not a dialogue ({problem!r})") from problem
        yield from turns


def _turn(group: str, turn: dict[str, Any], kinds: frozenset[str]) -> Passage:
    said, labels = str(turn["sentence"]), str(turn["label"])
    speaker = _SPEAKERS.get(str(turn["speaker"]), "")
    if len(said) != len(labels):
        raise ValueError(f"{len(said)} characters and {len(labels)} labels")
    found = list(re.finditer("BI*|I+", labels))
    # In a few dozen turns spans and classes do not pair; the spans hold, what is claimed of them is left open.
    claims = [_STATUS[str(status)] for status in turn["type"]] if len(found) == len(turn["type"]) else [()] * len(found)
    mentions: list[Mention] = []
    for match, claim in zip(found, claims, strict=True):
        start, end = match.start() + len(speaker), match.end() + len(speaker)
        mentions += [Mention(start, end, kind, claim) for kind in ("cmdd.symptom", PROBLEM)]
    return Passage("cmdd", group, "zh", speaker + said, kinds, tuple(mentions))


def read_cmedqaner(path: Path) -> Iterator[Passage]:
    """Patients' questions on the web."""
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            text = str(raw["text"])
            spans = [(int(m["offset"]), str(m["mention"]), str(m["type"])) for m in raw["mention_data"]]
        except (KeyError, TypeError, ValueError) as problem:
            raise CorpusError(f"{path}:{number}: not a question with mentions ({problem!r})") from problem
        mentions = []
        for at, word, kind in spans:
            if f"cmedqaner.{kind}" not in CMEDQANER_KINDS:
                raise CorpusError(f"{path}:{number}: {kind!r} is no kind of this set")
            start = _nearest(text, word, at)
            if word and start is not None:
                mentions.append(Mention(start, start + len(word), f"cmedqaner.{kind}"))
                if kind in ("disease", "symptom"):
                    mentions.append(Mention(start, start + len(word), PROBLEM))
        yield Passage("cmedqaner", str(number), "zh", text, CMEDQANER_KINDS | {PROBLEM}, tuple(mentions))


def _nearest(text: str, word: str, at: int) -> int | None:
    """Where ``word`` stands nearest to ``at``: a few offsets of the source are off, and a few words are not there."""
    places = [m.start() for m in re.finditer(re.escape(word), text)]
    return min(places, key=lambda place: abs(place - at), default=None)


def read_cmeee(path: Path) -> Iterator[Passage]:
    """Sentences of textbooks; mentions may lie inside each other."""
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        text, *fields = line.rstrip("\r").split("|||")
        mentions = []
        for field in (f for f in fields if f.strip()):
            parts = field.split()
            if len(parts) != 3 or not (parts[0] + parts[1]).isdigit() or f"cmeee.{parts[2]}" not in CMEEE_KINDS:
                raise CorpusError(f"{path}:{number}: expected first, last and kind, found {field[:40]!r}")
            start, end = int(parts[0]), int(parts[1]) + 1
            if end <= len(text) and text[start:end].strip():
                mentions.append(Mention(start, end, f"cmeee.{parts[2]}"))
        yield Passage("cmeee", str(number), "zh", text, CMEEE_KINDS, tuple(mentions))


def cmeee_dev(group: str) -> bool:
    """Only the training part is to be had: one sentence in ten, chosen by hash, is kept for reporting."""
    return share_of(f"cmeee:{group}", 10)


def read_cmedic(path: Path) -> Iterator[Passage]:
    """Short queries; their intents are of no use here, their words are."""
    for number, line in enumerate(lines_of(path), start=1):
        if line.strip():
            _, tab, text = line.rstrip("\r").partition("\t")
            if not tab:
                raise CorpusError(f"{path}:{number}: expected an intent, a tab and a query, found {line[:40]!r}")
            yield Passage("cmedic", str(number), "zh", text, frozenset())
