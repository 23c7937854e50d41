"""Widgets whose words follow the language while the program runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QWidget

from desktop.resources.translatable import Text
from desktop.ui.i18n import translated

_PLAIN = Qt.TextFormat.PlainText


class Spoken:
    """Remembers which setter shows which text, and shows all of them anew when the language changes."""

    def __init__(self) -> None:
        self._texts: dict[tuple[int, str], tuple[Callable[[str], object], Text]] = {}

    def __call__(self, setter: Callable[[str], object], text: Text) -> None:
        """Show ``text`` through ``setter`` (a bound method of a widget that lives as long as this)."""
        self._texts[id(getattr(setter, "__self__", setter)), getattr(setter, "__name__", "")] = (setter, text)
        setter(translated(text))

    def again(self) -> None:
        """Show every text in the language in use."""
        for setter, text in self._texts.values():
            setter(translated(text))


class Pane(QFrame):
    """A part of a screen. Subclasses show words with ``self.speak`` and redraw the rest in ``retranslate``."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(parent)
        self.speak = Spoken()
        if role:
            self.setProperty("role", role)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.speak.again()
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Show anew what was not shown through ``speak``; nothing by default."""


class Dialog(QDialog):
    """A dialog with the same habits as ``Pane``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speak = Spoken()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.speak.again()
        super().changeEvent(event)


def label(role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """Return a plain-text label; a label never interprets what it shows as markup."""
    made = QLabel()
    made.setTextFormat(_PLAIN)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def button(role: str = "", *, name: str = "") -> QPushButton:
    """Return a button that answers to Enter as well as to Space."""
    made = QPushButton()
    made.setAutoDefault(True)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and let the style sheet see it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
