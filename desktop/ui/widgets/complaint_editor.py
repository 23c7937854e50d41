"""The field for what the patient says: plain text only, understood words marked, never blocked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.offsets import Offsets
from desktop.ui.plain_text import TOO_LONG, clean_pasted
from desktop.ui.theme.colours import Palette
from desktop.ui.widgets.highlighter import FindingHighlighter, Span
from modelzoo.contract.assessment import Finding
from modelzoo.contract.case import MAX_TEXT_CHARACTERS

SMALLEST_HEIGHT = 72


class PlainEdit(QPlainTextEdit):
    """A text field that takes plain text only and says what it left out. Tab leaves it."""

    noted = Signal(object)

    def __init__(self, parent: QWidget | None = None, limit: int = MAX_TEXT_CHARACTERS) -> None:
        super().__init__(parent)
        self._limit = limit
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """A few lines: it grows into what room there is rather than push others off the screen."""
        return QSize(256, SMALLEST_HEIGHT)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only text."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert plain text without control characters, or refuse it whole with a note."""
        kept = len(self.toPlainText()) - len(self.textCursor().selectedText())
        pasted = clean_pasted(source.text(), kept, self._limit)
        if pasted.text:
            self.textCursor().insertText(pasted.text)
            self.ensureCursorVisible()
        if pasted.note is not None:
            self.noted.emit(pasted.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Refuse the character that would be one too many."""
        if event.text().isprintable() and event.text() and self._is_full():
            self.noted.emit(TOO_LONG.fill(count=f"{self._limit + 1:,}", limit=f"{self._limit:,}"))
            return
        super().keyPressEvent(event)

    def _is_full(self) -> bool:
        # characterCount counts UTF-16 units and one closing mark: cheap, and only near the limit is it made exact
        if self.document().characterCount() <= self._limit or self.textCursor().hasSelection():
            return False
        return len(self.toPlainText()) >= self._limit


class ComplaintEditor(PlainEdit):
    """Free text with the marks of what was understood."""

    finding_hovered = Signal(str)
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "complaint")
        self.setObjectName("complaint")
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.marks = FindingHighlighter(self.document())
        self._text = ""
        self._hovered = ""
        self.textChanged.connect(self._tell_if_edited)

    def use_palette(self, palette: Palette) -> None:
        """Draw marks in the colours of a theme."""
        self.marks.use_palette(palette)

    def show_text(self, text: str) -> None:
        """Show a stored text."""
        self._text = text
        self.setPlainText(text)
        self._text = self.toPlainText()

    def show_findings(self, text: str, findings: tuple[Finding, ...]) -> None:
        """Mark findings whose offsets count code points of ``text``; ignored if the text has moved on."""
        if text != self._text:
            return
        offsets = Offsets(text)
        self.marks.show_spans(
            tuple(
                Span(offsets.to_units(f.start), offsets.to_units(f.end), f.id, f.assertion)
                for f in findings
                if f.start is not None and f.end is not None
            )
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which finding lies under the pointer."""
        cursor = self.cursorForPosition(event.position().toPoint())
        finding = self.marks.finding_at(cursor.position()) or ""
        if finding != self._hovered:
            self._hovered = finding
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if finding else Qt.CursorShape.IBeamCursor)
            self.finding_hovered.emit(finding)
        super().mouseMoveEvent(event)

    def _tell_if_edited(self) -> None:
        text = self.toPlainText()  # drawing a mark also counts as a change to Qt; only other words do to us
        if text != self._text:
            self._text = text
            self.edited.emit(text)
