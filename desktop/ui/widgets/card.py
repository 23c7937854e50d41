"""A narrow column in the middle of the window: pages with one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text
from desktop.ui.widgets.pane import Pane, label

WIDTH = 520


class Card(Pane):
    """Subclasses put their parts into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.panel = Pane(role="panel")
        self.panel.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(8)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

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
