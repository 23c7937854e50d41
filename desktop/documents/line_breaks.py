"""Where a line of Chinese may break: between characters, but not before closing or after opening punctuation.

Source: Unicode Standard Annex 14 (line breaking), the rules for ideographs, closing and opening punctuation.
"""

from __future__ import annotations

ZERO_WIDTH_SPACE = "\u200b"
_NOT_AT_START = frozenset("，。、；：！？）》」』】〕〉”’…—·％℃,.;:!?)]}%")
_NOT_AT_END = frozenset("（《「『【〔〈“‘([{")


def breakable(text: str) -> str:
    """Return text with a zero-width space wherever a line may break beside an ideograph."""
    parts: list[str] = []
    for index, character in enumerate(text):
        before = text[index - 1] if index else "\n"
        if (
            (_wide(character) or _wide(before))
            and character not in _NOT_AT_START
            and before not in _NOT_AT_END
            and not character.isspace()
            and not before.isspace()
        ):
            parts.append(ZERO_WIDTH_SPACE)
        parts.append(character)
    return "".join(parts)


def _wide(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uff60"
