"""The one door: ``open_engine``, ``open_knowledge`` and the value types of the contract.

Importing this package is cheap and touches no third-party module; these functions load the rest when they are called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import ArtefactMissing

if TYPE_CHECKING:
    from modelzoo.graph import KnowledgeGraph

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


def open_knowledge(pack: Path = PACK) -> KnowledgeGraph:
    """Open the knowledge of an assessment pack for reading, without its encoder.

    Raises:
        ArtefactMissing, ArtefactCorrupt, ArtefactTooNew: the pack is not fit for use.
    """
    from modelzoo.graph import KnowledgeGraph

    return KnowledgeGraph.open(pack)
