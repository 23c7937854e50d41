"""What runs here: the program and the assessment pack it carries, read without loading the engine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from desktop import __version__
from modelzoo import PACK
from modelzoo.contract.errors import ArtefactMissing

_NAMED = ("encoder", "knowledge")


def versions() -> dict[str, str]:
    """Return program, pack and manifest versions by name. Raises ArtefactMissing when there is no pack."""
    try:
        content = (PACK / "manifest.json").read_bytes()
        manifest = json.loads(content)
        pack, artefacts = str(manifest["pack"]), [(str(a["path"]), str(a["sha256"])) for a in manifest["artefacts"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArtefactMissing("The assessment pack is missing or damaged; please install Barefoot again.") from error
    return {
        "barefoot": __version__,
        "pack": pack,
        # encoder and knowledge are released as one pack; their hashes tell builds of it apart
        **{Path(path).stem: f"{pack} ({sha256[:12]})" for path, sha256 in artefacts if Path(path).stem in _NAMED},
        "manifest": hashlib.sha256(content).hexdigest()[:12],
    }
