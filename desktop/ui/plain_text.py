"""What may enter a text field: plain text only, without control characters, up to the engine's limit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from desktop.resources.translatable import Text, translatable
from modelzoo.contract.case import MAX_TEXT_CHARACTERS

# Embeddings, overrides and isolates can make text read otherwise than it is stored; LRM, RLM and ALM cannot.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_CONTROLS = frozenset("\n\t")
TOO_LONG = translatable(
    "text", "That would make {count} characters; at most {limit} can be kept here. Nothing was inserted."
)
DROPPED = translatable("text", "{count} invisible control characters were left out of what was pasted.")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that may be inserted, and a note for the person where something was left out or refused."""

    text: str
    note: Text | None = None


def clean_pasted(pasted: str, characters_kept: int, limit: int = MAX_TEXT_CHARACTERS) -> Pasted:
    """Return what of ``pasted`` may be inserted beside ``characters_kept`` code points that are there already.

    Control characters, unpaired surrogates and marks that reorder text are dropped with a note; a text that would
    grow beyond ``limit`` is refused whole, because half a complaint reads like a whole one.
    """
    unified = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(c for c in unified if _may_stay(c))
    if characters_kept + len(text) > limit:
        return Pasted("", TOO_LONG.fill(count=f"{characters_kept + len(text):,}", limit=f"{limit:,}"))
    dropped = len(unified) - len(text)
    return Pasted(text, DROPPED.fill(count=dropped) if dropped else None)


def clean_line(typed: str, limit: int = 500) -> str:
    """Return one line without control and reordering characters, trimmed, at most ``limit`` code points."""
    return "".join(c if _may_stay(c) and c not in "\n\t" else " " for c in typed).strip()[:limit]


def shown(stored: str) -> str:
    """Return stored text as it may be shown: characters that reorder or hide text become a visible mark."""
    return "".join(c if _may_stay(c) else "\ufffd" for c in stored)


def _may_stay(character: str) -> bool:
    if character in _REORDERING:
        return False
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
