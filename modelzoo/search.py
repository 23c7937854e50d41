"""Completion lists over findings and conditions: names, wordings and codes of every language, best match first."""

from __future__ import annotations

from collections.abc import Iterator

from modelzoo.contract.engine import Term
from modelzoo.knowledge.model import Knowledge, Wordings
from modelzoo.understanding.text import plain_text


class TermIndex:
    """Searchable names, built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._findings = [
            (f.id, [_key(w) for w in (*f.name.values(), *_all(f.lay))]) for f in knowledge.findings.values()
        ]
        self._conditions = [
            (c.id, [_key(w) for w in (*c.name.values(), *_all(c.synonyms), *_all(c.lay), *c.icd10)])
            for c in knowledge.conditions.values()
        ]
        self._exact: dict[str, str] = {}
        for record, words in (*self._findings, *self._conditions):
            for word in words:
                self._exact.setdefault(word, record)

    def exactly(self, wording: str) -> str | None:
        """Id of the finding, or else the condition, that has exactly this name, wording or code."""
        return self._exact.get(_key(wording))

    def findings(self, query: str, language: str, limit: int) -> tuple[Term, ...]:
        """Matching findings with their names in ``language``."""
        records = self._knowledge.findings
        found = _search(self._findings, query, limit)
        return tuple(Term(i, records[i].name[language], records[i].kind) for i in found)

    def conditions(self, query: str, language: str, limit: int) -> tuple[Term, ...]:
        """Matching conditions with their names in ``language``; an empty query lists the commonest."""
        records = self._knowledge.conditions
        if not query.strip():
            common = sorted(records, key=lambda i: -records[i].prevalence)[:limit]
        else:
            common = _search(self._conditions, query, limit)
        return tuple(Term(i, records[i].name[language], "condition", records[i].icd10) for i in common)


def _all(wordings: Wordings) -> Iterator[str]:
    return (phrase for phrases in wordings.values() for phrase in phrases)


def _key(text: str) -> str:
    return plain_text(text).plain.strip()


def _search(entries: list[tuple[str, list[str]]], query: str, limit: int) -> list[str]:
    wanted = _key(query)
    if not wanted:
        return []
    scored = []
    for record, words in entries:
        best = min((_rank(word, wanted) for word in words), default=None)
        if best is not None and best[0] < 3:
            scored.append((best, record))
    return [record for _, record in sorted(scored)[:limit]]


def _rank(word: str, wanted: str) -> tuple[int, int]:
    if word == wanted:
        return 0, 0
    if word.startswith(wanted):
        return 1, len(word)
    return (2, len(word)) if wanted in word else (3, 0)
