"""What a patient can be found by, as words that FTS5 indexes.

FTS5's own tokenisers either take a run of Chinese characters as one word or need three characters (trigram), while
Chinese names have two or three. So each run becomes its single characters and its pairs; other scripts stay words
and are found by their beginnings, with accents and case folded by FTS5's unicode61.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

MAX_TERMS = 12
_SIGNS_OF_A_PHONE = set("0123456789 +-()/.")


def index_words(*fields: str, phone: str = "") -> str:
    """Return the text to index for one patient."""
    words: list[str] = []
    for run, is_cjk in _runs(" ".join(fields)):
        words += [run] if not is_cjk else [*run, *_pairs(run)]
    digits = _digits(phone)
    if digits:
        words += [digits, digits[-4:], digits[-8:]]  # people remember the last four, and leave out country codes
    return " ".join(words)


def match_expression(query: str) -> str | None:
    """Return an FTS5 expression in which every part of the query must be found; None for a query without words.

    Only letters and digits of the query get into it, each term quoted, so no sign of FTS5's language can be typed.
    """
    if set(query) <= _SIGNS_OF_A_PHONE and len(_digits(query)) > 4:
        query = _digits(query)  # a telephone number is the same however it is grouped
    terms: list[str] = []
    for run, is_cjk in _runs(query):
        if not is_cjk:
            terms.append(f'"{run}"*')
        elif len(run) == 1:
            terms.append(f'"{run}"')
        else:
            terms += [f'"{pair}"' for pair in _pairs(run)]
    return " AND ".join(terms[:MAX_TERMS]) or None


def _digits(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdecimal())


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    for kind, characters in groupby(plain, key=_kind):
        if kind:
            yield "".join(characters), kind == "cjk"


def _kind(character: str) -> str:
    if _is_cjk(character):
        return "cjk"
    # marks belong to the letter before them (Vietnamese, Thai, Devanagari names)
    return "word" if unicodedata.category(character)[0] in "LNM" else ""


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or 0x3040 <= code <= 0x30FF
        or 0xAC00 <= code <= 0xD7AF
    )
