"""The program's entry: without arguments the window, with arguments the headless twin."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the program and return its exit status; a processor that cannot run it gets one sentence."""
    multiprocessing.freeze_support()
    from modelzoo.contract.errors import BarefootError
    from modelzoo.runtime.boot import prepare_process

    try:
        prepare_process()
    except BarefootError as error:
        print(f"barefoot: {error.message}", file=sys.stderr)  # noqa: T201
        return 3
    if len(sys.argv) > 1:
        from desktop import cli

        return cli.main(sys.argv[1:])
    from desktop import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
