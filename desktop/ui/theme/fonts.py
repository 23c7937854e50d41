"""The fonts that ship: Inter for Latin, an openly licensed face for Chinese; the system's only behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from desktop.ui.theme.scale import TYPE_BODY

FOLDER = Path(__file__).parent.parent.parent / "resources" / "fonts"


def load_fonts(folder: Path = FOLDER) -> tuple[str, ...]:
    """Register every font file of ``folder`` and return the family names, Latin before Chinese."""
    families: list[str] = []
    for file in sorted(folder.glob("*.[ot]t[fc]")):
        number = QFontDatabase.addApplicationFont(str(file))
        for family in QFontDatabase.applicationFontFamilies(number) if number >= 0 else []:
            if family not in families:
                families.append(family)
    return tuple(sorted(families, key=lambda name: not name.startswith("Inter")))


def base_font(families: tuple[str, ...]) -> QFont:
    """Return the body font; families are tried in order for every character."""
    font = QFont()
    if families:
        font.setFamilies(list(families))
    font.setPixelSize(TYPE_BODY)
    return font
