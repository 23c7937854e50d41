"""Names of medicines and the families they belong to, as the table in the resources has them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

import desktop.resources

TABLE = Path(desktop.resources.__file__).parent / "medicine_families.toml"
_SHORTEST_LATIN_WORD_BY_SLIPS = ((11, 3), (8, 2), (6, 1))  # a word of at least so many letters may hold so many slips
_CJK = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Family:
    """Medicines that share an allergy; ``related`` are ids of families in which it is a caution."""

    id: str
    label_en: str
    label_zh: str
    members: tuple[str, ...]
    related: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the name of the family in ``en`` or ``zh``."""
        return self.label_zh if language == "zh" else self.label_en


@lru_cache(maxsize=1)
def families() -> dict[str, Family]:
    """Return the families by id."""
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        f["id"]: Family(
            f["id"], f["label"]["en"], f["label"]["zh"], tuple(plain(m) for m in f["members"]), tuple(f["related"])
        )
        for f in data["family"]
    }


def plain(name: str) -> str:
    """Return the form that is compared: NFKC, lower case, accents off, hyphens and runs of blanks as one blank."""
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)) if not unicodedata.combining(c)
    )
    return " ".join(re.sub(r"[-‐‑–/+,;，、；()（）]", " ", folded.casefold()).split())


def families_of(name: str) -> tuple[Family, ...]:
    """Return the families of every medicine named in a line such as ``amoxicilin 500 caps`` or ``阿莫西林胶囊``."""
    line = plain(name)
    return tuple(f for f in families().values() if any(names(line, member) for member in f.members))


def names(line: str, medicine: str) -> bool:
    """Whether ``line`` names ``medicine`` (both in plain form); slips of the pen in longer Latin words are allowed."""
    if _CJK.search(medicine):
        return medicine in line
    wanted = medicine.split()
    words = _WORD.findall(line)
    spans = (words[i : i + len(wanted)] for i in range(len(words) - len(wanted) + 1))
    return any(all(_same_word(a, b) for a, b in zip(span, wanted, strict=True)) for span in spans)


def _same_word(written: str, known: str) -> bool:
    if written in (known, f"{known}s"):
        return True
    slips = next((slips for length, slips in _SHORTEST_LATIN_WORD_BY_SLIPS if len(known) >= length), 0)
    if not slips or written[:1] != known[:1]:
        return False
    if is_other_medicine(written, known):
        return False
    return DamerauLevenshtein.distance(written, known, score_cutoff=slips) <= slips


@lru_cache(maxsize=4096)
def is_other_medicine(written: str, known: str) -> bool:
    """Whether a word is itself the exact name of something else in the table (cefalexin is no slip for cefalotin)."""
    return written != known and any(written in family.members for family in families().values())
