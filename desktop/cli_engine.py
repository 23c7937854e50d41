"""``barefoot assess`` and ``barefoot self-check``: the engine without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import modelzoo
from desktop.progress import progress
from desktop.table import assessment_table, check_table
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BadInput, BarefootError
from modelzoo.contract.wire import assessment_to_mapping, case_from_json, case_from_mapping

MAX_LINE_BYTES = 4_000_000


def register(subparsers: Any) -> None:
    """Add the subcommands of this module to the program's parser."""
    assess = subparsers.add_parser("assess", help="one complaint, or a file of cases, to assessments")
    what = assess.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", help="what the patient says, in English or Chinese or both")
    what.add_argument("--input", type=Path, help="file with one JSON case a line")
    assess.add_argument("--output", type=Path, help="file for one JSON assessment a line (with --input)")
    assess.add_argument("--age-years", type=float, help="age in years; 0.25 is three months")
    assess.add_argument("--sex", choices=("female", "male"))
    assess.add_argument("--month", type=int, help="month of the visit, 1 to 12, for the season")
    assess.add_argument("--language", choices=("en", "zh"), default="en", help="language of the answer")
    assess.add_argument("--json", action="store_true", help="print JSON")
    assess.set_defaults(handler=run_assess)
    check = subparsers.add_parser("self-check", help="whether this machine runs Barefoot as it was released")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(handler=run_self_check)


def run_assess(options: argparse.Namespace) -> int:
    """Assess one text or a file of cases. Raises BarefootError for unusable input or a damaged pack."""
    if options.input is not None:
        if options.output is None:
            raise BadInput("Name the file for the assessments with --output.", code="CLI-010")
        return _assess_file(options)
    given = {"id": "1", "text": options.text, "age_years": options.age_years, "sex": options.sex}
    case = case_from_mapping({**given, "month": options.month})
    refuse_empty(case)
    answer = assessment_to_mapping(modelzoo.open_engine().assess(case, options.language))
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(assessment_table(answer, options.language))
    return 0


def _assess_file(options: argparse.Namespace) -> int:
    lines = read_lines(options.input)
    engine = modelzoo.open_engine()
    partial = options.output.with_name(options.output.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as out:
            for answer in progress(assess_lines(engine, lines, options.language), len(lines), sys.stderr):
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        partial.replace(options.output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        message = f"The file {options.output.name} could not be written: {error.strerror}."
        raise BadInput(message, code="CLI-012") from error
    return 0


def read_lines(path: Path) -> list[bytes]:
    """Lines of a case file, blank ones left out. Raises BadInput when it cannot be read."""
    try:
        return [line for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise BadInput(f"The file {path.name} could not be read: {error.strerror}.", code="CLI-011") from error


def assess_lines(engine: Engine, lines: Iterable[bytes], language: str) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; a line that cannot be used becomes an error object and the rest go on."""
    for number, line in enumerate(lines, start=1):
        try:
            case = parse_line(line)
            refuse_empty(case)
            yield assessment_to_mapping(engine.assess(case, language))
        except BarefootError as error:
            yield {"id": _id_of(line), "error": {"code": error.code, "message": f"Line {number}: {error.message}"}}


def parse_line(line: bytes) -> Case:
    """Parse one line of a case file. Raises BadInput."""
    if len(line) > MAX_LINE_BYTES:
        raise BadInput("The line is too long to be a case.", code="INP-041")
    try:
        return case_from_json(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput("The line is not UTF-8 text.", code="INP-042") from error


def refuse_empty(case: Case) -> None:
    """Refuse a case that says nothing at all. Raises BadInput."""
    if not (case.text.strip() or case.vitals or case.tests or case.observations or case.history):
        raise BadInput("The text is empty and nothing was measured, so there is nothing to assess.", code="INP-040")


def _id_of(line: bytes) -> object:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return data.get("id") if isinstance(data, dict) and isinstance(data.get("id"), str | int) else None


def run_self_check(options: argparse.Namespace) -> int:
    """Check this machine; exit status 3 when something that advice or records need is not as released."""
    from desktop.services.machine_check import machine_checks

    results = [*_engine_checks(modelzoo.open_engine), *machine_checks()]
    if options.json:
        rows = [{"name": r.name, "ok": r.ok, "message": r.message} for r in results]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print(check_table(results))
    return 0 if all(r.ok for r in results) else 3


def _engine_checks(open_engine: Callable[[], Engine]) -> list[Any]:
    from modelzoo.contract.engine import CheckResult

    try:
        return list(open_engine().self_check())
    except BarefootError as error:
        return [CheckResult("pack", False, error.message)]
