"""Errors that a person may see: a stable code, one clear sentence, and data that never holds a patient's words."""

from __future__ import annotations

from collections.abc import Mapping


class BarefootError(Exception):
    """Base of every error that is shown to a person.

    ``code`` is stable and may be quoted to support; ``message`` is one sentence that a clinician understands;
    ``data`` holds what a program may need (counts, names of files, ranges), never words of a patient.
    """

    code = "BF-000"

    def __init__(self, message: str, *, code: str | None = None, data: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code
        self.data: dict[str, object] = dict(data or {})


class BadInput(BarefootError):
    """The caller gave something that cannot be used; nothing was changed. Exit status 2."""

    code = "INP-001"


class ArtefactError(BarefootError):
    """A file that the program needs is not fit for use. Exit status 3."""

    code = "ART-000"


class ArtefactMissing(ArtefactError):
    """A file of the assessment pack is not there."""

    code = "ART-001"


class ArtefactCorrupt(ArtefactError):
    """A file of the assessment pack differs from what was released."""

    code = "ART-002"


class ArtefactTooNew(ArtefactError):
    """The assessment pack was made for a newer program."""

    code = "ART-003"


class ProcessorUnsupported(ArtefactError):
    """This processor lacks an instruction set without which the program cannot run."""

    code = "ART-004"
