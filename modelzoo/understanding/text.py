"""The text as matching needs it, with a way back to the text as given.

Matching wants one form of every character (NFKC, lower case, plain quotes, no invisible marks); people want the words
highlighted where they stand. Every character of the matching form therefore remembers the code points it came from.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "℉": "°f"}
# Commonest traditional characters of complaints, so that a clinic in another region is understood too.
_SIMPLIFIED = str.maketrans(
    "發燒熱頭暈體藥醫師氣腦這個們來說時會間長東嘔瀉腫脹壓癢紅黃經懷後兩歲個無癥腎臟膽癱瘓噴咽鼻喪麼還過沒嚴開門關節傷痠"
    "週點鐘講話聽視覺戰顫顏齒齦",
    "发烧热头晕体药医师气脑这个们来说时会间长东呕泻肿胀压痒红黄经怀后两岁个无症肾脏胆瘫痪喷咽鼻丧么还过没严开门关节伤酸"
    "周点钟讲话听视觉战颤颜齿龈",
)
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_SHOUTED = 20  # letters; fewer may be an abbreviation


@dataclass(frozen=True, slots=True)
class PlainText:
    """``plain`` is what is matched; ``starts[i]`` and ``ends[i]`` are the code points of ``given`` behind plain[i]."""

    given: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as given for plain[start:end]; ``start`` < ``end``."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=4096)
def _form(character: str) -> str:
    """Matching form of one character; empty for marks that nobody sees, a space for control characters."""
    if character in _PLAIN:
        return _PLAIN[character]
    if character == "\n":
        return "\n"
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me") or character in "\ufe0f\u200d":
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp", "Cs", "Co", "Cn"):
        return "\n" if category in ("Zl", "Zp") else " "
    return unicodedata.normalize("NFKC", character).lower().translate(_SIMPLIFIED)


def plain_text(given: str) -> PlainText:
    """Build the matching form of ``given``; works for any string, empty ones included."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, character in enumerate(given):
        for piece in _form(character):
            characters.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return PlainText(given, "".join(characters), tuple(starts), tuple(ends))


def calm(given: str) -> str:
    """``given`` as the model should hear it, character for character: without the blanks at its end, of which the
    tokenizer makes a piece that says nothing and disturbs the rest; and a text all in capitals in small letters, since
    the model was taught on few capitals and reads them worse."""
    given = given.rstrip()
    latin = [c for c in given if c.isascii() and c.isalpha()]
    shouted = len(latin) >= _SHOUTED and sum(c.isupper() for c in latin) > 0.7 * len(latin)
    return given.translate(_SMALL) if shouted else given


def is_cjk(character: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"
