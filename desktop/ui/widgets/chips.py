"""Findings as chips: what was understood, to confirm, reject or correct with mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QScrollArea, QSizePolicy, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.i18n import translated
from desktop.ui.plain_text import shown
from desktop.ui.presenters.words import ASSERTION, ASSERTION_MARK
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.pane import Pane, button, label, restyle
from modelzoo.contract.assessment import Finding
from modelzoo.contract.case import Assertion

EMPTY = translatable("chips", "What is understood from the text appears here. F2 corrects it.")
ADD = translatable("chips", "+ Add finding")
CONFIRM = translatable("chips", "Confirm")
REJECT = translatable("chips", "Not meant: strike out")
OTHER = translatable("chips", "Another finding…")
WITHDRAW = translatable("chips", "As the text says")
TIP = translatable("chips", "{assertion} · Enter confirms, F2 corrects, Delete strikes out")
SAID_BY_YOU = translatable("chips", "said by you")


class Chip(QPushButton):
    """One finding."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.finding: Finding | None = None

    def show_finding(self, finding: Finding, duration: str) -> None:
        """Show a finding: mark, name, duration; confirmed ones carry a tick."""
        self.finding = finding
        confirmed = finding.source == "clinician"
        name = " ".join(p for p in (shown(finding.label), duration, "✓" if confirmed else "") if p)
        self.setText(translated(ASSERTION_MARK[finding.assertion].fill(finding=name)).replace("&", "&&"))
        said = translated(ASSERTION[finding.assertion])
        self.setToolTip(translated(TIP.fill(assertion=f"{said} ({translated(SAID_BY_YOU)})" if confirmed else said)))
        self.setAccessibleName(f"{finding.label}: {said}")
        font = self.font()
        font.setStrikeOut(finding.assertion is Assertion.ABSENT)
        font.setItalic(finding.assertion in (Assertion.HISTORICAL, Assertion.FAMILY))
        self.setFont(font)
        restyle(self, "assertion", str(finding.assertion))
        restyle(self, "confirmed", "true" if confirmed else "false")


class FindingChips(Pane):
    """All chips of a visit. Arrow keys move between them."""

    asserted = Signal(str, object)
    rejected = Signal(str)
    withdrawn = Signal(str)
    correction_wanted = Signal(str)
    pointed_at = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self._count = 0
        self.empty = label("small", wrap=False)
        self.speak(self.empty.setText, EMPTY)
        self.add = button("ghost", name="add_finding")
        self.speak(self.add.setText, ADD)
        self.add.clicked.connect(lambda: self.correction_wanted.emit(""))
        self._inside = QWidget()
        self._inside.setProperty("role", "scrolled")
        self._flow = FlowLayout(self._inside)
        self._flow.addWidget(self.empty)
        self._flow.addWidget(self.add)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def show_findings(self, findings: tuple[Finding, ...], durations: dict[str, str]) -> None:
        """Show these findings; chips are used again, so the focus stays where it was."""
        while len(self._chips) < len(findings):
            self._chips.append(self._new_chip())
        for place, chip in enumerate(self._chips):
            if place < len(findings):
                chip.show_finding(findings[place], durations.get(findings[place].id, ""))
            elif chip.hasFocus():
                (self._chips[place - 1] if place and findings else self.add).setFocus()
            chip.setVisible(place < len(findings))
        self._count = len(findings)
        self.empty.setVisible(not findings)
        self._inside.updateGeometry()

    def focus_first(self) -> None:
        """Go to the first chip, or to adding one."""
        (self._chips[0] if self._count else self.add).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def visible_chips(self) -> list[Chip]:
        """Return the chips that are shown."""
        return self._chips[: self._count]

    def _new_chip(self) -> Chip:
        chip = _KeyedChip(self)
        chip.clicked.connect(lambda: self.open_menu(chip))
        self._flow.removeWidget(self.add)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.add)
        QWidget.setTabOrder(chip, self.add)
        return chip

    def open_menu(self, chip: Chip) -> None:
        """Offer what can be said of a finding."""
        menu = self.menu_for(chip)
        menu.exec(chip.mapToGlobal(chip.rect().bottomLeft()))

    def menu_for(self, chip: Chip) -> QMenu:
        """Build the menu of a chip: every assertion, another finding, strike out."""
        menu = QMenu(self)
        finding = chip.finding
        if finding is None:
            return menu
        for assertion, words in ASSERTION.items():
            action = menu.addAction(translated(words))
            action.setCheckable(True)
            action.setChecked(assertion is finding.assertion)
            action.triggered.connect(lambda _=False, said=assertion, of=finding.id: self.asserted.emit(of, said))
        menu.addSeparator()
        menu.addAction(translated(OTHER)).triggered.connect(lambda: self.correction_wanted.emit(finding.id))
        menu.addAction(translated(REJECT)).triggered.connect(lambda: self.rejected.emit(finding.id))
        if finding.source == "clinician":
            menu.addAction(translated(WITHDRAW)).triggered.connect(lambda: self.withdrawn.emit(finding.id))
        return menu

    def step(self, chip: Chip, by: int) -> None:
        """Move the focus to a neighbour."""
        place = self._chips.index(chip) + by
        if 0 <= place < self._count:
            self._chips[place].setFocus()
            self._scroll.ensureWidgetVisible(self._chips[place])


class _KeyedChip(Chip):
    def __init__(self, chips: FindingChips) -> None:
        super().__init__()
        self._all = chips

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.finding is None:
            return
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._all.asserted.emit(self.finding.id, self.finding.assertion)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._all.rejected.emit(self.finding.id)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self._all.open_menu(self)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._all.step(self, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._all.pointed_at.emit(self.finding.id if self.finding else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._all.pointed_at.emit("")
