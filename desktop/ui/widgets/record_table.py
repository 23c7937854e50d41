"""A plain table of records: arrows move, Enter or a double click chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.resources.translatable import Text
from desktop.ui.i18n import translated
from desktop.ui.plain_text import shown

ROW_HEIGHT = 32


class RecordTable(QTableWidget):
    """Emits ``chosen`` with a row's place, and ``pointed_at`` when the current row changes (-1: none)."""

    chosen = Signal(int)
    pointed_at = Signal(int)

    def __init__(self, headings: Sequence[Text], widths: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(0, len(headings), parent)
        self._headings = tuple(headings)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
            else:
                self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.cellDoubleClicked.connect(lambda row, _column: self.chosen.emit(row))
        self.currentCellChanged.connect(
            lambda row, _c, before, _b: self.pointed_at.emit(row) if row != before else None
        )
        self.retranslate()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows and keep the current one if it is still there."""
        current = self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(shown(cell).replace("\n", " "))
                item.setToolTip(item.text() if len(item.text()) > 24 else "")
                self.setItem(place, column, item)
        if rows:
            self.setCurrentCell(min(max(current, 0), len(rows) - 1), 0)
        self.blockSignals(False)
        self.pointed_at.emit(self.currentRow())

    def retranslate(self) -> None:
        """Name the columns in the language in use."""
        self.setHorizontalHeaderLabels([translated(h) for h in self._headings])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
            return
        super().keyPressEvent(event)
