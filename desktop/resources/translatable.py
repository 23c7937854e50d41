"""Marks sentences for translation without Qt, so that services can word what a window later shows.

Qt's own catalogue (.ts, .qm) holds the translations; ``pyside6-lupdate`` finds the marked strings through its option
``-tr-function-alias QT_TRANSLATE_NOOP+=translatable``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence to be translated when it is shown; ``values`` fill its ``{places}`` and may be Text themselves."""

    context: str
    source: str
    values: Mapping[str, object] = field(default_factory=dict)

    def fill(self, **values: object) -> Text:
        """Return the same sentence with its places filled."""
        return replace(self, values={**self.values, **values})


def translatable(context: str, source: str) -> Text:
    """Mark ``source`` (a plain literal, never an f-string) for translation in ``context``."""
    return Text(context, source)
