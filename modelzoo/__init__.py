"""The one door to understanding and reasoning: ``open_engine`` and the value types of the contract.

Importing this package is cheap and touches no third-party module; ``open_engine`` loads the rest when it is called.
"""

from __future__ import annotations

from pathlib import Path

from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import ArtefactMissing

PACK = Path(__file__).parent / "packs" / "assessment"


def open_engine(pack: Path = PACK) -> Engine:
    """Open a verified assessment pack.

    Raises:
        ProcessorUnsupported: this processor cannot run the program.
        ArtefactMissing, ArtefactCorrupt, ArtefactTooNew: the pack is not fit for use.
    """
    from modelzoo.runtime.boot import prepare_process

    prepare_process()
    try:
        from modelzoo.engine import PackEngine
    except ModuleNotFoundError as error:
        raise ArtefactMissing(
            f"The library {error.name} is not installed, without which there is no advice; set the program up again.",
            data={"library": error.name},
        ) from error

    return PackEngine.open(pack)
