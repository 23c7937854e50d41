"""Everything that must hold before the sources are compiled, each problem as ``file:line: what was expected``."""

from __future__ import annotations

from modelzoo.authoring import ids, neighbours, references, tables, wordings
from modelzoo.authoring.schema import condition_faults, finding_faults, retired_faults, rule_faults
from modelzoo.authoring.sources import Problem, Sources
from modelzoo.knowledge.chapters import CHAPTERS
from modelzoo.knowledge.coverage import AGE_GROUPS, URGENCIES


def lint(sources: Sources) -> list[str]:
    """Every problem; an empty list means that the sources can be compiled."""
    shapes = [sources.place(problem) for problem in _shapes(sources)]
    if sources.problems or shapes:
        return sources.problems + shapes  # references make sense only between records of the right shape
    problems = (
        *references.problems(sources),
        *wordings.problems(sources),
        *tables.problems(sources),
        *ids.problems(sources),
    )
    if problems:
        return [sources.place(problem) for problem in problems]
    return [sources.place(problem) for problem in neighbours.problems(sources)]


def _shapes(sources: Sources) -> list[Problem]:
    out = []
    for key, record in sources.findings.items():
        out += [Problem("findings", key, *fault) for fault in finding_faults(record, sources.words)]
    for key, record in sources.conditions.items():
        faults = condition_faults(record, sources.numbers, sources.words)
        out += [Problem("conditions", key, *fault) for fault in faults]
    for key, record in sources.rules.items():
        out += [Problem("rules", key, *fault) for fault in rule_faults(record)]
    for key, record in sources.retired.items():
        kind = next(kind for kind, name in sources.texts if name == key)
        out += [Problem(kind, key, *fault) for fault in retired_faults(record)]
    return [*out, *_plan(sources)]


def _plan(sources: Sources) -> list[Problem]:
    out = []
    for chapter, groups in sources.plan.items():
        if chapter not in {c.id for c in CHAPTERS} or not set(groups) <= set(AGE_GROUPS):
            out.append(Problem(".", "plan.toml", (), f"[{chapter}] must be a chapter of {', '.join(AGE_GROUPS)}"))
        elif any(set(urgencies) - set(URGENCIES) for urgencies in groups.values()):
            out.append(Problem(".", "plan.toml", (), f"[{chapter}] must list urgencies: {', '.join(URGENCIES)}"))
    return out
