"""``barefoot assess`` and ``barefoot self-check``: the engine without a window."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import modelzoo
from desktop.answer import give_answer
from desktop.progress import progress
from desktop.services.case_lines import parse_line, read_lines
from desktop.table import assessment_table, check_table, why_not_table
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BadInput, BarefootError
from modelzoo.contract.wire import assessment_to_mapping, case_from_mapping, why_not_to_mapping

_OF_ONE_TEXT = ("age_years", "sex", "month", "why_not")


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
    assess.add_argument("--why-not", metavar="CONDITION", help="why this condition stands no higher (with --text)")
    assess.add_argument("--language", choices=("en", "zh"), default="en", help="language of the answer")
    assess.add_argument("--json", action="store_true", help="print JSON")
    assess.set_defaults(handler=run_assess)
    check = subparsers.add_parser("self-check", help="whether this machine runs Barefoot as it was released")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(handler=run_self_check)


def run_assess(options: argparse.Namespace) -> int:
    """Assess one text or a file of cases. Raises BarefootError for unusable input or a damaged pack."""
    if options.input is not None:
        return _assess_file(options)
    if options.output is not None:
        raise BadInput("--output belongs to --input; the answer to one text is printed.", code="CLI-010")
    given = {"id": "1", "text": options.text, "age_years": options.age_years, "sex": options.sex}
    case = case_from_mapping({**given, "month": options.month})
    refuse_empty(case)
    if options.why_not is not None:
        return _why_not(case, options)
    answer = assessment_to_mapping(modelzoo.open_engine().assess(case, options.language))
    return give_answer(answer, assessment_table(answer, options.language), as_json=options.json)


def _why_not(case: Case, options: argparse.Namespace) -> int:
    graph = modelzoo.open_knowledge()
    condition = graph.resolve(options.why_not)
    if condition not in graph.knowledge.conditions:
        raise BadInput("--why-not needs a condition; this is a finding.", code="CLI-010")
    answer = why_not_to_mapping(modelzoo.open_engine().why_not(case, condition, options.language))
    return give_answer(answer, why_not_table(answer, options.language), as_json=options.json)


def _assess_file(options: argparse.Namespace) -> int:
    if options.output is None:
        raise BadInput("Name the file for the assessments with --output.", code="CLI-010")
    if any(getattr(options, name) is not None for name in _OF_ONE_TEXT):
        message = "With --input, age, sex and month belong into the cases themselves; --why-not asks about one text."
        raise BadInput(message, code="CLI-010")
    lines = read_lines(options.input)
    _refuse_output(options.input, options.output)
    answers = assess_lines(modelzoo.open_engine(), lines, options.language)
    try:
        _write_whole(options.output, progress(answers, len(lines), sys.stderr))
    except OSError as error:
        message = f"The file {options.output.name} could not be written: {error.strerror}."
        raise BadInput(message, code="CLI-012") from error
    return 0


def _refuse_output(source: Path, target: Path) -> None:
    """Refuse a target that would cost the cases, or a device. Raises BadInput."""
    try:
        if target.exists() and target.samefile(source):
            raise BadInput("The assessments would overwrite the cases; name another file.", code="CLI-012")
        if not target.name or (target.exists() and not target.is_file()):
            raise BadInput("The place for the assessments is not a file; name another one.", code="CLI-012")
    except OSError as error:
        message = f"The file {target.name} could not be written: {error.strerror}."
        raise BadInput(message, code="CLI-012") from error


def _write_whole(target: Path, answers: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line to a file that takes its name only when it is complete. Raises OSError."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".assess-", suffix=".partial")
    try:
        # an id may hold half a surrogate pair; written with backslashes it is still the same JSON
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as out:
            for answer in answers:
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def assess_lines(engine: Engine, lines: Iterable[tuple[int, bytes]], language: str) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; a line that cannot be used becomes an error object and the rest go on."""
    for number, line in lines:
        try:
            case = parse_line(line)
            refuse_empty(case)
            yield assessment_to_mapping(engine.assess(case, language))
        except BarefootError as error:
            yield {"id": _id_of(line), "error": {"code": error.code, "message": f"Line {number}: {error.message}"}}


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
    rows = [{"name": r.name, "ok": r.ok, "message": r.message} for r in results]
    give_answer(rows, check_table(results), as_json=options.json)
    return 0 if all(r.ok for r in results) else 3


def _engine_checks(open_engine: Callable[[], Engine]) -> list[Any]:
    from modelzoo.contract.engine import CheckResult

    try:
        return list(open_engine().self_check())
    except BarefootError as error:
        return [CheckResult("pack", False, error.message)]
