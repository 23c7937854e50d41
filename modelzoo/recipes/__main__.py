"""``python -m modelzoo.recipes encoder --data DIR --work DIR``: rebuild the shipped encoder from pinned packages."""

from __future__ import annotations

import argparse
from pathlib import Path

from modelzoo.recipes.encoder import Places, Steps, build_encoder

_MODELZOO = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m modelzoo.recipes", description=__doc__)
    parser.add_argument("recipe", choices=["encoder"])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for downloads, caches and checkpoints")
    parser.add_argument("--pack", type=Path, default=_MODELZOO / "packs" / "assessment", help="where to write")
    parser.add_argument("--findings", type=Path, default=_MODELZOO / "knowledge" / "sources" / "findings")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoints in the work folder")
    parser.add_argument("--distill-steps", type=int, default=7_000)
    parser.add_argument("--contrast-steps", type=int, default=1_500)
    arguments = parser.parse_args()
    places = Places(arguments.data, arguments.work, arguments.findings, arguments.pack)
    manifest = build_encoder(places, Steps(arguments.distill_steps, arguments.contrast_steps), arguments.resume)
    print(f"pack {manifest.pack}, manifest {manifest.sha256}")


if __name__ == "__main__":
    main()
