"""Identifiers of patients and encounters: random, permanent, and safe in a file name."""

from __future__ import annotations

import re
import uuid

from modelzoo.contract.errors import BadInput

_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")


def new_id() -> str:
    """Return a new random identifier (32 hexadecimal digits, version 4 UUID)."""
    return uuid.uuid4().hex


def check_id(value: object) -> str:
    """Return ``value`` if it may serve as an identifier. Raises BadInput otherwise."""
    if not isinstance(value, str) or not _ALLOWED.fullmatch(value):
        raise BadInput(
            "An identifier may hold only up to 100 letters, digits, points, colons, hyphens and underscores.",
            code="DOM-040",
        )
    return value
