"""What is checked while the program starts: each step is well, or says in one sentence what is not.

Nothing here stops the window from opening: records must be readable on a machine where advice is not to be had.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.services.machine_check import FONT_FOLDER, check_clock, check_disk, check_fonts
from modelzoo.contract.engine import CheckResult, Engine
from modelzoo.contract.errors import BarefootError
from modelzoo.runtime.boot import refuse_unsupported_processor


@dataclass(frozen=True, slots=True)
class Started:
    """The outcome: the steps in order, and the engine or the error in its place."""

    steps: tuple[CheckResult, ...]
    engine: Engine | None
    error: Exception | None

    def problems(self) -> tuple[CheckResult, ...]:
        """Return the steps that are not well, the engine's aside, which the page of a visit explains itself."""
        return tuple(step for step in self.steps if not step.ok and step.name != "pack")


def start(open_engine: Callable[[], Engine], data: Path, today: date) -> Started:
    """Take every step: processor, pack, fonts, disk, clock. Runs in the background; never raises for a failed step."""
    engine: Engine | None = None
    failure: Exception | None = None
    steps: list[CheckResult] = []
    try:
        refuse_unsupported_processor()
        steps.append(CheckResult("processor", True, "The processor can run the program."))
        engine = open_engine()
        steps.append(CheckResult("pack", True, f"Pack {engine.provenance.pack} on {engine.provenance.device}."))
    except BarefootError as error:
        failure = error
        steps.append(CheckResult("pack", False, error.message))
    except (ImportError, OSError, MemoryError) as error:
        failure = error
        steps.append(CheckResult("pack", False, f"The assessment pack cannot be opened ({type(error).__name__})."))
    steps.append(check_fonts(FONT_FOLDER))
    try:
        steps.append(check_disk(shutil.disk_usage(data).free))
    except OSError as error:
        steps.append(CheckResult("disk", False, f"The folder of the records cannot be reached ({error.strerror})."))
    steps.append(check_clock(today))
    return Started(tuple(steps), engine, failure)
