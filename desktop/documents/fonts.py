"""The fonts that ship: Inter for Latin, Droid Sans Fallback for Chinese (desktop/resources/fonts/README.md)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

import desktop.resources
from desktop.documents.offline_fpdf import FPDF

FOLDER = Path(desktop.resources.__file__).parent / "fonts"
REGULAR, BOLD, CHINESE_FILE = "Inter-Regular.ttf", "Inter-Bold.ttf", "DroidSansFallbackFull.ttf"
LATIN, CHINESE = "inter", "droid"


def add_fonts(pdf: FPDF) -> frozenset[int]:
    """Register the fonts with a document and return the code points that they can draw between them."""
    pdf.add_font(LATIN, "", FOLDER / REGULAR)
    pdf.add_font(LATIN, "B", FOLDER / BOLD)
    pdf.add_font(CHINESE, "", FOLDER / CHINESE_FILE)
    pdf.set_fallback_fonts([CHINESE], exact_match=False)
    return coverage()


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Return every code point that one of the fonts can draw, in both weights."""
    latin = _code_points(REGULAR) & _code_points(BOLD)
    return frozenset(latin | _code_points(CHINESE_FILE))


def _code_points(name: str) -> set[int]:
    with TTFont(FOLDER / name, lazy=True) as font:
        return set(font.getBestCmap())
