"""Sentences, utterances and named phrases of the data sets, as plain strings.

The encoder is distilled in its sentence space, so it needs texts, not labels. Spans count as texts of their own
because the program links short phrases ("my tummy hurts") far more often than whole sentences.

Only sets whose licence was checked are read: AnatEM and CMeEE are marked unverified by their keepers and stay out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIN_CHARACTERS = 2
MAX_CHARACTERS = 400

# A clause is what a clinician says between two commas; the encoder meets clauses more often than sentences.
_CLAUSE_END = re.compile(r"[,;:，；：、。！？!?]|(?<=[a-z])\.\s")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+|(?<=[。！？])")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?)\]%])|([(\[])\s+")


@dataclass(frozen=True)
class TextSet:
    """One data set: its name, its licence as far as it was checked, and a reader of one part of it."""

    name: str
    language: str
    licence: str
    read: Callable[[Path, str], Iterator[str]]


def _clean(text: str) -> str:
    """NFC, one blank where several stood; offsets are not needed here."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _maccrobat(root: Path, part: str) -> Iterator[str]:
    for number, report in enumerate(_json_lines(root / "en" / "maccrobat2020.train.jsonl")):
        # The set has no dev part: every twentieth report is kept aside for measuring.
        if (number % 20 == 19) != (part == "dev"):
            continue
        yield from _SENTENCE_END.split(report["text"])
        yield from (entity["text"] for entity in report["entities"])


def _join_tokens(tokens: list[str]) -> str:
    text = " ".join(tokens)
    return _SPACE_BEFORE_MARK.sub(lambda m: m.group(1) or m.group(2), text)


def _iob(path: Path) -> Iterator[str]:
    """Sentences and spans of a file with one ``token<TAB>label`` a line and blank lines between sentences."""
    tokens: list[str] = []
    span: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        token, _, label = line.partition("\t")
        if span and not label.startswith("I-"):
            yield _join_tokens(span)
            span = []
        if label.startswith(("B-", "I-")):
            span.append(token)
        if token.strip():
            tokens.append(token)
        elif tokens:
            yield _join_tokens(tokens)
            tokens = []


def _iob_set(*folders: str, suffix: str) -> Callable[[Path, str], Iterator[str]]:
    def read(root: Path, part: str) -> Iterator[str]:
        yield from _iob(root.joinpath("en", *folders, f"{part}.{suffix}"))

    return read


def _cmdd(root: Path, part: str) -> Iterator[str]:
    for dialogue in _json_lines(root / "zh" / f"cmdd.{part}.jsonl"):
        for turn in dialogue["dialogue-content"]:
            sentence, label = turn["sentence"], turn["label"]
            yield sentence
            yield from turn["normalized"]
            for match in re.finditer("BI*", label):
                yield sentence[match.start() : match.end()]


def _cmedqaner(root: Path, part: str) -> Iterator[str]:
    for question in _json_lines(root / "zh" / "cmedqaner" / f"{part}.json"):
        yield question["text"]
        yield from (mention["mention"] for mention in question["mention_data"])


def _cmedic(root: Path, part: str) -> Iterator[str]:
    for line in (root / "zh" / "cmedic" / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        yield line.partition("\t")[2]


TEXT_SETS: tuple[TextSet, ...] = (
    TextSet("MACCROBAT2020", "en", "CC BY 4.0 (as remembered, not re-read)", _maccrobat),
    TextSet("BC5CDR", "en", "CC BY 4.0 by the collection", _iob_set("ner", "BC5CDR", suffix="tsv")),
    TextSet("NCBI-disease", "en", "CC BY 4.0 by the collection", _iob_set("ner", "NCBI-disease", suffix="tsv")),
    TextSet("PsyTAR", "en", "CC BY 4.0", _iob_set("psytar", suffix="txt")),
    TextSet("CMDD", "zh", "Apache-2.0 by the benchmark; rights in the dialogues unstated", _cmdd),
    TextSet("cMedQANER", "zh", "Apache-2.0", _cmedqaner),
    TextSet("cMedIC", "zh", "Apache-2.0", _cmedic),
)


def texts_of(root: Path, part: str) -> list[str]:
    """Distinct texts of every set in ``root`` (the data folder), in a fixed order.

    ``part`` is ``"train"`` or ``"dev"``. Clauses of longer sentences are added as texts of their own.
    """
    seen: dict[str, None] = {}
    for text_set in TEXT_SETS:
        for raw in text_set.read(root, part):
            text = _clean(raw)
            for piece in (text, *_clauses(text)):
                if len(piece) >= MIN_CHARACTERS and any(c.isalpha() for c in piece):
                    seen.setdefault(piece[:MAX_CHARACTERS])
    return list(seen)


def _clauses(text: str) -> Iterator[str]:
    parts = [part.strip() for part in _CLAUSE_END.split(text)]
    if len(parts) > 1:
        yield from (part for part in parts if len(part) >= 4)
