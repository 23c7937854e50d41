"""Lay phrases that no wording of the knowledge holds, and the findings that they mean.

The phrases stand in the public sets and are read from there; here stands only which finding each means, decided by
hand: for the Human Phenotype Ontology by term, for CMDD and PsyTAR by a hash of the phrase.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from modelzoo.corpora.annotated import same_text
from modelzoo.corpora.phrases import Phrase
from modelzoo.corpora.sets import SETS

FloatArray = npt.NDArray[np.float32]
FOLDER = Path(__file__).parent / "phrases"
MENTIONS = {"cmdd": ("cmdd.symptom",), "psytar": ("psytar.adr", "psytar.wd", "psytar.ssi")}


@dataclass(frozen=True, slots=True)
class LayPhrase:
    """``text`` of ``source`` means one of ``findings``; two where two are equally right."""

    source: str
    language: str
    text: str
    findings: tuple[str, ...]


def phrase_key(text: str) -> str:
    """What stands in the tables for a phrase of a set whose text must not."""
    return hashlib.sha256(same_text(text).encode()).hexdigest()[:16]


def lay_phrases(data: Path, known: Sequence[Phrase]) -> list[LayPhrase]:
    """Mapped phrases of the sets below ``data``, less those that are a wording in ``known``."""
    held = {same_text(phrase.text) for phrase in known}
    found = {}
    for phrase in (*_ontology(data), *_mentions(data)):
        if same_text(phrase.text) not in held:
            found.setdefault((phrase.language, same_text(phrase.text)), phrase)
    return list(found.values())


def _table(name: str) -> dict[str, tuple[str, ...]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return {row["key"]: tuple(row["findings"].split()) for row in csv.DictReader(source)}


def _ontology(data: Path) -> Iterator[LayPhrase]:
    mapped = _table("hpo")
    with (data / "facts" / "hpo_synonyms.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if row["id"] in mapped and row["layperson"] == "1":
                yield LayPhrase("hpo", "en", row["synonym"], mapped[row["id"]])


def _mentions(data: Path) -> Iterator[LayPhrase]:
    for one in SETS:
        if one.name not in MENTIONS:
            continue
        mapped = _table(one.name)
        for passage in (*one.train(data), *one.dev(data)):
            for mention in passage.mentions:
                text = passage.text[mention.start : mention.end].strip()
                if mention.kind in MENTIONS[one.name] and phrase_key(text) in mapped:
                    yield LayPhrase(one.name, one.language, text, mapped[phrase_key(text)])


def ranks(near: FloatArray, owners: Sequence[str], asked: Sequence[LayPhrase]) -> list[int]:
    """Place of the first right finding for each phrase, from 0. ``near``: cosines ``(asked, wordings)``."""
    names = sorted(set(owners))
    column = {name: index for index, name in enumerate(names)}
    best = np.full((len(asked), len(names)), -2.0, dtype=np.float32)
    np.maximum.at(best, (slice(None), np.array([column[o] for o in owners])), near)
    placed = []
    for row, phrase in zip(best, asked, strict=True):
        right = max(float(row[column[f]]) for f in phrase.findings if f in column)
        placed.append(int((row > right).sum()))
    return placed
