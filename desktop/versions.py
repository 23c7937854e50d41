"""What runs here: the program and the assessment pack it carries, read without loading the engine."""

from __future__ import annotations

import hashlib
import json

from desktop import __version__
from modelzoo import PACK
from modelzoo.contract.errors import ArtefactMissing


def versions() -> dict[str, str]:
    """Return program, pack and manifest versions by name. Raises ArtefactMissing when there is no pack."""
    try:
        content = (PACK / "manifest.json").read_bytes()
        manifest = json.loads(content)
    except (OSError, ValueError) as error:
        raise ArtefactMissing("The assessment pack is missing or damaged; please install Barefoot again.") from error
    return {
        "barefoot": __version__,
        **{name: str(manifest[name]) for name in ("pack", "encoder", "knowledge") if name in manifest},
        "manifest": hashlib.sha256(content).hexdigest()[:16],
    }
