"""The one internal form of annotated text: passages with mentions, what is claimed of them, and what belongs to what.

Public sets, generated complaints and a clinic's own corrected findings all come in this form, so that everything
behind it knows one form only. Offsets count Unicode code points of ``Passage.text``, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from modelzoo.contract.case import Assertion

TUNE_ONE_IN = 10


class CorpusError(ValueError):
    """A data file is missing or not of the form expected; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``[start, end)`` are one mention of ``kind`` (``"bc5cdr.disease"``, ``"clinic.problem"``).

    ``claims``: the assertions that the annotation allows, one where it is exact, several where the set's own classes
    are wider than ours, none where the set says nothing about it. ``finding``: the finding that is meant, if known.
    """

    start: int
    end: int
    kind: str
    claims: tuple[Assertion, ...] = ()
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Mention number ``attribute`` (a duration, a site ...) belongs to mention number ``problem``."""

    attribute: int
    problem: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One text as it is annotated. ``group``: what must not be torn apart by a split (a report, a dialogue); passages
    of one group follow each other in the order of the source. ``kinds``: the kinds that were looked for in it."""

    source: str
    group: str
    language: str
    text: str
    kinds: frozenset[str]
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def part_of(passage: Passage, start: int, end: int) -> Passage:
    """Characters ``[start, end)`` of ``passage`` as a passage of their own; a mention belongs where it begins, and one
    that goes on behind ``end`` is left out."""
    inside = [n for n, m in enumerate(passage.mentions) if start <= m.start and m.end <= end]
    number = {old: new for new, old in enumerate(inside)}
    mentions = [replace(m, start=m.start - start, end=m.end - start) for m in map(passage.mentions.__getitem__, inside)]
    links = tuple(
        Attachment(number[a.attribute], number[a.problem])
        for a in passage.attachments
        if a.attribute in number and a.problem in number
    )
    return replace(passage, text=passage.text[start:end], mentions=tuple(mentions), attachments=links)


def share_of(key: str, one_in: int) -> bool:
    """Whether ``key`` falls into a share of one in ``one_in`` that depends on nothing but the key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % one_in == 0


def in_tune(passage: Passage) -> bool:
    """The tenth of every training part on which choices are made; the published development sets stay untouched."""
    return share_of(f"tune:{passage.source}:{passage.group}", TUNE_ONE_IN)


def same_text(text: str) -> str:
    """What two passages must share to count as the same text."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def without_repeats(passages: Iterable[Passage], held_out: Iterable[Passage]) -> Iterator[Passage]:
    """``passages`` less those whose text (ten characters or more) stands in ``held_out``."""
    taken = {key for p in held_out if len(key := same_text(p.text)) >= 10}
    return (p for p in passages if same_text(p.text) not in taken)


def dump(passage: Passage) -> str:
    """One JSON line."""
    raw = asdict(passage)
    raw["kinds"] = sorted(passage.kinds)
    return json.dumps(raw, ensure_ascii=False)


def load(path: Path) -> list[Passage]:
    """Passages of a file of JSON lines, as ``dump`` writes them. Raises ``CorpusError`` with file and line."""
    found = []
    for number, line in enumerate(lines_of(path), start=1):
        try:
            found.append(_passage(json.loads(line)))
        except (KeyError, TypeError, ValueError) as problem:
            raise CorpusError(f"{path}:{number}: not a passage ({problem})") from problem
    return found


def lines_of(path: Path) -> list[str]:
    """Lines of a UTF-8 file. Raises ``CorpusError`` where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as problem:
        raise CorpusError(f"{path}: there is no such file; give the folder that holds the data sets") from problem
    except UnicodeDecodeError as problem:
        raise CorpusError(f"{path}: byte {problem.start} is not UTF-8") from problem


def _passage(raw: dict[str, Any]) -> Passage:
    text = str(raw["text"])
    mentions = tuple(
        Mention(int(m["start"]), int(m["end"]), str(m["kind"]), tuple(map(Assertion, m["claims"])), m["finding"])
        for m in raw["mentions"]
    )
    for mention in mentions:
        if not 0 <= mention.start < mention.end <= len(text):
            raise ValueError(f"a mention at {mention.start}-{mention.end} lies outside the text")
    attachments = tuple(Attachment(int(a["attribute"]), int(a["problem"])) for a in raw["attachments"])
    for attached in attachments:
        if not (0 <= attached.attribute < len(mentions) and 0 <= attached.problem < len(mentions)):
            raise ValueError("an attachment names a mention that is not there")
    return Passage(
        str(raw["source"]),
        str(raw["group"]),
        str(raw["language"]),
        text,
        frozenset(raw["kinds"]),
        mentions,
        attachments,
    )
