"""A progress line for long commands; silent where nobody watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")
_WIDTH = 30


def progress(items: Iterable[Item], total: int, stream: TextIO) -> Iterator[Item]:
    """Pass ``items`` on and draw how many of ``total`` are done on ``stream``, if it is a terminal."""
    shown = stream.isatty() and total > 0
    for done, item in enumerate(items, start=1):
        yield item
        if shown:
            filled = _WIDTH * done // total
            stream.write(f"\r[{'#' * filled}{' ' * (_WIDTH - filled)}] {done}/{total}")
            stream.flush()
    if shown:
        stream.write("\n")
