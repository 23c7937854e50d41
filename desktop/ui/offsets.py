"""Positions in text: the engine counts Unicode code points, Qt counts UTF-16 units. An emoji is one and two."""

from __future__ import annotations

from bisect import bisect_right


class Offsets:
    """Converts both ways for one text in O(log n); code points beyond U+FFFF take two units."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        # the unit at which the second half of each wide code point stands
        self._second_half = [i + n + 1 for n, i in enumerate(self._wide)]

    def to_units(self, code_points: int) -> int:
        """Return the UTF-16 position of a code-point position."""
        return code_points + bisect_right(self._wide, code_points - 1)

    def to_code_points(self, units: int) -> int:
        """Return the code-point position of a UTF-16 position (inside a pair: the pair's own)."""
        return units - bisect_right(self._second_half, units)
