"""Names and lay wordings of findings, read from the project's own reviewable knowledge.

Each finding is one TOML file with ``[name]`` (``en``, ``zh``) and ``[lay]`` (lists by language). One tenth of the
phrases, chosen by a hash so that it never changes when files are added, is held out for measuring.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HELD_OUT_ONE_IN = 10


@dataclass(frozen=True)
class Phrase:
    """``text`` is one wording of the finding ``finding``; ``is_name`` marks the names that are always trained on."""

    finding: str
    language: str
    text: str
    is_name: bool

    @property
    def held_out(self) -> bool:
        """Lay wordings whose hash falls into the first tenth; a name is never held out, it is the answer sought."""
        if self.is_name:
            return False
        digest = hashlib.sha256(f"{self.language}:{self.text.casefold()}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % HELD_OUT_ONE_IN == 0


def read_phrases(findings: Path) -> list[Phrase]:
    """Every phrase of every live finding in the folder ``findings``, in file order.

    A wording that two findings share says nothing about which is meant, so it is left out of both.
    """
    phrases: list[Phrase] = []
    for path in sorted(findings.glob("*.toml")):
        with path.open("rb") as source:
            record = tomllib.load(source)
        if "retired" in record:
            continue
        phrases.extend(_phrases_of(str(record.get("id", path.stem)), record))
    return _without_shared(phrases)


def _phrases_of(finding: str, record: Mapping[str, object]) -> list[Phrase]:
    found: list[Phrase] = []
    names, lay = record.get("name"), record.get("lay")
    if isinstance(names, Mapping):
        found.extend(Phrase(finding, lang, str(text), True) for lang, text in names.items())
    if isinstance(lay, Mapping):
        for language, texts in lay.items():
            wordings = [texts] if isinstance(texts, str) else texts
            if isinstance(wordings, Iterable):
                found.extend(Phrase(finding, language, str(text), False) for text in wordings)
    return found


def _without_shared(phrases: list[Phrase]) -> list[Phrase]:
    owners: dict[str, set[str]] = {}
    for phrase in phrases:
        owners.setdefault(phrase.text.casefold(), set()).add(phrase.finding)
    distinct: dict[tuple[str, str], Phrase] = {}
    for phrase in phrases:
        key = phrase.text.casefold()
        if len(owners[key]) == 1:
            distinct.setdefault((phrase.finding, key), phrase)
    return list(distinct.values())
