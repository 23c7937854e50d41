"""A person who works with the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class User:
    """Someone whose name stands under what they record."""

    id: str
    name: str
    created_at: datetime

    def __str__(self) -> str:
        return self.name
