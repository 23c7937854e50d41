"""Worked cases: a complaint with the diagnosis it should lead to and the triage a careful clinician would accept.

One JSON object a line. About a third of all cases, chosen by the hash of their id, is sealed: it lies in a folder of
its own, and nothing opens it before the reasoning is finished, so that it can judge what it did not shape.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelzoo.contract.case import Case
from modelzoo.contract.errors import BadInput, BarefootError
from modelzoo.contract.wire import case_from_mapping

OPEN_CASES = Path(__file__).parent / "cases" / "open"
LEVELS = ("self_care", "routine", "urgent", "emergency")
KINDS = ("typical", "early", "lookalike")
LANGUAGES = ("en", "zh", "mixed")
NONE = "none"  # expected: nothing that the knowledge knows
_OWN = ("language", "kind", "voice", "about", "expected", "acceptable", "lowest", "highest")


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case, and what should come of it. ``about``: the condition it was written for; a look-alike expects another."""

    case: Case
    language: str
    kind: str
    voice: str
    about: str
    expected: str
    acceptable: tuple[str, ...]
    lowest: str
    highest: str

    @property
    def right(self) -> frozenset[str]:
        """Ids of the conditions that count as right."""
        return frozenset({self.expected, *self.acceptable}) - {NONE}


def is_sealed(case_id: str) -> bool:
    """Whether the case belongs to the sealed third."""
    return hashlib.sha256(case_id.encode("utf-8")).digest()[0] % 3 == 0


def open_cases(folder: Path = OPEN_CASES) -> tuple[WorkedCase, ...]:
    """Every open case, in the order of the files and lines. Raises BadInput with file and line."""
    return tuple(case for path in sorted(folder.glob("*.jsonl")) for case in read_cases(path))


def read_cases(path: Path) -> Iterator[WorkedCase]:
    """The cases of one file. Raises BadInput with file and line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield case_of(json.loads(line))
        except (ValueError, BarefootError) as error:
            reason = error.message if isinstance(error, BarefootError) else "it is no JSON object"
            message = f"{path.name}:{number}: the case cannot be used: {reason}"
            raise BadInput(message, code="EVI-001", data={"line": number}) from error


def case_of(data: Any) -> WorkedCase:
    """A case from its JSON form. Raises BadInput."""
    if not isinstance(data, Mapping):
        raise BadInput("a case must be a JSON object.", code="EVI-001")
    own = {key: data.get(key) for key in _OWN}
    for key, allowed in (("lowest", LEVELS), ("highest", LEVELS), ("kind", KINDS), ("language", LANGUAGES)):
        if own[key] not in allowed:
            raise BadInput(f"{key} must be one of {', '.join(allowed)}.", code="EVI-001")
    if not all(isinstance(own[key], str) and own[key] for key in ("voice", "about", "expected")):
        raise BadInput("voice, about and expected must be words.", code="EVI-001")
    acceptable = own["acceptable"]
    if not isinstance(acceptable, list) or not all(isinstance(item, str) for item in acceptable):
        raise BadInput("acceptable must be a list of ids.", code="EVI-001")
    if LEVELS.index(str(own["lowest"])) > LEVELS.index(str(own["highest"])):
        raise BadInput("lowest must not be more urgent than highest.", code="EVI-001")
    case = case_from_mapping({key: value for key, value in data.items() if key not in _OWN})
    words = {key: str(own[key]) for key in _OWN if key != "acceptable"}
    return WorkedCase(case=case, acceptable=tuple(acceptable), **words)


def problems(cases: Iterable[WorkedCase], known: Iterable[str]) -> Iterator[str]:
    """Ids that no condition has, doubled ids, cases that lie in the wrong third."""
    conditions = {*known, NONE}
    seen: set[str] = set()
    for worked in cases:
        name = worked.case.id
        if name in seen:
            yield f"{name}: the id stands twice"
        seen.add(name)
        if is_sealed(name):
            yield f"{name}: belongs to the sealed third"
        for condition in (worked.about, worked.expected, *worked.acceptable):
            if condition not in conditions:
                yield f"{name}: unknown condition {condition}"
