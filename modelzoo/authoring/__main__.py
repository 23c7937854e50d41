"""``python -m modelzoo.authoring COMMAND``: check, try, review and compile the knowledge.

lint         name every problem by file and line
cases        run the open worked cases against the sources as they stand (``--about ID`` for one condition)
coverage     write the planned matrix and the counts to docs/COVERAGE.md
pages        write a page per record for review
diff         what changed since another folder of sources
sensitivity  move each number behind the grades and run the open worked cases again (about half an hour)
grades       compare the grades with the frequencies of DDXPlus (``--data FOLDER``)
compile      check and write the knowledge, its vectors and the manifest into the pack
release      compile, and enter today's ids into the ledger of ids that may never go
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from modelzoo.authoring.compile import assemble, compile_knowledge
from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import SOURCES, Sources, load_sources
from modelzoo.contract.errors import BarefootError
from modelzoo.evidence.cases import open_cases, problems

ROOT = Path(__file__).parent.parent.parent


def main(argv: list[str] | None = None) -> int:
    """Run one command; exit status 1 when the sources have problems."""
    options = _parser().parse_args(argv)
    try:
        if options.command == "diff":
            return _diff(options)
        return _run(options, load_sources(options.sources))
    except BarefootError as error:
        print(error.message, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m modelzoo.authoring", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=(*COMMANDS, "diff"))
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--pack", type=Path, default=ROOT / "modelzoo" / "packs" / "assessment")
    parser.add_argument("--version", help="version of the pack, such as 2026.11.2 (compile, release)")
    parser.add_argument("--about", nargs="*", default=[], help="ids of conditions or records (cases, pages)")
    parser.add_argument("--output", type=Path, help="folder or file to write (pages, coverage)")
    parser.add_argument("--against", type=Path, help="the older folder of sources (diff)")
    parser.add_argument("--every", type=int, default=1, help="take every n-th case only (sensitivity)")
    parser.add_argument("--data", type=Path, help="folder that holds evidences and conditions of DDXPlus (grades)")
    return parser


def _run(options: argparse.Namespace, sources: Sources) -> int:
    found = lint(sources)
    cases = open_cases()
    if not found:
        from modelzoo.authoring import overlap

        found = [f"cases: {p}" for p in (*problems(cases, _known(sources)), *overlap.problems(cases, sources))]
    for problem in found:
        print(problem, file=sys.stderr)
    counts = f"{len(sources.conditions)} conditions, {len(sources.findings)} findings, {len(sources.rules)} rules"
    print(f"{counts}, {len(cases)} open cases; {len(found)} problems")
    if found:
        return 1
    COMMANDS[options.command](options, sources)
    return 0


def _known(sources: Sources) -> set[str]:
    return {*sources.conditions, *sources.retired}


def _cases(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.engine import engine_over
    from modelzoo.authoring.try_cases import describe, table
    from modelzoo.evidence.report import run

    about = set(options.about)
    wanted = [c for c in open_cases() if not about or about & {c.about, c.expected}]
    outcomes = list(run(engine_over(sources, options.pack), wanted))
    print("\n".join(describe(one) for one in outcomes) if about else table(outcomes, sources))


def _coverage(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.coverage_page import coverage_page
    from modelzoo.knowledge.reader import read_knowledge

    target = options.output or ROOT / "docs" / "COVERAGE.md"
    target.write_text(coverage_page(read_knowledge(assemble(sources).knowledge)), encoding="utf-8")
    print(target)


def _pages(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.pages import write_pages

    folder = options.output or ROOT / "review_pages"
    print(f"{write_pages(sources, options.about, folder)} pages in {folder}")


def _grades(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.grades import report

    print(report(sources, options.data))


def _sensitivity(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.sensitivity import report

    print(report(sources, open_cases()[:: options.every]))


def _compile(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.pack import write_pack

    write_pack(compile_knowledge(sources), options.pack, options.version)


def _release(options: argparse.Namespace, sources: Sources) -> None:
    from modelzoo.authoring.ids import release

    _compile(options, sources)
    print(f"{release(sources, options.sources)} ids are released")


def _diff(options: argparse.Namespace) -> int:
    from modelzoo.authoring.difference import difference

    if options.against is None:
        print("Name the older folder of sources with --against.", file=sys.stderr)
        return 1
    print("\n".join(difference(options.against, options.sources)) or "nothing changed")
    return 0


def _nothing(_options: argparse.Namespace, _sources: Sources) -> None:
    """Lint was all that was asked for."""


COMMANDS: dict[str, Callable[[argparse.Namespace, Sources], None]] = {
    "lint": _nothing,
    "cases": _cases,
    "coverage": _coverage,
    "pages": _pages,
    "grades": _grades,
    "sensitivity": _sensitivity,
    "compile": _compile,
    "release": _release,
}


if __name__ == "__main__":
    sys.exit(main())
