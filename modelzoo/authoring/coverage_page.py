"""docs/COVERAGE.md: what was planned, what is there. Written by the tools, so that it says what the records say."""

from __future__ import annotations

from collections.abc import Mapping

from modelzoo.knowledge.chapters import CHAPTERS
from modelzoo.knowledge.coverage import coverage, matrix
from modelzoo.knowledge.model import Knowledge

_HEAD = """# What the knowledge covers

Written by `python3 build/develop.py workshop -m modelzoo.authoring coverage`; do not edit. No clinician has reviewed
the records that are counted here.

The conditions were chosen by two questions: what walks into a rural or primary-care clinic, and what must not be missed
anywhere. One condition stands for what needs the same care at the same speed; it is split where urgency or management
differs (stable and unstable angina, the kinds of incontinence, simple and strangulated hernia), and nowhere else.
"""
_MATRIX = """## The planned matrix

Chapter of ICD-10 by age group by urgency: E emergency, U urgent, R routine, S self-care. A number is how many
conditions are at least as frequent as usual at that age; `*` marks a cell that holds conditions but was not planned;
`-` means that nothing was planned and nothing is there. `plan.toml` holds the plan; {empty}
"""


def coverage_page(knowledge: Knowledge) -> str:
    """The page as Markdown."""
    counted = coverage(knowledge)
    empty = "; ".join(" ".join(cell) for cell in counted.empty)
    parts = [_HEAD, f"{counted.conditions} conditions, {counted.findings} findings, {counted.rules} danger rules.\n"]
    parts.append(_MATRIX.format(empty=f"empty cells: {empty}." if empty else "no planned cell is empty."))
    parts += [matrix(counted), "", "## Counts", ""]
    for title, counts in (
        ("Findings by kind", counted.findings_by_kind),
        ("Conditions by urgency", counted.conditions_by_urgency),
        ("Conditions by age band in which they are at least as frequent as usual", counted.conditions_by_age),
        ("Wordings by language", counted.wordings_by_language),
        ("Names by language", counted.names_by_language),
    ):
        parts.append(f"* {title}: {_said(counts)}")
    named = ((c.id, counted.conditions_by_chapter.get(c.id, 0)) for c in CHAPTERS)
    parts.append("* Conditions by chapter: " + ", ".join(f"{key} {count}" for key, count in named))
    return "\n".join(parts) + "\n"


def _said(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(counts.items()))
