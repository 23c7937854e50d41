"""``barefoot evidence``: what this build scores here and now, on worked cases and public sets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from desktop.answer import give_answer
from desktop.progress import progress
from modelzoo.contract.errors import BadInput


def register(subparsers: Any) -> None:
    """Add the subcommand of this module to the program's parser."""
    evidence = subparsers.add_parser("evidence", help="what this build scores on worked cases, here and now")
    evidence.add_argument("--benchmarks", type=Path, metavar="DIR", help="folder with public sets to be scored as well")
    evidence.add_argument("--cases", type=Path, metavar="DIR", help="worked cases of another folder in place of ours")
    evidence.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th worked case")
    evidence.add_argument("--json", action="store_true", help="print JSON")
    evidence.set_defaults(handler=run_evidence)


def run_evidence(options: argparse.Namespace) -> int:
    """Score the build. Raises BarefootError for an unusable folder or a damaged pack."""
    import modelzoo
    from modelzoo.evidence import benchmarks
    from modelzoo.evidence.cases import open_cases
    from modelzoo.evidence.printed import as_data, lines
    from modelzoo.evidence.report import report, run

    if not 1 <= options.every <= 1000:
        raise BadInput("--every must lie between 1 and 1000.", code="EVI-003")
    sets = benchmarks.benchmarks(options.benchmarks) if options.benchmarks else {}
    engine, knowledge = modelzoo.open_engine(), modelzoo.open_knowledge().knowledge
    cases = (open_cases(options.cases) if options.cases else open_cases())[:: options.every]
    if not cases:
        raise BadInput("The folder holds no worked cases (*.jsonl).", code="EVI-003")
    outcomes = list(progress(run(engine, cases), len(cases), sys.stderr))
    answer = {
        "built_from": _built_from(engine.provenance.pack, options.cases),
        "worked_cases": report(outcomes, {c.id: c.prevalence for c in knowledge.conditions.values()}),
        "benchmarks": {
            name: benchmarks.score(engine, progress(told := list(read()), len(told), sys.stderr))
            for name, read in sets.items()
        },
    }
    return give_answer(as_data(answer), "\n".join(lines(answer)), as_json=options.json)


def _built_from(pack: str, folder: Path | None) -> dict[str, str]:
    ours = (
        "written by the authors of the program, not by clinicians; what ships has learnt from them, "
        "so that they show whether this machine answers as the build did, not how right it will be"
    )
    return {
        "pack": pack,
        "knowledge": "general medical knowledge of its authors, WHO child care tables; reviewed by no clinician",
        "worked cases": ours if folder is None else f"of the folder {folder.name}",
        "benchmarks": "never used to build anything",
    }
