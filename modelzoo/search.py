"""Completion lists over findings and conditions: names, wordings and codes of every language, best match first."""

from __future__ import annotations

from modelzoo.contract.engine import Term
from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding.text import plain_text


class TermIndex:
    """Searchable names, built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._findings = [
            (f.id, [_key(w) for w in (*f.name.values(), *(x for ws in f.lay.values() for x in ws))])
            for f in knowledge.findings.values()
        ]
        self._conditions = [
            (c.id, [_key(w) for w in (*c.name.values(), *(x for ws in c.synonyms.values() for x in ws), *c.icd10)])
            for c in knowledge.conditions.values()
        ]

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
