"""``python -m modelzoo.recipes STAGE --data DIR --work DIR``: rebuild what ships from pinned packages, stage by stage.

adapt    the base reads medical text (masked language modelling)
teach    the adapted base is taught all tasks of reading: the teacher
learn    six layers learn them from the teacher: the student
ablate   what each ingredient brings, in short runs on a tenth of the data
export   the student becomes int8 graph, tokenizer and manifest of a pack
join     the reader of whole texts is taught on that graph, and joined with what findings say (after the knowledge was
         compiled into the pack; needs neither --data nor --work)

Each stage runs those before it where they are not done, keeps a checkpoint, and goes on from it when started again.
Several processes share the work of one: ``accelerate launch --cpu --num_processes 2 -m modelzoo.recipes teach ...``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from modelzoo.recipes.run import Stopped, quiet

_MODELZOO = Path(__file__).resolve().parents[1]
_SOURCES = _MODELZOO / "knowledge" / "sources"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m modelzoo.recipes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=["adapt", "teach", "learn", "ablate", "export", "join"])
    parser.add_argument("--data", type=Path, help="folder of the public data sets")
    parser.add_argument("--work", type=Path, help="folder for downloads, caches and checkpoints")
    parser.add_argument("--pack", type=Path, default=_MODELZOO / "packs" / "assessment", help="where export writes")
    parser.add_argument("--sources", type=Path, default=_SOURCES, help="the knowledge's records")
    parser.add_argument("--pieces", type=Path, help="the records that the vocabulary was chosen by, where others")
    parser.add_argument("--minutes", type=float, help="stop after so long, to go on another time")
    arguments = parser.parse_args()
    quiet()
    if arguments.stage == "join":
        from modelzoo.recipes.fusion import join

        print(join(arguments.pack, arguments.sources))
        return 0
    if not (arguments.data and arguments.work):
        parser.error(f"{arguments.stage} needs --data and --work")
    from modelzoo.recipes.ablation import ablate
    from modelzoo.recipes.stages import Workshop, adapt_stage, export_stage, learn_stage, teach_stage

    shop = Workshop(arguments.data, arguments.work, arguments.sources, arguments.minutes, arguments.pieces)
    try:
        if arguments.stage == "ablate":
            print(json.dumps(ablate(shop), indent=1))
        elif arguments.stage == "export":
            manifest = export_stage(shop, arguments.pack)
            print(f"pack {manifest.pack}, manifest {manifest.sha256}")
        else:
            {"adapt": adapt_stage, "teach": teach_stage, "learn": learn_stage}[arguments.stage](shop)
    except Stopped as stopped:
        print(f"{stopped}; start the same command again to go on")
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
