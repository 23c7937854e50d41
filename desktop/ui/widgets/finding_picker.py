"""Choose a finding by name: to add one, or in place of one that was misunderstood."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.widgets.pane import Dialog, label
from desktop.ui.widgets.search_line import SearchLine
from modelzoo.contract.engine import Term

ADD_TITLE = translatable("picker", "Add a finding")
CORRECT_TITLE = translatable("picker", "Which finding was meant?")
PROMPT = translatable("picker", "Type a few letters, in English or Chinese, then choose with ↓ and Enter.")
UNKNOWN = translatable("picker", "No finding has this name. Choose one of the list, or write it in the text.")


class FindingPicker(Dialog):
    """Emits ``picked`` with a finding's id."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None, *, correcting: bool) -> None:
        super().__init__(parent)
        self.speak(self.setWindowTitle, CORRECT_TITLE if correcting else ADD_TITLE)
        self.line = SearchLine()
        self.line.setObjectName("finding_search")
        self.line.taken.connect(self._take)
        prompt, self._unknown = label("muted", wrap=True), label("notice", wrap=True)
        self.speak(prompt.setText, PROMPT)
        self.speak(self._unknown.setText, UNKNOWN)
        self._unknown.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 160)  # room for the list below the line
        layout.setSpacing(8)
        for part in (prompt, self.line, self._unknown):
            layout.addWidget(part)
        self.setMinimumWidth(440)

    def _take(self, words: str, term: Term | None) -> None:
        if term is None:
            self.line.setText(words)
            self._unknown.show()
            return
        self.picked.emit(term.id)
        self.accept()
