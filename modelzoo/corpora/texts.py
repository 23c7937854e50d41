"""Sentences, utterances and named phrases of the data sets, as plain strings.

The encoder is distilled in its sentence space and adapted to medical text, so it needs texts, not labels. Spans count
as texts of their own because the program links short phrases ("my tummy hurts") far more often than whole sentences.
Only sets whose licence was checked are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from modelzoo.corpora.sets import read_part

MIN_CHARACTERS = 2
MAX_CHARACTERS = 400

# A clause is what a clinician says between two commas; the encoder meets clauses more often than sentences.
_CLAUSE_END = re.compile(r"[,;:，；：、。！？!?]|(?<=[a-z])\.\s")
_SPEAKER = re.compile(r"^(?:医生|患者)：")


def _clean(text: str) -> str:
    """NFC, one blank where several stood; offsets are not needed here."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def texts_of(root: Path, part: str) -> list[str]:
    """Distinct texts of every verified set in ``root`` (the data folder), in a fixed order.

    ``part``: ``train``, ``tune`` or ``dev``. Mentions and the clauses of longer sentences are texts of their own.
    """
    seen: dict[str, None] = {}
    for passage in read_part(root, part):
        spans = (passage.text[m.start : m.end] for m in passage.mentions)
        for raw in (_SPEAKER.sub("", passage.text), *spans):
            text = _clean(raw)
            for piece in (text, *_clauses(text)):
                if len(piece) >= MIN_CHARACTERS and any(c.isalpha() for c in piece):
                    seen.setdefault(piece[:MAX_CHARACTERS])
    return list(seen)


def _clauses(text: str) -> Iterator[str]:
    parts = [part.strip() for part in _CLAUSE_END.split(text)]
    if len(parts) > 1:
        yield from (part for part in parts if len(part) >= 4)
