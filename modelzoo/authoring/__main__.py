"""``python -m modelzoo.authoring lint|compile``: check the sources; compile them and their vectors into the pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from modelzoo.authoring.compile import compile_knowledge
from modelzoo.authoring.lint import lint
from modelzoo.authoring.sources import SOURCES, load_sources


def main(argv: list[str] | None = None) -> int:
    """Run one command; exit status 1 when the sources have problems."""
    parser = argparse.ArgumentParser(prog="python -m modelzoo.authoring", description=__doc__)
    parser.add_argument("command", choices=("lint", "compile"))
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--pack", type=Path, default=SOURCES.parent.parent / "packs" / "assessment")
    options = parser.parse_args(argv)
    sources = load_sources(options.sources)
    problems = lint(sources)
    for problem in problems:
        print(problem, file=sys.stderr)
    counts = f"{len(sources.conditions)} conditions, {len(sources.findings)} findings, {len(sources.rules)} rules"
    print(f"{counts}; {len(problems)} problems")
    if problems or options.command == "lint":
        return 1 if problems else 0
    from modelzoo.authoring.pack import write_pack

    write_pack(compile_knowledge(sources), options.pack)
    return 0


if __name__ == "__main__":
    sys.exit(main())
