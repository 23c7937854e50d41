"""References between records: every id resolves, nothing is its own ancestor, no finding is left unused."""

from __future__ import annotations

from collections.abc import Iterator

from modelzoo.authoring.sources import Problem, Sources
from modelzoo.contract.vitals import VITAL_NAMES
from modelzoo.reasoning.scores import SCORES

LEAST_FINDINGS = 8


def problems(sources: Sources) -> Iterator[Problem]:
    """Dangling references, cycles, orphans, conditions that say too little."""
    yield from _findings(sources)
    yield from _conditions(sources)
    yield from _rules(sources)
    yield from _cycles(sources)
    used = _used(sources)
    for key in sources.findings:
        if key not in used:
            yield Problem("findings", key, ("id",), "no condition, rule or table uses this finding")


def _findings(sources: Sources) -> Iterator[Problem]:
    known = sources.findings
    for key, record in known.items():
        for name in ("parents", "excludes"):
            for other in record.get(name, []):
                if other not in known:
                    yield Problem("findings", key, (name,), f"{name} names unknown finding {other}")
        above = ancestors(sources, key)
        for other in record.get("excludes", []):
            if other in above:
                yield Problem("findings", key, ("excludes",), f"excludes {other}, which it implies")


def _conditions(sources: Sources) -> Iterator[Problem]:
    known = sources.findings
    for key, record in sources.conditions.items():
        for name in ("findings", "risk_factors", "danger_signs"):
            for finding in record.get(name, {}):
                if finding not in known:
                    yield Problem("conditions", key, (name, finding), f"{name} names unknown finding {finding}")
        for finding in record.get("risk_factors", {}):
            if finding in record["findings"]:
                text = f"{finding} stands in [findings] and in [risk_factors]; it would count twice"
                yield Problem("conditions", key, ("risk_factors", finding), text)
        for finding in record.get("danger_signs", {}):
            if record["findings"].get(finding) == "excluded":
                text = f"{finding} is a danger sign of the condition and excluded in it"
                yield Problem("conditions", key, ("danger_signs", finding), text)
        for other, finding in record.get("confused_with", {}).items():
            place = ("confused_with", other)
            if other == key:
                yield Problem("conditions", key, place, "confused_with names the condition itself")
            if other not in sources.conditions:
                yield Problem("conditions", key, place, f"confused_with names unknown condition {other}")
            if finding not in known:
                yield Problem("conditions", key, place, f"confused_with.{other} names unknown finding {finding}")
        if len(record["findings"]) < LEAST_FINDINGS:
            yield Problem("conditions", key, ("findings",), f"fewer than {LEAST_FINDINGS} findings")


def _rules(sources: Sources) -> Iterator[Problem]:
    for key, record in sources.rules.items():
        for clause in record["when"]:
            for finding in (*clause.get("any", []), *clause.get("none", [])):
                if finding not in sources.findings:
                    yield Problem("rules", key, ("when",), f"unknown finding {finding}")
            if clause.get("score", SCORES[0]) not in SCORES:
                yield Problem("rules", key, ("when",), f"unknown score; one of {', '.join(SCORES)}")
            if clause.get("vital", VITAL_NAMES[0]) not in VITAL_NAMES:
                yield Problem("rules", key, ("when",), f"unknown measurement; one of {', '.join(VITAL_NAMES)}")


def ancestors(sources: Sources, key: str) -> set[str]:
    """Ids of all findings that hold whenever ``key`` does; contains ``key`` itself only in a cycle."""
    seen: set[str] = set()
    todo = list(sources.findings[key].get("parents", []))
    while todo:
        parent = todo.pop()
        if parent not in seen and parent in sources.findings:
            seen.add(parent)
            todo += sources.findings[parent].get("parents", [])
    return seen


def _cycles(sources: Sources) -> Iterator[Problem]:
    for key in sources.findings:
        if key in ancestors(sources, key):
            yield Problem("findings", key, ("parents",), "is its own ancestor")


def _used(sources: Sources) -> set[str]:
    used: set[str] = set()
    for record in sources.conditions.values():
        for name in ("findings", "risk_factors", "danger_signs"):
            used |= set(record.get(name, {}))
        used |= set(record.get("confused_with", {}).values())
    for record in sources.rules.values():
        used |= {f for c in record["when"] for f in (*c.get("any", []), *c.get("none", []))}
    for table in ("vital_findings", "test_findings"):
        used |= {row["finding"] for row in sources.tables.get(table, [])}
    for key in tuple(used):
        if key in sources.findings:
            used |= ancestors(sources, key)
    return used
