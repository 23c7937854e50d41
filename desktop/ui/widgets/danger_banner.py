"""The danger banner: what to do now. It stays until someone says done or why not, and is the only red on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line
from desktop.ui.theme.icons import icon
from desktop.ui.widgets.pane import Pane, button, label
from modelzoo.contract.assessment import FiredRule

HEADING = translatable("danger", "DANGER SIGN")
DONE = translatable("danger", "Done")
WHY_NOT = translatable("danger", "Why not…")
REASON = translatable("danger", "Reason, then Enter")
MORE = translatable("danger", "and {count} more")


class DangerBanner(Pane):
    """Shows one danger at a time. Emits ``answered`` with the rule, whether it was done, and the reason if not."""

    answered = Signal(str, bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="danger")
        self.setObjectName("danger_banner")
        self._rules: tuple[FiredRule, ...] = ()
        mark = label()
        mark.setPixmap(icon("triangle-alert", "#ffffff", 20).pixmap(20, 20))
        heading = label("heading")
        self.speak(heading.setText, HEADING)
        self.words = label(wrap=True, name="danger_words")
        self.done, self.why_not = button(name="danger_done"), button(name="danger_why_not")
        self.speak(self.done.setText, DONE)
        self.speak(self.why_not.setText, WHY_NOT)
        self.reason = QLineEdit()
        self.reason.setObjectName("danger_reason")
        self.reason.setMaxLength(500)
        self.speak(self.reason.setPlaceholderText, REASON)
        self.problem = label()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(mark)
        row.addWidget(heading)
        row.addWidget(self.words, 1)
        for part in (self.reason, self.why_not, self.done):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.problem)
        self.reason.setMinimumWidth(220)
        self.done.clicked.connect(lambda: self._answer(True))
        self.why_not.clicked.connect(self._ask_reason)
        self.reason.returnPressed.connect(lambda: self._answer(False))
        self.show_rules(())

    def show_rules(self, rules: tuple[FiredRule, ...]) -> None:
        """Show the first of these rules; nothing when there is none."""
        if rules[:1] != self._rules[:1]:
            self.reason.clear()
            self.reason.hide()
            self.problem.hide()
        self._rules = rules
        self.setVisible(bool(rules))
        self.retranslate()

    def show_problem(self, problem: Text) -> None:
        """Say what is missing."""
        self.problem.setText(translated(problem))
        self.problem.show()

    def focus(self) -> None:
        """Go to the answer."""
        if self._rules:
            self.done.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Words of the danger and the count of others."""
        if self._rules:
            rule, others = self._rules[0], len(self._rules) - 1
            said = f"{rule.text.rstrip('.。:')}: {rule.action}" if rule.action else rule.text
            self.words.setText(f"{said}  ({translated(MORE.fill(count=others))})" if others else said)

    def _ask_reason(self) -> None:
        if self.reason.isVisible() and clean_line(self.reason.text()):
            self._answer(False)
            return
        self.reason.show()
        self.reason.setFocus()

    def _answer(self, done: bool) -> None:
        if self._rules:
            self.answered.emit(self._rules[0].rule, done, clean_line(self.reason.text()))
