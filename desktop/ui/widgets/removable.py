"""A row of things the clinician entered; Delete takes one away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.i18n import translated
from desktop.ui.plain_text import shown
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.pane import Pane

TIP = translatable("removable", "Delete takes it away")


class Removables(Pane):
    """Emits ``removed`` with the place of an entry."""

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.chips: list[_Entry] = []

    def show_entries(self, entries: tuple[str, ...]) -> None:
        """Show these entries."""
        while len(self.chips) < len(entries):
            chip = _Entry(self, len(self.chips))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self.chips):
            if place < len(entries):
                chip.setText(f"{shown(entries[place])}  ×".replace("&", "&&"))
                chip.setToolTip(translated(TIP))
            chip.setVisible(place < len(entries))
        self.setVisible(bool(entries))
        self.updateGeometry()


class _Entry(QPushButton):
    def __init__(self, row: Removables, place: int) -> None:
        super().__init__()
        self._row, self._place = row, place
        self.setProperty("role", "chip")
        self.clicked.connect(lambda: row.removed.emit(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._row.removed.emit(self._place)
        else:
            super().keyPressEvent(event)
