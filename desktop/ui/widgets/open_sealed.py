"""Opening a case file that someone else sealed, into a folder of the person's choice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.casefile.errors import UnknownSigner
from desktop.casefile.opening import Signer
from desktop.resources.translatable import Text, translatable
from desktop.services.exchange import ExchangeService, OpenedResult
from desktop.ui.i18n import translated
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.pane import Pane, button, label, restyle
from desktop.ui.widgets.path_line import PathLine

TITLE = translatable("open_sealed", "Open a case file")
ABOUT = translatable(
    "open_sealed", "What is unpacked is no longer encrypted. Delete the folder when you have read it."
)  # fmt: skip
FILE, INTO = translatable("open_sealed", "File"), translatable("open_sealed", "Unpack into")
PASSPHRASE = translatable("open_sealed", "Passphrase, if it was sealed with one")
OPEN, ANYWAY = translatable("open_sealed", "Open"), translatable("open_sealed", "Open anyway")
SHOW = translatable("open_sealed", "Show the summary")
WORKING = translatable("open_sealed", "Opening…")
INCOMPLETE = translatable("open_sealed", "Choose the file, and a folder to unpack it into.")
UNKNOWN = translatable(
    "open_sealed", "Signed by a clinic that is not among your contacts. Its fingerprint: "
        "{fingerprint}. Compare it by voice before you trust it."
)  # fmt: skip
DONE = {
    Signer.OWN: translatable("open_sealed", "Opened. Sealed by your own clinic. It lies in {path}."),
    Signer.CONTACT: translatable("open_sealed", "Opened. Sealed by {name}, one of your contacts. It lies in {path}."),
    Signer.UNKNOWN: translatable("open_sealed", "Opened. It says that {name} sealed it; nobody has checked "
        "that. It lies in {path}."),
}  # fmt: skip


class OpenSealed(Pane):
    """Nothing is unpacked unless the whole file proves sound."""

    def __init__(self, exchange: ExchangeService, tasks: TaskDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="panel")
        self._exchange, self._tasks = exchange, tasks
        self._said: Text | None = None
        self._summary: Path | None = None
        self.file, self.into = PathLine("open", "sealed_file"), PathLine("folder", "sealed_into")
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("sealed_passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.open_button, self.anyway = button("primary", name="open_sealed"), button(name="open_anyway")
        self.show_summary = button(name="show_summary")
        self.outcome = label("notice", wrap=True, name="open_result")
        for part in (self.anyway, self.show_summary, self.outcome):
            part.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        title, about = label("heading"), label("muted", wrap=True)
        for part, words in ((title, TITLE), (about, ABOUT)):
            self.speak(part.setText, words)
            layout.addWidget(part)
        for field, words in ((self.file, FILE), (self.into, INTO), (self.passphrase, PASSPHRASE)):
            caption = label()
            caption.setBuddy(field)
            self.speak(caption.setText, words)
            layout.addWidget(caption)
            layout.addWidget(field)
        for made, words in ((self.open_button, OPEN), (self.anyway, ANYWAY), (self.show_summary, SHOW)):
            self.speak(made.setText, words)
        for part in (self.open_button, self.outcome, self.anyway, self.show_summary):
            layout.addWidget(part)
        layout.addStretch(1)
        self.open_button.clicked.connect(lambda: self.open_file(accept_unknown=False))
        self.anyway.clicked.connect(lambda: self.open_file(accept_unknown=True))
        self.show_summary.clicked.connect(self._show_summary)

    def open_file(self, *, accept_unknown: bool) -> None:
        """Open what was chosen; an unknown signer is asked about first."""
        path, into = self.file.path(), self.into.path()
        if path is None or into is None:
            self._say(INCOMPLETE)
            return
        passphrase, output = self.passphrase.text() or None, into / f"{path.stem}-opened"
        self.anyway.hide()
        self.show_summary.hide()
        self.open_button.setEnabled(False)
        self._say(WORKING)
        self._tasks.run(
            "open sealed",
            lambda: self._exchange.open(path, output, passphrase=passphrase, accept_unknown_signer=accept_unknown),
            self._opened,
            self._failed,
        )

    def retranslate(self) -> None:
        """Say the result in the language in use."""
        if self._said is not None:
            self.outcome.setText(translated(self._said))

    def _opened(self, opened: OpenedResult) -> None:
        self.open_button.setEnabled(True)
        self.passphrase.clear()
        self._summary = opened.output / "summary.html"
        self.show_summary.setVisible(self._summary.is_file())
        self._say(DONE[opened.signer].fill(name=opened.signer_name, path=str(opened.output)), good=True)

    def _failed(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        if isinstance(error, UnknownSigner):
            self._say(UNKNOWN.fill(fingerprint=error.data.get("fingerprint", "")))
            self.anyway.show()
            self.anyway.setFocus()
        else:
            self._say(sentence(error))

    def _say(self, words: Text, *, good: bool = False) -> None:
        self._said = words
        restyle(self.outcome, "role", "good" if good else "notice")
        self.outcome.setText(translated(words))
        self.outcome.show()

    def _show_summary(self) -> None:
        if self._summary is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._summary)))
