"""Sealing one saved visit: for whom, where to, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.casefile.errors import NoIdentity
from desktop.domain.encounter import Encounter
from desktop.resources.translatable import Text, translatable
from desktop.services.exchange import ExchangeService, SealedResult
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line, shown
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.pane import Dialog, button, label, restyle
from desktop.ui.widgets.path_line import PathLine
from modelzoo.contract.errors import BarefootError

TITLE = translatable("seal", "Seal this visit")
ABOUT = translatable(
    "seal", "The file holds the whole visit. Only those whom you choose can open it; "
        "it is signed with your clinic's key."
)  # fmt: skip
CLINIC = translatable("seal", "Name of your clinic, as the receiver reads it (its keys are made now)")
FOR = translatable("seal", "For these contacts")
NO_CONTACT = translatable("seal", "No contact yet. Add one on the page Sealed, or use a passphrase.")
OR = translatable("seal", "Or with a passphrase that you tell the receiver by another way")
AGAIN = translatable("seal", "The same again")
WHERE = translatable("seal", "Write the file to")
SEAL, CLOSE = translatable("seal", "Seal"), translatable("seal", "Close")
WORKING = translatable("seal", "Sealing…")
DIFFERENT = translatable("seal", "The two entries of the passphrase differ.")
NO_PLACE = translatable("seal", "Say where to write the file.")
DONE = translatable("seal", "Sealed: {path} ({size} kB). Check sum {sha}.")


class SealDialog(Dialog):
    """Nothing is written until someone presses Seal."""

    def __init__(
        self,
        exchange: ExchangeService,
        encounter: Encounter,
        tasks: TaskDoor,
        language: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._exchange, self._encounter, self._tasks, self._language = exchange, encounter, tasks, language
        self._said: Text | None = None
        self.clinic, self.passphrase, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.contacts: list[tuple[QCheckBox, str]] = []
        self.where = PathLine("save", "seal_path")
        self.seal, self.close_button = button("primary", name="seal_now"), button(name="seal_close")
        self.outcome = label("notice", wrap=True, name="seal_result")
        self.outcome.hide()
        self.setMinimumWidth(560)
        self._build()
        self.where.show_path(Path.home() / f"visit-{encounter.started_at.astimezone():%Y%m%d-%H%M}.barefoot")

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        about = label("muted", wrap=True)
        self.speak(self.setWindowTitle, TITLE)
        self.speak(about.setText, ABOUT)
        layout.addWidget(about)
        if self._needs_identity():
            self._caption(layout, CLINIC, self.clinic, "clinic_name")
        heading = label("heading")
        self.speak(heading.setText, FOR)
        layout.addWidget(heading)
        for contact in self._exchange.contacts():
            box = QCheckBox(shown(contact.name).replace("&", "&&"))
            self.contacts.append((box, contact.recipient))
            layout.addWidget(box)
        if not self.contacts:
            none = label("muted", wrap=True)
            self.speak(none.setText, NO_CONTACT)
            layout.addWidget(none)
        for field, words, name in (
            (self.passphrase, OR, "seal_passphrase"), (self.again, AGAIN, "seal_again")
        ):  # fmt: skip
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self._caption(layout, words, field, name)
        self._caption(layout, WHERE, self.where, "seal_where")
        layout.addWidget(self.outcome)
        self.speak(self.seal.setText, SEAL)
        self.speak(self.close_button.setText, CLOSE)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.seal)
        layout.addLayout(row)
        self.seal.clicked.connect(self.seal_now)
        self.close_button.clicked.connect(self.reject)

    def _caption(self, layout: QVBoxLayout, words: Text, field: QWidget, name: str) -> None:
        caption = label("heading", wrap=True)
        caption.setBuddy(field)
        self.speak(caption.setText, words)
        field.setObjectName(name)
        layout.addSpacing(4)
        layout.addWidget(caption)
        layout.addWidget(field)

    def seal_now(self) -> None:
        """Seal to what was chosen."""
        recipients = tuple(key for box, key in self.contacts if box.isChecked())
        passphrase = self.passphrase.text() or None
        path = self.where.path()
        if path is None:
            self._say(NO_PLACE)
            return
        if passphrase is not None and passphrase != self.again.text():
            self._say(DIFFERENT)
            return
        name, language = clean_line(self.clinic.text(), 200), self._language()
        try:
            if self._needs_identity():
                self._exchange.create_identity(name)
        except BarefootError as error:
            self._say(sentence(error))
            self.clinic.setFocus()
            return
        self._say(WORKING)
        self.seal.setEnabled(False)
        self._tasks.run(
            "seal",
            lambda: self._exchange.seal_encounter(
                self._encounter.id, path, recipients=recipients, passphrase=passphrase, language=language
            ),
            self._sealed,
            self._failed,
        )

    def _needs_identity(self) -> bool:
        try:
            self._exchange.identity()
        except NoIdentity:
            return True
        except BarefootError:
            return False  # damaged keys: sealing itself says so
        return False

    def _sealed(self, made: SealedResult) -> None:
        self.seal.setEnabled(True)
        self.passphrase.clear()
        self.again.clear()
        size = max(1, round(made.size_bytes / 1000))
        self._say(DONE.fill(path=str(made.path), size=size, sha=made.sha256[:16]), good=True)
        self.close_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self.seal.setEnabled(True)
        self._say(sentence(error))

    def _say(self, words: Text, *, good: bool = False) -> None:
        self._said = words
        restyle(self.outcome, "role", "good" if good else "notice")
        self.outcome.setText(translated(words))
        self.outcome.show()
