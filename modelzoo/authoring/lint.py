"""What must hold over all records together: references, cycles, doubled wordings, enough to tell neighbours apart."""

from __future__ import annotations

import re
import unicodedata

from modelzoo.authoring.schema import condition_problems, finding_problems, rule_problems
from modelzoo.authoring.sources import Sources

# Traditional forms that a simplified-Chinese record must not hold (the commonest in medical words).
_TRADITIONAL = re.compile("[發熱頭腫體藥醫療師氣腦這個們來說時會間長東車馬鳥魚開關門問題應該種類樣點無為從動]")
MIN_FINDINGS = 6


def lint(sources: Sources) -> list[str]:
    """Every problem as ``file: what is wrong``; an empty list means that the sources can be compiled."""
    out = list(sources.problems)
    for key, record in sources.findings.items():
        out += [f"findings/{key}: {p}" for p in finding_problems(record)]
    for key, record in sources.conditions.items():
        out += [f"conditions/{key}: {p}" for p in condition_problems(record, sources.numbers)]
    for key, record in sources.rules.items():
        out += [f"rules/{key}: {p}" for p in rule_problems(record)]
    if out:
        return out  # references make sense only between records of the right shape
    return _references(sources) + _cycles(sources) + _doubled_wordings(sources) + _characters(sources) + _size(sources)


def wording_key(phrase: str) -> str:
    """Form under which two wordings count as the same."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", phrase).strip().lower())


def _references(sources: Sources) -> list[str]:
    known = sources.findings
    out: list[str] = []
    for key, record in known.items():
        for name in ("parents", "excludes"):
            out += [f"findings/{key}: {name} names unknown {x}" for x in record.get(name, []) if x not in known]
    for key, record in sources.conditions.items():
        for name in ("findings", "risk_factors", "danger_signs"):
            out += [f"conditions/{key}: {name} names unknown {x}" for x in record.get(name, {}) if x not in known]
        for other, finding in record.get("confused_with", {}).items():
            if other not in sources.conditions:
                out.append(f"conditions/{key}: confused_with names unknown condition {other}")
            if finding not in known:
                out.append(f"conditions/{key}: confused_with.{other} names unknown finding {finding}")
    for key, record in sources.rules.items():
        for clause in record["when"]:
            ids = [*clause.get("any", []), *clause.get("none", [])]
            out += [f"rules/{key}: unknown finding {x}" for x in ids if x not in known]
    for table in ("vital_findings", "test_findings"):
        rows = sources.tables.get(table, [])
        out += [f"tables/{table}: unknown finding {r['finding']}" for r in rows if r["finding"] not in known]
    return out


def _cycles(sources: Sources) -> list[str]:
    out = []
    for start in sources.findings:
        seen: set[str] = set()
        todo = list(sources.findings[start].get("parents", []))
        while todo:
            parent = todo.pop()
            if parent == start:
                out.append(f"findings/{start}: is its own ancestor")
                break
            if parent not in seen:
                seen.add(parent)
                todo += sources.findings[parent].get("parents", [])
    return out


def _doubled_wordings(sources: Sources) -> list[str]:
    owner: dict[str, str] = {}
    out = []
    for key, record in sources.findings.items():
        phrases = [*record["name"].values(), *(p for ps in record.get("lay", {}).values() for p in ps)]
        for phrase in {wording_key(p) for p in phrases}:
            if owner.setdefault(phrase, key) != key:
                out.append(f"findings/{key}: the wording {phrase!r} belongs to {owner[phrase]} too")
    return out


def _characters(sources: Sources) -> list[str]:
    out = []
    for kind in ("findings", "conditions", "rules"):
        for key, record in getattr(sources, kind).items():
            for name, value in record.items():
                text = str(value.get("zh", "")) if isinstance(value, dict) else ""
                if found := _TRADITIONAL.search(text):
                    out.append(f"{kind}/{key}: {name}.zh holds the traditional character {found.group()}")
    return out


def _size(sources: Sources) -> list[str]:
    out = []
    for key, record in sources.conditions.items():
        if len(record.get("findings", {})) < MIN_FINDINGS:
            out.append(f"conditions/{key}: fewer than {MIN_FINDINGS} findings")
    return out
