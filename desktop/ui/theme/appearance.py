"""Puts a palette on the running application and tells who draws for themselves."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui.theme.colours import DARK, LIGHT, PALETTES, Palette
from desktop.ui.theme.fonts import base_font, load_fonts
from desktop.ui.theme.stylesheet import style_sheet

CHOICES = ("system", "light", "dark", "high_contrast")


class Appearance(QObject):
    """The theme in use: ``choice`` as the person made it, ``palette`` as it is drawn."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self.families = load_fonts()
        app.setStyle("Fusion")
        app.setFont(base_font(self.families))
        self.choice = ""
        self.palette: Palette = LIGHT
        self.use(choice if choice in CHOICES else "system")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def use(self, choice: str) -> None:
        """Switch to one of ``CHOICES``."""
        self.choice = choice
        self.palette = PALETTES.get(choice) or self._system_palette()
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(style_sheet(self.palette))
        self.changed.emit()

    def _system_palette(self) -> Palette:
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow_system(self) -> None:
        if self.choice == "system" and self._system_palette() is not self.palette:
            self.use("system")


def _qt_palette(colours: Palette) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, colours.window), (role.WindowText, colours.text), (role.Base, colours.surface),
        (role.AlternateBase, colours.window), (role.Text, colours.text), (role.Button, colours.raised),
        (role.ButtonText, colours.text), (role.Highlight, colours.accent), (role.HighlightedText, colours.on_accent),
        (role.ToolTipBase, colours.raised), (role.ToolTipText, colours.text), (role.PlaceholderText, colours.muted),
        (role.Link, colours.accent), (role.Accent, colours.accent),
    ):  # fmt: skip
        palette.setColor(name, QColor(colour))
    return palette
