"""Tell a file that was cut short from one that was damaged, by its length: the format fixes what lengths can be."""

from __future__ import annotations

from desktop.casefile.age_header import AgeHeader
from desktop.casefile.archive import length_is_whole
from desktop.casefile.errors import CutShort, Damaged


def payload_failure(header: AgeHeader) -> CutShort | Damaged:
    """Return what a payload that fails its check most probably suffered."""
    if length_is_whole(header.plain_bytes):
        return Damaged("This case file is damaged; copy it again from where it came from.")
    return CutShort("This case file was cut short or added to; copy it again from where it came from.")


def header_failure() -> Damaged:
    """Return the refusal of a header whose own check fails."""
    return Damaged("The first lines of this case file are damaged; copy it again from where it came from.")
