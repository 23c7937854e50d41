"""The recovery key, shown once. Typing back its last group shows that it was written down."""

from __future__ import annotations

import hmac

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.pane import button, label

TITLE = translatable("recovery", "Write down your recovery key")
ABOUT = translatable(
    "recovery", "It opens the records if the passphrase is forgotten. It is shown only now. Keep it on paper, "
        "away from this computer: whoever has it can read everything."
)  # fmt: skip
LAST = translatable("recovery", "Type the last group, to show that you wrote it down")
CONTINUE = translatable("recovery", "Continue")
WRONG = translatable("recovery", "That is not the last group. Please compare with the key above.")


class RecoveryKeyView(Card):
    """Emits ``written_down`` when the last group was typed back."""

    written_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.key = label("recovery", wrap=True, name="recovery_key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.last = QLineEdit()
        self.last.setMaxLength(12)
        self.proceed = button("primary", name="recovery_continue")
        self.wrong = label("notice", wrap=True)
        self.wrong.hide()
        title, about = label("title"), label("muted", wrap=True)
        for part, words in ((title, TITLE), (about, ABOUT)):
            self.speak(part.setText, words)
            self.column.addWidget(part)
        self.column.addWidget(self.key)
        self.add_field(self.last, LAST, "last_group")
        self.speak(self.proceed.setText, CONTINUE)
        self.speak(self.wrong.setText, WRONG)
        self.column.addWidget(self.wrong)
        self.column.addWidget(self.proceed)
        self.proceed.clicked.connect(self.confirm)
        self.last.returnPressed.connect(self.confirm)

    def show_key(self, key: str) -> None:
        """Show a key, three groups a line."""
        self._key = key
        groups = key.split("-")
        lines = (" - ".join(groups[i : i + 3]) for i in range(0, len(groups), 3))
        self.key.setText("\n".join(lines))
        self.last.setFocus()

    def confirm(self) -> None:
        """Go on if the last group is right; then the key is forgotten here."""
        typed = self.last.text().strip().upper().replace("O", "0").replace("I", "1").replace("L", "1")
        if not self._key or not hmac.compare_digest(typed.encode(), self._key.split("-")[-1].encode()):
            self.wrong.show()
            self.last.setFocus()
            return
        self._key = ""
        self.key.clear()
        self.last.clear()
        self.wrong.hide()
        self.written_down.emit()
