"""The keys, on one page."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.widgets.pane import Dialog, button, label

TITLE = translatable("help", "Keys")
CLOSE = translatable("help", "Close")
KEYS: tuple[tuple[str, Text], ...] = (
    ("Alt+1 … Alt+4", translatable("help", "Today, Patients, Sealed, Knowledge")),
    ("Alt+5", translatable("help", "The open visit")),
    ("Ctrl+N", translatable("help", "New visit; on the page of patients: new patient")),
    ("Ctrl+L", translatable("help", "Lock")),
    ("F2", translatable("help", "Findings: Enter confirms, Space corrects, Delete strikes out")),
    ("Ctrl+I", translatable("help", "Add a finding by name")),
    ("F3", translatable("help", "What the patient says")),
    ("F4", translatable("help", "Measurements; they are read when the field is left")),
    ("F6", translatable("help", "Questions: y, n or ? answers")),
    ("F7", translatable("help", "What it could be: the words light up in the text")),
    ("Ctrl+P", translatable("help", "The numbers behind the list")),
    ("F8", translatable("help", "My diagnosis")),
    ("F9", translatable("help", "Send the list away, or bring it back")),
    ("F10", translatable("help", "Danger sign: say that it is done, or why not")),
    ("Ctrl+S", translatable("help", "Save the visit")),
    ("Ctrl+E", translatable("help", "Save, and seal it for someone")),
)
NOTE = translatable("advice", "No clinician has reviewed this knowledge. The decision is yours.")


class HelpDialog(Dialog):
    """Shown on F1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speak(self.setWindowTitle, TITLE)
        form = QFormLayout()
        form.setVerticalSpacing(4)
        form.setHorizontalSpacing(24)
        for keys, words in KEYS:
            key, meaning = label("heading"), label()
            key.setText(keys)
            self.speak(meaning.setText, words)
            form.addRow(key, meaning)
        note, close = label("small", wrap=True), button("primary")
        self.speak(note.setText, NOTE)
        self.speak(close.setText, CLOSE)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(close)
        close.setFocus()
