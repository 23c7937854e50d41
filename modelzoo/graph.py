"""The knowledge as a graph one can walk: neighbours, paths, what else has these findings, and files for other programs.

Nodes are conditions and findings. Edges: a condition *has* a finding (with its frequency), is *risked* by one (odds
ratio), is *confused* with another condition (and the finding that tells them apart); a finding *implies* a more
general one or *excludes* another.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modelzoo.contract.engine import Term
from modelzoo.contract.errors import BadInput
from modelzoo.contract.manifest import read_manifest
from modelzoo.knowledge.coverage import Coverage, coverage
from modelzoo.knowledge.model import ConditionText, Knowledge, RecordTexts
from modelzoo.knowledge.reader import read_knowledge, read_texts
from modelzoo.runtime.artefacts import verify_artefact
from modelzoo.search import TermIndex

if TYPE_CHECKING:
    import networkx as nx

KNOWLEDGE = "knowledge.json"
TEXTS = "record_texts.json"
_EXCLUDED = 0.01
_ONTOLOGIES = "http://purl.obolibrary.org/obo/"
_BASE = "https://barefoot.invalid/knowledge/"  # a name, not a place: nothing is ever fetched


class KnowledgeGraph:
    """Read-only walks over one compiled knowledge."""

    def __init__(self, knowledge: Knowledge, texts: bytes) -> None:
        self.knowledge = knowledge
        self._texts = texts

    @classmethod
    def open(cls, pack: Path) -> KnowledgeGraph:
        """Verify and read the knowledge of the pack in the folder ``pack``, without its encoder.

        Raises:
            ArtefactMissing, ArtefactCorrupt, ArtefactTooNew: the pack is not fit for use.
        """
        manifest = read_manifest(pack)
        knowledge = read_knowledge(verify_artefact(pack, manifest.artefact(KNOWLEDGE)).read_bytes())
        return cls(knowledge, verify_artefact(pack, manifest.artefact(TEXTS)).read_bytes())

    @cached_property
    def _terms(self) -> TermIndex:
        return TermIndex(self.knowledge)

    @cached_property
    def texts(self) -> RecordTexts:
        """What people read about the records. Raises ArtefactCorrupt."""
        return read_texts(self._texts)

    def condition_text(self, condition: str) -> ConditionText:
        """Description, tests, first steps and advice of a condition."""
        return self.texts.conditions[condition]

    def coverage(self) -> Coverage:
        """Counts and the planned matrix."""
        return coverage(self.knowledge)

    def resolve(self, said: str) -> str:
        """Id of the condition or finding that ``said`` names: an id, a name, another name or a lay wording.

        Raises BadInput, naming what lies near.
        """
        if said in self.knowledge.conditions or said in self.knowledge.findings:
            return said
        exact = self._terms.exactly(said)
        if exact is not None:
            return exact
        near = [*self._terms.conditions(said, "en", 3), *self._terms.findings(said, "en", 3)]
        names = ", ".join(term.id for term in near)
        raise BadInput(
            "The knowledge holds nothing of that name." + (f" Near it: {names}." if names else ""), code="KNW-010"
        )

    def label(self, record: str, language: str = "en") -> str:
        """Name of a condition or finding."""
        known = self.knowledge.conditions.get(record) or self.knowledge.findings[record]
        return known.name[language]

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The directed graph; ``kind`` on every node, ``relation`` and its strength on every edge."""
        import networkx as nx  # the slow part of looking up one record, which needs no graph

        out: nx.DiGraph[str] = nx.DiGraph()
        for finding in self.knowledge.findings.values():
            names = {f"name_{language}": name for language, name in finding.name.items()}
            out.add_node(finding.id, kind=finding.kind, system=finding.system, **names)
        for condition in self.knowledge.conditions.values():
            names = {f"name_{language}": name for language, name in condition.name.items()}
            codes = ";".join(condition.icd10)
            out.add_node(condition.id, kind="condition", icd10=codes, urgency=condition.urgency, **names)
        for finding in self.knowledge.findings.values():
            out.add_edges_from((finding.id, other, {"relation": "excludes"}) for other in finding.excludes)
            out.add_edges_from((finding.id, parent, {"relation": "implies"}) for parent in finding.parents)
        for condition in self.knowledge.conditions.values():
            for other, by in condition.confused_with.items():
                out.add_edge(condition.id, other, relation="confused_with", told_apart_by=by)
            for risk, odds in condition.risk_factors.items():
                out.add_edge(condition.id, risk, relation="risked_by", odds_ratio=odds)
            for had, frequency in condition.findings.items():
                out.add_edge(condition.id, had, relation="has", frequency=frequency)
        return out

    def neighbours(self, record: str, limit: int = 20) -> tuple[tuple[Term, float], ...]:
        """Records nearest to ``record`` with a closeness of 0 to 1, closest first.

        For a condition: other conditions by the cosine of their findings. For a finding: conditions by how often they
        have it.
        """
        if record in self.knowledge.findings:
            having = ((c.id, c.findings.get(record, 0.0)) for c in self.knowledge.conditions.values())
            ranked = sorted(((value, key) for key, value in having if value > _EXCLUDED), key=lambda e: (-e[0], e[1]))
        else:
            mine = self.knowledge.conditions[record].findings
            others = (c for c in self.knowledge.conditions.values() if c.id != record)
            ranked = sorted(((_cosine(mine, c.findings), c.id) for c in others), key=lambda e: (-e[0], e[1]))
        return tuple((self._term(key), value) for value, key in ranked[:limit])

    def having(self, findings: Sequence[str], limit: int = 20) -> tuple[tuple[Term, float], ...]:
        """Conditions that have all ``findings``, by how often they have them together (taken as independent)."""
        scored = []
        for condition in self.knowledge.conditions.values():
            chances = [max((condition.findings.get(f, 0.0) for f in self._meaning(w)), default=0.0) for w in findings]
            if all(chance > _EXCLUDED for chance in chances):
                scored.append((math.prod(chances), condition.id))
        scored.sort(key=lambda e: (-e[0], e[1]))
        return tuple((self._term(key), value) for value, key in scored[:limit])

    def path(self, first: str, last: str) -> tuple[dict[str, Any], ...]:
        """The strongest chain of relations between two records: each step with its relation. Raises BadInput."""
        import networkx as nx

        both_ways = self.graph.to_undirected()
        try:
            chain = nx.shortest_path(both_ways, first, last, weight=lambda u, v, edge: _length(edge))
        except nx.NetworkXNoPath as error:
            raise BadInput("Nothing in the knowledge connects these two.", code="KNW-011") from error
        return tuple({"from": a, "to": b, **self._relation(a, b)} for a, b in pairwise(chain))

    def graphml(self) -> bytes:
        """The graph as GraphML."""
        import networkx as nx

        buffer = io.BytesIO()
        nx.write_graphml_xml(self.graph, buffer, named_key_ids=True)
        return buffer.getvalue()

    def json_ld(self) -> bytes:
        """The graph as JSON-LD: one object a node, its relations by name, names by language."""
        context = {
            "@base": _BASE, "@vocab": _BASE + "terms#", "id": "@id", "kind": "@type",
            "name": {"@container": "@language"}, "hpo": {"@type": "@id"}, "symp": {"@type": "@id"},
            **{key: {"@type": "@id"} for key in ("implies", "excludes", "of", "with", "told_apart_by")},
        }  # fmt: skip
        nodes = [self._node(key) for key in (*self.knowledge.findings, *self.knowledge.conditions)]
        text = json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, sort_keys=True, indent=1)
        return text.encode("utf-8")

    def _node(self, key: str) -> dict[str, Any]:
        finding = self.knowledge.findings.get(key)
        if finding is not None:
            cross = (("hpo", finding.hpo), ("symp", finding.symp))
            named = {name: _ONTOLOGIES + term.replace(":", "_") for name, term in cross if term}
            return {
                "id": f"finding/{key}", "kind": finding.kind, "name": dict(finding.name), **named,
                "implies": [f"finding/{p}" for p in finding.parents],
                "excludes": [f"finding/{p}" for p in finding.excludes],
            }  # fmt: skip
        condition = self.knowledge.conditions[key]
        return {
            "id": f"condition/{key}", "kind": "condition", "name": dict(condition.name), "icd10": list(condition.icd10),
            "urgency": condition.urgency,
            "has": [{"of": f"finding/{f}", "frequency": v} for f, v in condition.findings.items()],
            "risked_by": [{"of": f"finding/{f}", "odds_ratio": v} for f, v in condition.risk_factors.items()],
            "confused": [
                {"with": f"condition/{c}", "told_apart_by": f"finding/{f}"} for c, f in condition.confused_with.items()
            ],
        }  # fmt: skip

    def _relation(self, first: str, last: str) -> dict[str, Any]:
        forward = self.graph.get_edge_data(first, last)
        return dict(forward) if forward else {**self.graph.get_edge_data(last, first), "reversed": True}

    def _meaning(self, finding: str) -> tuple[str, ...]:
        """The finding and everything more special that implies it."""
        below = (f for f in self.knowledge.findings if finding in self.knowledge.ancestors(f))
        return (finding, *below)

    def _term(self, key: str) -> Term:
        condition = self.knowledge.conditions.get(key)
        kind = "condition" if condition else self.knowledge.findings[key].kind
        return Term(key, self.label(key), kind, condition.icd10 if condition else ())


def _cosine(first: Any, second: Any) -> float:
    shared = sum(value * second[key] for key, value in first.items() if key in second)
    length = math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))
    return shared / length if length else 0.0


def _length(edge: dict[str, Any]) -> float | None:
    """How long a step is: short where a finding is frequent; what is excluded is no way at all."""
    if edge["relation"] == "excludes":
        return None
    if edge["relation"] == "has":
        return None if edge["frequency"] < _EXCLUDED else 1.0 - math.log(edge["frequency"])
    return 1.5
