"""A line that offers names while it is typed, and takes any words all the same."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from desktop.ui.plain_text import clean_line
from modelzoo.contract.engine import Term

PAUSE_MS = 120


class SearchLine(QLineEdit):
    """Emits ``sought`` while someone types; ``offer`` answers it. ``taken`` carries the words and the term or None."""

    sought = Signal(str)
    taken = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(500)
        self._terms: tuple[Term, ...] = ()
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._popup.clicked.connect(self._take_term)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.sought.emit(self.text()))
        self.textEdited.connect(lambda: self._pause.start())

    @property
    def offered(self) -> tuple[Term, ...]:
        """The names that are offered now."""
        return self._terms

    def offer(self, terms: tuple[Term, ...]) -> None:
        """Show names for what stands in the line now."""
        self._terms = terms
        self._names.setStringList([_name(t) for t in terms])
        popup = self._popup
        if terms and self.hasFocus() and self.text().strip():
            self._completer.complete()
            popup.setCurrentIndex(QModelIndex())
        else:
            popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down chooses from the list, Enter takes what is marked there or the words as they are."""
        popup = self._popup
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if popup.isVisible():
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = (popup.currentIndex().row() + step) % max(1, len(self._terms))
                popup.setCurrentIndex(self._names.index(row))
                return
            if event.key() == Qt.Key.Key_Escape:
                popup.hide()
                return
            if enter and popup.currentIndex().isValid():
                self._take_term(popup.currentIndex())
                return
        if enter:
            popup.hide()
            words = clean_line(self.text())
            if words:
                exact = [t for t in self._terms if t.label.casefold() == words.casefold()]
                self._take(words, exact[0] if exact else None)
            return
        super().keyPressEvent(event)

    def _take_term(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._terms):
            term = self._terms[index.row()]
            self._popup.hide()
            self._take(term.label, term)

    def _take(self, words: str, term: Term | None) -> None:
        self._pause.stop()
        self.clear()
        self._terms = ()
        self.taken.emit(words, term)


def _name(term: Term) -> str:
    return f"{term.label}  {term.icd10[0]}" if term.icd10 else term.label
