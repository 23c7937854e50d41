"""One question to ask next, answerable in place: y, n or ?."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.i18n import translated
from desktop.ui.widgets.pane import Pane, button, label
from modelzoo.contract.assessment import Question
from modelzoo.contract.case import Assertion

YES, NO, NOT_KNOWN = translatable("questions", "Yes"), translatable("questions", "No"), translatable("questions", "?")
EXAMINE = translatable("questions", "Examine: {ask}")
MEASURE = translatable("questions", "Measure: {ask}")
TEST = translatable("questions", "Test: {ask}")
HOW = translatable("questions", "y yes, n no, ? asked and not known")
_KINDS = {"examine": EXAMINE, "measure": MEASURE, "test": TEST}
ANSWERS: dict[str, Assertion | None] = {"y": Assertion.PRESENT, "n": Assertion.ABSENT, "?": None}


class QuestionRow(Pane):
    """Emits ``answered`` with the finding and what was said of it."""

    answered = Signal(str, object)
    step_wanted = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.question: Question | None = None
        place, self._ask, self._because = label("key"), label(wrap=True), label("small", wrap=True)
        place.setText(str(number))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 2)
        layout.setSpacing(8)
        layout.addWidget(place)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._ask)
        words.addWidget(self._because)
        layout.addLayout(words, 1)
        for word, said in ((YES, Assertion.PRESENT), (NO, Assertion.ABSENT), (NOT_KNOWN, None)):
            answer = button("answer")
            answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row itself takes y, n and ?
            self.speak(answer.setText, word)
            answer.clicked.connect(lambda _=False, what=said: self._answer(what))
            layout.addWidget(answer)

    def show_question(self, question: Question) -> None:
        """Show a question."""
        self.question = question
        self.retranslate()

    def retranslate(self) -> None:
        """The question with what has to be done for it."""
        if self.question is not None:
            frame = _KINDS.get(self.question.kind)
            self._ask.setText(translated(frame.fill(ask=self.question.ask)) if frame else self.question.ask)
            self._ask.setToolTip(translated(HOW))
            self._because.setText(self.question.because or "")
            self._because.setVisible(bool(self.question.because))
            self.setAccessibleName(f"{self._ask.text()} {translated(HOW)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """y, n or ? answers; arrows move."""
        said = event.text().lower().replace("？", "?").replace("/", "?")
        if said in ANSWERS:
            self._answer(ANSWERS[said])
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _answer(self, said: Assertion | None) -> None:
        if self.question is not None:
            self.answered.emit(self.question.finding, said)
