"""The first page of all: who works here, and the passphrase that will keep the records."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.services.access import VaultDoor, strength_hint
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.pane import button, label

TITLE = translatable("first_run", "Welcome to Barefoot")
ABOUT = translatable(
    "first_run", "Everything you record stays on this computer, encrypted. Nothing is ever "
        "sent. Choose a passphrase to begin."
)  # fmt: skip
NAME = translatable("first_run", "Your name, as it stands under what you record")
PASSPHRASE = translatable("first_run", "Passphrase")
AGAIN = translatable("first_run", "The same again")
CREATE = translatable("first_run", "Create the vault")
DIFFERENT = translatable("first_run", "The two entries differ.")
WORKING = translatable("first_run", "Creating the vault…")
LIMITS = translatable(
    "first_run", "Barefoot is an aid for trained health workers. It is not a registered medical "
        "device, and no clinician has reviewed its knowledge."
)  # fmt: skip


class FirstRunView(Card):
    """Emits ``vault_created`` with (vault, recovery key)."""

    vault_created = Signal(object, str)

    def __init__(self, door: VaultDoor, tasks: TaskDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door, self._tasks = door, tasks
        self._problem: Text | None = None
        self.name, self.passphrase, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.make = button("primary", name="create_vault")
        self.hint, self.problem = label("small", wrap=True, name="strength"), label("notice", wrap=True)
        self.problem.setObjectName("first_run_problem")
        self.problem.hide()
        self._build()

    def _build(self) -> None:
        title, about, limits = label("display"), label("muted", wrap=True), label("small", wrap=True)
        for part, words in ((title, TITLE), (about, ABOUT)):
            self.speak(part.setText, words)
            self.column.addWidget(part)
        for field, words, name in (
            (self.name, NAME, "user_name"),
            (self.passphrase, PASSPHRASE, "new_passphrase"),
            (self.again, AGAIN, "again"),
        ):
            self.add_field(field, words, name)
            if field is self.passphrase:
                self.column.addWidget(self.hint)
            if field is not self.name:
                field.setEchoMode(QLineEdit.EchoMode.Password)
        self.name.setMaxLength(200)
        self.speak(self.make.setText, CREATE)
        self.speak(limits.setText, LIMITS)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.make)
        self.column.addSpacing(8)
        self.column.addWidget(limits)
        self.passphrase.textChanged.connect(self.retranslate)
        self.make.clicked.connect(self.create_vault)
        for field in (self.name, self.passphrase, self.again):
            field.returnPressed.connect(self.create_vault)
        self.retranslate()

    def create_vault(self) -> None:
        """Make the vault from what was typed."""
        fine, hint = strength_hint(self.passphrase.text())
        if not clean_line(self.name.text()):
            self._refuse(sentence_of_missing_name(), self.name)
        elif not fine:
            self._refuse(hint, self.passphrase)
        elif self.passphrase.text() != self.again.text():
            self._refuse(DIFFERENT, self.again)
        else:
            name, passphrase = clean_line(self.name.text(), 200), self.passphrase.text()
            self.setEnabled(False)
            self._show(WORKING)
            self._tasks.run("vault", lambda: self._door.create(name, passphrase), self._created, self._failed)

    def retranslate(self) -> None:
        """Say again what depends on what was typed."""
        self.hint.setText(translated(strength_hint(self.passphrase.text())[1]))
        if self._problem is not None:
            self.problem.setText(translated(self._problem))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the name."""
        super().showEvent(event)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _created(self, made: tuple[object, str]) -> None:
        self.passphrase.clear()
        self.again.clear()
        self.setEnabled(True)
        self.vault_created.emit(*made)

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self._show(sentence(error))

    def _refuse(self, why: Text, field: QLineEdit) -> None:
        self._show(why)
        field.setFocus()

    def _show(self, words: Text) -> None:
        self._problem = words
        self.problem.setText(translated(words))
        self.problem.show()


def sentence_of_missing_name() -> Text:
    """Return what to say when there is no name."""
    return translatable("errors", "Please give a name.")
