"""``barefoot knowledge``: read the compiled knowledge, without a window and without the encoder."""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import modelzoo
from desktop.answer import give_answer
from desktop.record_page import condition_page, finding_page, relation_line
from modelzoo.contract.errors import BadInput

if TYPE_CHECKING:
    from modelzoo.graph import KnowledgeGraph


def register(subparsers: Any) -> None:
    """Add the subcommands of this module to the program's parser."""
    knowledge = subparsers.add_parser("knowledge", help="read the knowledge that the advice comes from")
    commands = knowledge.add_subparsers(metavar="what", required=True)
    show = _command(commands, "show", "one condition or finding in full", run_show)
    show.add_argument("record", help="an id, a name, another name, a lay wording or an ICD-10 code")
    near = _command(commands, "neighbours", "what lies nearest to a condition or finding", run_neighbours)
    near.add_argument("record")
    near.add_argument("--limit", type=int, default=10)
    path = _command(commands, "path", "how two records hang together", run_path)
    path.add_argument("first")
    path.add_argument("last")
    having = _command(commands, "with", "which conditions have all of these findings", run_with)
    having.add_argument("findings", nargs="+")
    having.add_argument("--limit", type=int, default=10)
    _command(commands, "coverage", "how much the knowledge covers, and what was planned", run_coverage)
    export = _command(commands, "export", "write the whole graph to a file", run_export)
    export.add_argument("--format", choices=("graphml", "jsonld"), default="graphml")
    export.add_argument("--output", type=Path, required=True)


def _command(commands: Any, name: str, line: str, handler: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=line)
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="language of the answer")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(handler=handler)
    return parser


def run_show(options: argparse.Namespace) -> int:
    """Print one record. Raises BadInput for a name that the knowledge does not hold."""
    graph = modelzoo.open_knowledge()
    key = graph.resolve(options.record)
    if key in graph.knowledge.findings:
        record: dict[str, Any] = asdict(_plain(graph.knowledge.findings[key]))
        page = finding_page(graph, key, options.language)
    else:
        record = {**asdict(_plain(graph.knowledge.conditions[key])), **asdict(_plain(graph.condition_text(key)))}
        page = condition_page(graph, key, options.language)
    return give_answer(record, page, as_json=options.json)


def run_neighbours(options: argparse.Namespace) -> int:
    """Print what lies nearest. Raises BadInput."""
    graph = modelzoo.open_knowledge()
    return _give_ranked(graph, graph.neighbours(graph.resolve(options.record), _limit(options)), options)


def run_with(options: argparse.Namespace) -> int:
    """Print the conditions that have all of these findings. Raises BadInput."""
    graph = modelzoo.open_knowledge()
    keys = [graph.resolve(said) for said in options.findings]
    if wrong := [key for key in keys if key not in graph.knowledge.findings]:
        raise BadInput(f"{wrong[0]} is a condition; name findings.", code="KNW-012")
    return _give_ranked(graph, graph.having(keys, _limit(options)), options)


def run_path(options: argparse.Namespace) -> int:
    """Print the strongest chain between two records. Raises BadInput."""
    graph = modelzoo.open_knowledge()
    steps = graph.path(graph.resolve(options.first), graph.resolve(options.last))
    text = "\n".join(relation_line(graph, step, options.language) for step in steps) or "They are one and the same."
    return give_answer(list(steps), text, as_json=options.json)


def run_coverage(options: argparse.Namespace) -> int:
    """Print the counts and the planned matrix."""
    from modelzoo.knowledge.coverage import matrix

    counted = modelzoo.open_knowledge().coverage()
    answer = {
        **{key: value for key, value in asdict(_plain(counted)).items() if key not in ("cells", "planned")},
        "cells": [{"cell": list(cell), "conditions": count} for cell, count in sorted(counted.cells.items())],
        "planned": len(counted.planned),
        "empty": [list(cell) for cell in counted.empty],
    }  # fmt: skip
    lines = [f"{counted.conditions} conditions, {counted.findings} findings, {counted.rules} danger rules"]
    for name in ("findings_by_kind", "conditions_by_chapter", "conditions_by_age", "conditions_by_urgency",
                 "wordings_by_language", "names_by_language"):  # fmt: skip
        counts = ", ".join(f"{key} {value}" for key, value in getattr(counted, name).items())
        lines.append(f"{name.replace('_', ' ')}: {counts}")
    lines += ["", "E emergency, U urgent, R routine, S self-care; * not planned", matrix(counted), ""]
    empty = "; ".join(" ".join(cell) for cell in counted.empty)
    lines.append(f"planned cells: {len(counted.planned)}; empty: {empty or 'none'}")
    return give_answer(answer, "\n".join(lines), as_json=options.json)


def run_export(options: argparse.Namespace) -> int:
    """Write the graph as GraphML or JSON-LD. Raises BadInput where the file cannot be written."""
    graph = modelzoo.open_knowledge()
    data = graph.graphml() if options.format == "graphml" else graph.json_ld()
    target: Path = options.output
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".knowledge-", suffix=".partial")
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        Path(name).replace(target)
    except OSError as error:
        raise BadInput(f"The file {target.name} could not be written: {error.strerror}.", code="KNW-013") from error
    return give_answer({"file": str(target), "bytes": len(data)}, f"{target}: {len(data)} bytes", as_json=options.json)


def _give_ranked(graph: KnowledgeGraph, ranked: Any, options: argparse.Namespace) -> int:
    rows = [
        {
            "id": term.id, "label": graph.label(term.id, options.language), "icd10": list(term.icd10),
            "closeness": round(value, 4),
        }
        for term, value in ranked
    ]  # fmt: skip
    lines = [f"{row['closeness']:.3f}  {row['label']} ({', '.join(row['icd10'][:2])})  {row['id']}" for row in rows]
    return give_answer(rows, "\n".join(lines) or "None.", as_json=options.json)


def _limit(options: argparse.Namespace) -> int:
    if not 1 <= options.limit <= 1000:
        raise BadInput("--limit must lie between 1 and 1000.", code="KNW-014")
    return int(options.limit)


def _plain(record: Any) -> Any:
    """The record with ordinary dictionaries in the place of read-only views, which ``asdict`` cannot copy."""
    from dataclasses import fields, replace

    return replace(record, **{f.name: _open(getattr(record, f.name)) for f in fields(record)})


def _open(value: Any) -> Any:
    return {key: _open(inner) for key, inner in value.items()} if hasattr(value, "items") else value
