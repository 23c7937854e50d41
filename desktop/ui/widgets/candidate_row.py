"""One candidate of the differential: dots and words, the number only on demand, evidence in one line or in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.i18n import translated
from desktop.ui.presenters.advice import CandidateRow, Ground
from desktop.ui.widgets.pane import Pane, label, restyle

AGAINST = translatable("differential", "against: {grounds}")
FOR = translatable("differential", "for: {grounds}")
MORE = translatable("differential", "+ {count}")
UNKNOWN = translatable("differential", "not yet known: {findings}")
NOTHING = translatable("differential", "nothing that was said; only how common it is")
SOUND = translatable("differential", "no single finding; only how the text sounds as a whole")
WHOLE_FOR = translatable("differential", "the text as a whole also speaks for it: {percent} % of the weight")
WHOLE_AGAINST = translatable("differential", "the text as a whole speaks against it: {percent} % of the weight")
HERE_MORE = translatable("differential", "diagnosed more often in this clinic than expected")
HERE_LESS = translatable("differential", "diagnosed less often in this clinic than expected")
LEAST_HERE = 0.05  # natural logs
ABSENT = translatable("differential", "no {finding}")
NUMBER = translatable("differential", "{percent} %")
SHOWN_GROUNDS = 4


class CandidateLine(Pane):
    """A row that can be pointed at and focused; Enter opens all of its evidence."""

    pointed_at = Signal(object)
    number_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.row: CandidateRow | None = None
        self._open = False
        self._number = False
        self._dots, self._name, self._band = label(), label(), label("muted")
        self._for, self._against, self._more = (
            label("for", wrap=True),
            label("against", wrap=True),
            label("small", wrap=True),
        )
        font = self._name.font()
        font.setWeight(font.Weight.Bold)
        self._name.setFont(font)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._dots)
        top.addWidget(self._name, 1)
        top.addWidget(self._band)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.setSpacing(0)
        layout.addLayout(top)
        for part in (self._for, self._against, self._more):
            part.setContentsMargins(38, 0, 0, 0)
            layout.addWidget(part)

    def show_candidate(self, row: CandidateRow, *, with_number: bool) -> None:
        """Show a candidate; ``with_number`` adds the uncalibrated number."""
        if self.row is None or self.row.id != row.id:
            self._open = False
        self.row, self._number = row, with_number
        self.retranslate()

    def is_moved_by(self, finding: str) -> bool:
        """Whether a finding speaks for or against this candidate."""
        return self.row is not None and finding in self.row.moved_by()

    def set_lit(self, lit: bool) -> None:
        """Mark the row as moved by the word under the pointer."""
        restyle(self, "lit", "true" if lit else "false")

    def retranslate(self) -> None:
        """Draw the row in the language in use."""
        row = self.row
        if row is None:
            return
        self._dots.setText(row.dots)
        self._name.setText(row.label)
        band = translated(row.band)
        self._band.setText(f"{band}  {translated(NUMBER.fill(percent=row.percent))}" if self._number else band)
        against = _grounds(row.grounds_against, self._open)
        self._against.setText(translated(AGAINST.fill(grounds=against)))
        self._against.setVisible(bool(against))
        said_for = _grounds(row.grounds_for, self._open)
        without = SOUND if row.whole_text > 0 else NOTHING
        self._for.setText(translated(FOR.fill(grounds=said_for) if said_for else without))
        self._for.setVisible(bool(said_for) or self._open)
        self._more.setVisible(self._open)
        unknown = translated(UNKNOWN.fill(findings=" · ".join(row.not_yet_known))) if row.not_yet_known else ""
        self._more.setText(
            "\n".join(p for p in (f"ICD-10 {row.icd10}", _whole(row.whole_text), _here(row.local), unknown) if p)
        )
        self.setAccessibleName(f"{row.label}, {band}, {self._for.text()}, {self._against.text()}")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up the words."""
        super().enterEvent(event)
        self._point(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Put them out."""
        super().leaveEvent(event)
        self._point(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard points as the mouse does."""
        super().focusInEvent(event)
        self._point(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the words out."""
        super().focusOutEvent(event)
        self._point(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close the evidence."""
        self._toggle()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, P shows the number, arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle()
        elif event.key() == Qt.Key.Key_P:
            self.number_wanted.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        self._open = not self._open
        self.retranslate()

    def _point(self, here: bool) -> None:
        self.pointed_at.emit(self.row.moved_by() if here and self.row else {})


def _whole(share: float) -> str:
    """What the reader of the whole text adds, nothing where it rounds to nothing."""
    percent = round(100 * abs(share))
    return translated((WHOLE_FOR if share > 0 else WHOLE_AGAINST).fill(percent=percent)) if percent else ""


def _here(weight: float) -> str:
    """Whether this clinic's own diagnoses name it more or less often than expected, where that counts for something."""
    return translated(HERE_MORE if weight > 0 else HERE_LESS) if abs(weight) >= LEAST_HERE else ""


def _grounds(grounds: tuple[Ground, ...], full: bool) -> str:
    shown = grounds if full else grounds[:SHOWN_GROUNDS]
    words = " · ".join(f"{_named(g)} {g.weight:+.1f}" if full else _named(g) for g in shown)
    rest = len(grounds) - len(shown)
    return f"{words} {translated(MORE.fill(count=rest))}" if rest else words


def _named(ground: Ground) -> str:
    """Return what speaks for or against: what is absent is said to be."""
    if not ground.is_absent:
        return ground.label
    first, rest = ground.label[:1], ground.label[1:]
    inside = ground.label if rest[:1].isupper() else first.lower() + rest  # but "HIV" stays as it is
    return translated(ABSENT.fill(finding=inside))
