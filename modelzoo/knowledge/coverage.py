"""What the knowledge covers: counts, and the planned matrix of ICD-10 chapter by age group by urgency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from modelzoo.knowledge.chapters import CHAPTERS, chapter_of
from modelzoo.knowledge.model import AGE_BANDS_DAYS, ConditionRecord, Knowledge

URGENCIES = ("emergency", "urgent", "routine", "self_care")
AGE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "newborn": ("newborn",),
    "young_child": ("infant", "toddler"),
    "child": ("child", "adolescent"),
    "adult": ("adult", "middle"),
    "older": ("older",),
}
_FERTILE = ("adolescent", "adult")
Cell = tuple[str, str, str]  # chapter, age group, urgency


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of the compiled knowledge. ``cells``: conditions by chapter, age group and urgency."""

    conditions: int
    findings: int
    rules: int
    retired: int
    findings_by_kind: Mapping[str, int]
    conditions_by_chapter: Mapping[str, int]
    conditions_by_age: Mapping[str, int]
    conditions_by_urgency: Mapping[str, int]
    wordings_by_language: Mapping[str, int]
    names_by_language: Mapping[str, int]
    cells: Mapping[Cell, int]
    planned: frozenset[Cell]

    @property
    def empty(self) -> tuple[Cell, ...]:
        """Planned cells without a condition."""
        return tuple(sorted(cell for cell in self.planned if not self.cells.get(cell)))


def coverage(knowledge: Knowledge) -> Coverage:
    """Count the knowledge."""
    records = knowledge.conditions.values()
    cells = Counter(
        (chapter_of(record.icd10[0]).id, group, record.urgency) for record in records for group in age_groups(record)
    )
    wordings: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for finding in knowledge.findings.values():
        names.update(tuple(finding.name))
        wordings.update({language: len(phrases) for language, phrases in finding.lay.items()})
    for record in records:
        names.update(tuple(record.name))
        for words in (record.synonyms, record.lay):
            wordings.update({language: len(phrases) for language, phrases in words.items()})
    return Coverage(
        conditions=len(knowledge.conditions),
        findings=len(knowledge.findings),
        rules=len(knowledge.rules),
        retired=len(knowledge.retired),
        findings_by_kind=Counter(f.kind for f in knowledge.findings.values()),
        conditions_by_chapter=Counter(chapter_of(r.icd10[0]).id for r in records),
        conditions_by_age=Counter(band for r in records for band in usual_bands(r)),
        conditions_by_urgency=Counter(r.urgency for r in records),
        wordings_by_language=wordings,
        names_by_language=names,
        cells=cells,
        planned=planned_cells(knowledge.plan),
    )


def usual_bands(record: ConditionRecord) -> tuple[str, ...]:
    """Age bands in which the condition is at least as frequent as usual."""
    bands = [name for name, _ in AGE_BANDS_DAYS if record.age.get(name, 1.0) >= 1.0]
    return tuple(b for b in bands if record.pregnancy not in ("only", "postpartum") or b in _FERTILE)


def age_groups(record: ConditionRecord) -> tuple[str, ...]:
    """Age groups of the matrix in which the condition is at least as frequent as usual."""
    usual = set(usual_bands(record))
    return tuple(group for group, bands in AGE_GROUPS.items() if usual & set(bands))


def planned_cells(plan: Mapping[str, Mapping[str, tuple[str, ...]]]) -> frozenset[Cell]:
    """The plan (chapter -> age group -> urgencies) as cells."""
    return frozenset(
        (chapter, group, urgency)
        for chapter, groups in plan.items()
        for group, urgencies in groups.items()
        for urgency in urgencies
    )


def matrix(counted: Coverage) -> str:
    """The matrix as a Markdown table: in each cell the numbers by urgency, ``-`` where none is planned or there."""
    head = ["Chapter", *(group.replace("_", " ") for group in AGE_GROUPS)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for chapter in CHAPTERS:
        cells = [_cell(counted, chapter.id, group) for group in AGE_GROUPS]
        lines.append(f"| {chapter.id} {chapter.en} ({chapter.first} to {chapter.last}) | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(counted: Coverage, chapter: str, group: str) -> str:
    parts = []
    for urgency, letter in zip(URGENCIES, "EURS", strict=True):
        count, planned = counted.cells.get((chapter, group, urgency), 0), (chapter, group, urgency) in counted.planned
        if count or planned:
            parts.append(f"{letter}{count}" + ("" if planned else "*"))
    return " ".join(parts) or "-"
