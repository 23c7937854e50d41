"""Someone for whom the clinic seals case files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """A hospital or colleague.

    ``recipient`` is their age X25519 public key (``age1…``); ``signing_key`` their Ed25519 public key in
    hexadecimal, or empty when it is not known and a file of theirs can therefore not be checked for its author.
    """

    name: str
    recipient: str
    signing_key: str = ""
    note: str = ""
    added_at: datetime | None = None
