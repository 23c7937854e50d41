"""What the clinic's own diagnoses teach: said plainly, switched on or off, looked at, forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.resources.translatable import translatable
from desktop.services.local_learning import LocalLearning
from desktop.ui.i18n import translated
from desktop.ui.widgets.pane import Dialog, button, label

TITLE = translatable("learning", "Learning from this clinic")
WHAT = translatable(
    "learning",
    "The diagnoses that you choose from the list say how often each illness is met here. Switched on, they move the "
    "order of the list a little, never by more than a factor of two, and only once thirty diagnoses are there. How "
    "urgent a case is and what must not be missed stay as they are. Nothing leaves this computer.",
)
SWITCH = translatable("learning", "Let our own diagnoses move the list")
LEARNT = translatable("learning", "Patients diagnosed since learning began: {count}")
NONE = translatable("learning", "No diagnosis was chosen from the list yet.")
FORGET = translatable("learning", "Forget, begin anew")
FROM_NEXT = translatable("learning", "New diagnoses count from the next unlocking on.")
CLOSE = translatable("learning", "Close")
LINE = translatable("learning", "{count} × {name}")
SHOWN = 200


class LearningDialog(Dialog):
    """Shown from the settings. ``name``: the name of a condition by its id."""

    def __init__(self, learning: LocalLearning, name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learning, self._name = learning, name
        self.speak(self.setWindowTitle, TITLE)
        what, note = label(wrap=True), label("small", wrap=True)
        self.switch = QCheckBox()
        self.count = label("heading", name="learning_count")
        self.learnt = QListWidget()
        self.learnt.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.forget, close = button(name="forget_learning"), button("primary")
        for setter, words in (
            (what.setText, WHAT), (note.setText, FROM_NEXT), (self.switch.setText, SWITCH),
            (self.forget.setText, FORGET), (close.setText, CLOSE),
        ):  # fmt: skip
            self.speak(setter, words)
        self.switch.setChecked(learning.is_on)
        self.switch.toggled.connect(lambda on: learning.switch(on=on))
        self.forget.clicked.connect(self._forget)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.forget)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (what, self.switch, self.count, self.learnt, note):
            layout.addWidget(part)
        layout.addLayout(foot)
        self.setMinimumWidth(520)
        self._fill()

    def _fill(self) -> None:
        learnt = sorted(self._learning.learnt().items(), key=lambda item: (-item[1], item[0]))
        total = sum(count for _, count in learnt)
        self.count.setText(translated(LEARNT.fill(count=total) if learnt else NONE))
        self.learnt.clear()
        for condition, count in learnt[:SHOWN]:
            self.learnt.addItem(translated(LINE.fill(count=count, name=self._name(condition))))
        self.learnt.setVisible(bool(learnt))
        self.forget.setEnabled(bool(learnt))

    def _forget(self) -> None:
        self._learning.forget()
        self._fill()
