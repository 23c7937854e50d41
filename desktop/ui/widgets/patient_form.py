"""The form of one patient; each list says whether anybody asked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.presenters.people import PatientFields
from desktop.ui.presenters.words import LIST_STATUS, SEX
from desktop.ui.widgets.pane import Pane, button, label
from modelzoo.contract.case import ListStatus

NEW, CHANGE = translatable("patient_form", "New patient"), translatable("patient_form", "Change patient")
LINES: tuple[tuple[str, Text], ...] = (
    ("name", translatable("patient_form", "Name")),
    ("birth", translatable("patient_form", "Birth date or age")),
    ("village", translatable("patient_form", "Village")),
    ("phone", translatable("patient_form", "Phone")),
    ("local_number", translatable("patient_form", "Number here")),
)
LISTS: tuple[tuple[str, Text], ...] = (
    ("allergies", translatable("patient_form", "Allergies")),
    ("medicines", translatable("patient_form", "Medicines")),
    ("problems", translatable("patient_form", "Problems")),
)
SEX_CAPTION, NOT_GIVEN = translatable("patient_form", "Sex"), translatable("patient_form", "Not given")
BIRTH_HINT = translatable("patient_form", "1990-05-31, or 34, 8 months, 10 days")
LIST_HINT = translatable("patient_form", "Parted by commas, a remark in brackets")
SAVE, CANCEL = translatable("patient_form", "Save patient  Ctrl+S"), translatable("patient_form", "Cancel")


class PatientForm(Pane):
    """Emits ``save_wanted`` with ``PatientFields`` and ``cancelled``."""

    save_wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="panel")
        self.lines: dict[str, QLineEdit] = {}
        self.lists: dict[str, tuple[QComboBox, QLineEdit]] = {}
        self.sex = QComboBox()
        self.sex.setObjectName("sex")
        self.title, self.problem = label("title"), label("notice", wrap=True, name="patient_problem")
        self._problem: Text | None = None
        self.save, cancel = button("primary", name="save_patient"), button(name="cancel_patient")
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        self._form.setHorizontalSpacing(12)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._build()
        self.speak(self.save.setText, SAVE)
        self.speak(cancel.setText, CANCEL)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save.click)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.fields()))
        cancel.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addLayout(self._form)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.show_fields(PatientFields(), is_new=True)

    def _build(self) -> None:
        for name, words in LINES:
            line = QLineEdit()
            line.setMaxLength(200)
            line.returnPressed.connect(lambda: self.save_wanted.emit(self.fields()))
            self.lines[name] = line
            self._row(line, words, f"patient_{name}")
            if name == "name":
                self._row(self.sex, SEX_CAPTION, "sex")
        self.speak(self.lines["birth"].setPlaceholderText, BIRTH_HINT)
        for name, words in LISTS:
            status, entries = QComboBox(), QLineEdit()
            entries.setMaxLength(4000)
            entries.setObjectName(f"{name}_entries")
            self.speak(entries.setPlaceholderText, LIST_HINT)
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(status)
            row.addWidget(entries, 1)
            self.lists[name] = (status, entries)
            status.currentIndexChanged.connect(lambda _=0, s=status, e=entries: _enable(s, e))
            self._row(both, words, f"{name}_row")
            status.setObjectName(f"{name}_status")
            self.speak(status.setAccessibleName, words)

    def _row(self, field: QWidget, words: Text, name: str) -> None:
        caption = label()
        caption.setBuddy(field)
        field.setObjectName(name)
        self.speak(caption.setText, words)
        self.speak(field.setAccessibleName, words)
        self._form.addRow(caption, field)

    def show_fields(self, fields: PatientFields, *, is_new: bool) -> None:
        """Show a patient to change, or an empty form."""
        self.speak(self.title.setText, NEW if is_new else CHANGE)
        self._fill_choices()
        for name, line in self.lines.items():
            line.setText(getattr(fields, name))
        self.sex.setCurrentIndex(max(0, self.sex.findData(fields.sex)))
        for name, (status, entries) in self.lists.items():
            chosen, words = getattr(fields, name)
            status.setCurrentIndex(status.findData(str(chosen)))
            entries.setText(words)
            _enable(status, entries)
        self.show_problem(None)

    def fields(self) -> PatientFields:
        """Return what stands in the form."""
        typed: dict[str, Any] = {name: line.text() for name, line in self.lines.items()}
        typed |= {n: (ListStatus(s.currentData()), e.text()) for n, (s, e) in self.lists.items()}
        return PatientFields(sex=self.sex.currentData(), **typed)

    def show_problem(self, words: Text | None, field: str = "") -> None:
        """Say what is wrong and go to the field; None clears."""
        self._problem = words
        self.problem.setVisible(words is not None)
        if words is not None:
            self.problem.setText(translated(words))
        if field in self.lines:
            self.lines[field].setFocus()
        elif field in self.lists:
            self.lists[field][1].setFocus()

    def retranslate(self) -> None:
        """Offer the choices in the new language; what was typed and chosen stays."""
        chosen = self.sex.currentIndex(), {n: s.currentIndex() for n, (s, _) in self.lists.items()}
        self._fill_choices()
        self.sex.setCurrentIndex(chosen[0])
        for name, (status, _) in self.lists.items():
            status.setCurrentIndex(chosen[1][name])
        if self._problem is not None:
            self.problem.setText(translated(self._problem))

    def _fill_choices(self) -> None:
        self.sex.clear()
        self.sex.addItem(translated(NOT_GIVEN), None)
        for sex, words in SEX.items():
            self.sex.addItem(translated(words), sex)
        for status, _ in self.lists.values():
            status.clear()
            for value, words in LIST_STATUS.items():
                status.addItem(translated(words), str(value))


def _enable(status: QComboBox, entries: QLineEdit) -> None:
    entries.setEnabled(status.currentData() == str(ListStatus.KNOWN))
