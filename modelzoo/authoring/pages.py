"""A page per record for the reviewer: both languages side by side, everything the record says, room to sign."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from modelzoo.authoring.schema import LANGUAGES
from modelzoo.authoring.sources import Record, Sources

_STYLE = (
    "body{font:15px/1.45 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1c2733}"
    "table{border-collapse:collapse;width:100%;margin:.4em 0 1em}td,th{border:1px solid #cfd8e0;padding:.3em .5em;"
    "text-align:left;vertical-align:top}th{background:#f3f6f9}.caution{color:#8a4b00}code{color:#5a6776}"
)
_FREQUENCY = ("obligate", "very_frequent", "frequent", "occasional", "very_rare", "excluded")


def write_pages(sources: Sources, keys: Iterable[str], folder: Path) -> int:
    """Write ``<kind>_<id>.html`` for each named record (all of them where none is named); return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(keys)
    count = 0
    for kind, render in (("conditions", condition_page), ("findings", finding_page)):
        for key, record in getattr(sources, kind).items():
            if not wanted or key in wanted:
                (folder / f"{kind}_{key}.html").write_text(render(record, sources), encoding="utf-8")
                count += 1
    return count


def condition_page(record: Record, sources: Sources) -> str:
    """HTML of one condition."""
    facts = {
        "ICD-10": ", ".join(record["icd10"]), "Systems": ", ".join(record["systems"]), "Urgency": record["urgency"],
        "Must not be missed": "yes" if record["must_not_miss"] else "no",
        "Prevalence": f"about 1 in {10 ** float(record['prevalence']):,.0f} visits",
        "Onset": _words(record["onset"], "onset", sources), "Course": _words(record["course"], "course", sources),
        "Months": ", ".join(map(str, record.get("months", []))) or "all", "Pregnancy": record.get("pregnancy", "any"),
        **{name.title(): _pairs(record.get(name, {})) or "usual" for name in ("age", "sex", "region")},
    }  # fmt: skip
    body = [_facts(facts), _both("Also called", record.get("synonyms", {})), _both("People say", record["lay"])]
    body += [_both("Description", record["description"]), "<h2>Findings 表现</h2>", _findings(record, sources)]
    for key, title in (("risk_factors", "Commoner with 危险因素"), ("danger_signs", "Danger signs 危险征象")):
        rows = [(_label(sources.findings, f), grade) for f, grade in record.get(key, {}).items()]
        body += [f"<h2>{title}</h2>", _table(rows)] if rows else []
    apart = record.get("confused_with", {}).items()
    rows = [(_label(sources.conditions, c), _label(sources.findings, f)) for c, f in apart]
    body += ["<h2>Confused with 易混淆 / told apart by 鉴别点</h2>", _table(rows)] if rows else []
    for test, shows in record.get("tests", {}).items():
        body.append(_both(" ".join(sources.words["test"][test].values()), shows))
    body += [_both("First steps 首要处理", record["first_steps"]), _both("Advice 告诉患者", record["advice"])]
    return _page(record, body)


def finding_page(record: Record, sources: Sources) -> str:
    """HTML of one finding, with the conditions that have it."""
    facts = {
        "Kind": record["kind"], "System": record["system"], "Site": record.get("site", ""),
        "Found by": record["ask_by"],
        "Without a cause": record["background"], "Implies": ", ".join(record.get("parents", [])),
        "Excludes": ", ".join(record.get("excludes", [])), "HPO": record.get("hpo", ""), "SYMP": record.get("symp", ""),
    }  # fmt: skip
    rows = [
        (_label(sources.conditions, key), condition["findings"][record["id"]])
        for key, condition in sources.conditions.items()
        if record["id"] in condition["findings"]
    ]
    rows.sort(key=lambda row: _FREQUENCY.index(row[1]))
    body = [_facts(facts), _both("Said as 说法", record["lay"]), _both("Ask 问", record["ask"])]
    return _page(record, [*body, "<h2>In conditions 见于</h2>", _table(rows)])


def _findings(record: Record, sources: Sources) -> str:
    rows = []
    for finding, grade in sorted(record["findings"].items(), key=lambda e: _FREQUENCY.index(e[1])):
        typical = "; ".join(
            _words(words, kind, sources) for kind, words in record.get("attributes", {}).get(finding, {}).items()
        )
        rows.append((grade, _label(sources.findings, finding), typical))
    return _table(rows)


def _label(records: Mapping[str, Record], key: str) -> str:
    names = records[key]["name"]
    return f"{' '.join(names[language] for language in LANGUAGES)} ({key})"


def _words(ids: Iterable[str], kind: str, sources: Sources) -> str:
    return "; ".join(" ".join(sources.words[kind][i].values()) for i in ids)


def _pairs(table: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in table.items())


def _facts(facts: Mapping[str, str]) -> str:
    return _table([(name, value) for name, value in facts.items() if value])


def _both(title: str, texts: Mapping[str, Any]) -> str:
    cells = [", ".join(t) if isinstance(t, list) else t for t in (texts.get(language, "") for language in LANGUAGES)]
    return f"<h2>{html.escape(title)}</h2>" + _table([tuple(cells)])


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"


def _page(record: Record, body: Iterable[str]) -> str:
    title = " ".join(record["name"][language] for language in LANGUAGES)
    state = (
        "No clinician has reviewed this record. 本条未经临床医生审核。"
        if record["review"] == "unreviewed"
        else "Reviewed."
    )
    signed = "<p>Reviewed by: ____________ Date: ____________ Changes asked for: ____________</p>"
    origin = html.escape("Sources: " + "; ".join(record["sources"]))
    return (
        "<!doctype html><html><head><meta charset='utf-8'>"
        f"<title>{html.escape(record['id'])}</title><style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1><p><code>{html.escape(record['id'])}</code></p>"
        f"<p class='caution'>{state}</p>{''.join(body)}<p>{origin}</p>{signed}</body></html>\n"
    )
