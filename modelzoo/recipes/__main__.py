"""``python -m modelzoo.recipes encoder --data DIR --work DIR``: rebuild the shipped encoder from pinned packages."""

from __future__ import annotations

import argparse
from pathlib import Path

from modelzoo.recipes.encoder import Places, make_distilled


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m modelzoo.recipes", description=__doc__)
    parser.add_argument("recipe", choices=["encoder"])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for downloads, caches and checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoints in the work folder")
    parser.add_argument("--distill-steps", type=int, default=9_000)
    arguments = parser.parse_args()
    make_distilled(Places(arguments.data, arguments.work), arguments.distill_steps, arguments.resume)


if __name__ == "__main__":
    main()
