"""How the tables of complaints are checked.

A finding alone must be present; ``-`` absent, ``past:`` history, ``gone:`` there and gone by now, ``family:`` somebody
else's, ``if:`` only a condition, ``!`` must not be there.

``misread.txt`` lists the sentences that the shipped model is known to misread: it is a list to be shortened, and a
sentence on it that is read rightly fails until it is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine

CLAIMS = {
    "-": ("absent",), "past:": ("historical",), "gone:": ("historical", "absent"), "family:": ("family",),
    "if:": ("hypothetical",),
}  # fmt: skip
MISREAD = frozenset(Path(__file__).with_name("misread.txt").read_text(encoding="utf-8").splitlines())
# A disease or an exposure counts whether it is told as past or as present.
HISTORY = ("historical", "present")


def claimed(word: str) -> tuple[str, tuple[str, ...]]:
    """Finding and allowed assertions of one word of the table."""
    for mark, assertions in CLAIMS.items():
        if word.startswith(mark):
            return word.removeprefix(mark), assertions
    return word, ("present",)


def wrong(engine: Engine, text: str, expected: str) -> list[str]:
    """The words of ``expected`` that are not so, after reading ``text``."""
    read = {(f.id, f.assertion.value) for f in engine.assess(Case(id="complaint", text=text)).findings}
    bad = []
    for word in expected.split():
        if word[0] == "!":
            bad += [word] * ((word[1:], "present") in read)
            continue
        finding, allowed = claimed(word)
        if engine.knowledge.findings[finding].kind in ("history", "exposure") and set(allowed) <= set(HISTORY):
            allowed = HISTORY
        bad += [word] * (not any((finding, assertion) in read for assertion in allowed))
    return bad


def complaints_wrong(engine: Engine, text: str) -> list[str]:
    """Findings read as present in ``text``, which holds no complaint."""
    found = engine.assess(Case(id="ordinary", text=text)).findings
    return [f.id for f in found if f.assertion.value == "present"]


def told(sentences: Iterable[tuple[str, ...]]) -> list[object]:
    """Parameters of a table, those known to be misread marked as failing."""
    return [
        pytest.param(*row, id=row[0][:40], marks=[pytest.mark.xfail(strict=True)] if row[0] in MISREAD else [])
        for row in sentences
    ]
