"""Unlocking: the passphrase, the growing wait after wrong ones, and the way back with the recovery key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.services.access import VaultDoor, strength_hint
from desktop.ui.i18n import translated
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.pane import Pane, button, label

TITLE = translatable("unlock", "Unlock the records")
PASSPHRASE = translatable("unlock", "Passphrase")
UNLOCK = translatable("unlock", "Unlock")
FORGOTTEN = translatable("unlock", "I forgot the passphrase")
BACK = translatable("unlock", "I know the passphrase")
RECOVERY = translatable("unlock", "Recovery key, nine groups of four")
NEW = translatable("unlock", "New passphrase")
AGAIN = translatable("unlock", "The same again")
RECOVER = translatable("unlock", "Open and set the new passphrase")
DIFFERENT = translatable("unlock", "The two entries differ.")
WORKING = translatable("unlock", "Opening…")
WAIT = translatable("unlock", "Too many wrong passphrases. The next try is possible in {seconds} s.")
KEPT = translatable("unlock", "Locked. Unfinished visits were kept as drafts.")


class UnlockView(Card):
    """Emits ``unlocked`` with the open vault."""

    unlocked = Signal(object)

    def __init__(self, door: VaultDoor, tasks: TaskDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door, self._tasks = door, tasks
        self._problem: Text | None = None
        self.passphrase, self.recovery, self.fresh, self.again = (QLineEdit() for _ in range(4))
        self.unlock, self.recover = button("primary", name="unlock"), button("primary", name="recover")
        self.forgotten, self.back = button("ghost", name="forgotten"), button("ghost", name="back_to_passphrase")
        self.problem = label("notice", wrap=True, name="unlock_problem")
        self.hint = label("small", wrap=True)
        self._known, self._lost = Pane(), Pane()
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._count_down)
        self.restart()

    def _build(self) -> None:
        title = label("title")
        self.speak(title.setText, TITLE)
        for part in (title, self.problem, self._known, self._lost):
            self.column.addWidget(part)
        outer = self.column
        self.column = _column(self._known)
        self.add_field(self.passphrase, PASSPHRASE, "passphrase")
        self.column.addWidget(self.unlock)
        self.column.addWidget(self.forgotten)
        self.column = _column(self._lost)
        self.add_field(self.recovery, RECOVERY, "recovery")
        self.add_field(self.fresh, NEW, "fresh_passphrase")
        self.column.addWidget(self.hint)
        self.add_field(self.again, AGAIN, "fresh_again")
        self.column.addWidget(self.recover)
        self.column.addWidget(self.back)
        self.column = outer
        for pressed, words in (
            (self.unlock, UNLOCK), (self.recover, RECOVER), (self.forgotten, FORGOTTEN), (self.back, BACK)
        ):  # fmt: skip
            self.speak(pressed.setText, words)
        for field in (self.passphrase, self.fresh, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.fresh.textChanged.connect(self.retranslate)
        self.unlock.clicked.connect(self.open_vault)
        self.passphrase.returnPressed.connect(self.open_vault)
        self.recover.clicked.connect(self.recover_vault)
        self.again.returnPressed.connect(self.recover_vault)
        self.forgotten.clicked.connect(lambda: self._show_way(lost=True))
        self.back.clicked.connect(lambda: self._show_way(lost=False))

    def restart(self, note: Text | None = None) -> None:
        """Begin anew, as after locking."""
        for field in (self.passphrase, self.recovery, self.fresh, self.again):
            field.clear()
        self._show_way(lost=False)
        self._say(note)
        self._count_down()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the passphrase: whoever sees this page types it."""
        super().showEvent(event)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_vault(self) -> None:
        """Try the passphrase."""
        passphrase = self.passphrase.text()
        if passphrase and self.unlock.isEnabled():
            self._work(lambda: self._door.open(passphrase))

    def recover_vault(self) -> None:
        """Try the recovery key and set a new passphrase."""
        key, fresh = self.recovery.text(), self.fresh.text()
        fine, hint = strength_hint(fresh)
        if not fine:
            self._say(hint)
            self.fresh.setFocus()
        elif fresh != self.again.text():
            self._say(DIFFERENT)
            self.again.setFocus()
        else:
            self._work(lambda: self._door.recover(key, fresh))

    def retranslate(self) -> None:
        """Say again what depends on what was typed."""
        self.hint.setText(translated(strength_hint(self.fresh.text())[1]))
        if self._problem is not None:
            self.problem.setText(translated(self._problem))

    def _work(self, work: Callable[[], object]) -> None:
        self.panel.setEnabled(False)
        self._say(WORKING)
        self._tasks.run("vault", work, self._opened, self._failed)

    def _opened(self, vault: object) -> None:
        self.panel.setEnabled(True)
        self.restart()
        self.unlocked.emit(vault)

    def _failed(self, error: Exception) -> None:
        self.panel.setEnabled(True)
        self._say(sentence(error))
        self._count_down()
        field = self.recovery if self._lost.isVisible() else self.passphrase
        field.selectAll()
        field.setFocus()

    def _count_down(self) -> None:
        seconds = self._door.delay_seconds()
        self.unlock.setEnabled(seconds <= 0)
        if seconds > 0:
            self._say(WAIT.fill(seconds=max(1, round(seconds + 0.5))))
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self._say(None)
            self.passphrase.setFocus()

    def _show_way(self, *, lost: bool) -> None:
        self._known.setVisible(not lost)
        self._lost.setVisible(lost)
        self._say(None)
        (self.recovery if lost else self.passphrase).setFocus()

    def _say(self, words: Text | None) -> None:
        self._problem = words
        self.problem.setVisible(words is not None)
        if words is not None:
            self.problem.setText(translated(words))
        self.retranslate()


def _column(pane: Pane) -> QVBoxLayout:
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column
