"""A narrow column in the middle of the window: pages with one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.widgets.pane import Pane, button, label

WIDTH = 520
# in each language the name of the other: whoever needs it reads it
OTHER_LANGUAGE = translatable("card", "简体中文")


class Card(Pane):
    """Subclasses put their parts into ``column``. Emits ``language_switched``."""

    language_switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.panel = Pane(role="panel")
        self.panel.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(8)
        self.language = button("ghost", name="switch_language")
        self.speak(self.language.setText, OTHER_LANGUAGE)
        self.language.clicked.connect(self.language_switched)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.addWidget(self.language, 0, Qt.AlignmentFlag.AlignRight)
        page.addLayout(row, 1)

    def add_field(self, field: QLineEdit, words: Text, name: str) -> None:
        """Add a line with its caption above it."""
        caption = label("heading")
        caption.setBuddy(field)
        self.speak(caption.setText, words)
        self.speak(field.setAccessibleName, words)
        field.setObjectName(name)
        self.column.addSpacing(4)
        self.column.addWidget(caption)
        self.column.addWidget(field)
