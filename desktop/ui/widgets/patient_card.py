"""What is recorded of one patient, and the visits so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient, StatusList
from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.plain_text import shown
from desktop.ui.presenters.people import age_short, list_words
from desktop.ui.presenters.words import KIND, LIST_STATUS, SEX
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.patient_form import LINES, LISTS, SEX_CAPTION
from desktop.ui.widgets.record_table import RecordTable
from modelzoo.contract.case import ListStatus

BEGIN, CHANGE = translatable("patient_card", "New visit"), translatable("patient_card", "Change")
VISITS = translatable("patient_card", "Visits")
NO_VISIT = translatable("patient_card", "No visit yet.")
HEADINGS = (
    translatable("patient_card", "Day"), translatable("patient_card", "Reason"),
    translatable("patient_card", "Diagnosis")
)  # fmt: skip
AGE = translatable("patient_card", "Age")


class PatientCard(Pane):
    """Emits ``new_visit_wanted`` and ``change_wanted`` with the patient, ``visit_wanted`` with an encounter."""

    new_visit_wanted = Signal(object)
    change_wanted = Signal(object)
    visit_wanted = Signal(object)

    def __init__(self, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, role="panel")
        self._language = language
        self._patient: Patient | None = None
        self._history: list[Encounter] = []
        self._today = date.min
        self.name, self.none = label("title", wrap=True), label("muted")
        self.begin, self.change = button("primary", name="begin_visit"), button(name="change_patient")
        self.visits = RecordTable(HEADINGS, (110, 150, 0))
        self.visits.setObjectName("visits_of_patient")
        self._values: dict[str, QLabel] = {}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(4)
        self._form.setHorizontalSpacing(16)
        captions = {**dict(LINES), "birth": AGE, "sex": SEX_CAPTION, **dict(LISTS)}
        for name in ("birth", "sex", "village", "phone", "local_number", "allergies", "medicines", "problems"):
            caption, self._values[name] = label("muted"), label(wrap=True)
            self.speak(caption.setText, captions[name])
            self._form.addRow(caption, self._values[name])
        visits = label("heading")
        for part, words in (
            (self.begin, BEGIN), (self.change, CHANGE), (visits, VISITS), (self.none, NO_VISIT)
        ):  # fmt: skip
            self.speak(part.setText, words)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(self._form)
        layout.addWidget(visits)
        layout.addWidget(self.none)
        layout.addWidget(self.visits, 1)
        layout.addStretch(0)
        self.begin.clicked.connect(lambda: self.new_visit_wanted.emit(self._patient))
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._patient))
        self.visits.chosen.connect(lambda row: self.visit_wanted.emit(self._history[row]))

    def show_patient(self, patient: Patient, history: list[Encounter], today: date) -> None:
        """Show a patient with the saved visits, newest first."""
        self._patient, self._history, self._today = patient, history, today
        self.retranslate()

    def retranslate(self) -> None:
        """Show the patient in the language in use."""
        p = self._patient
        if p is None:
            return
        self.name.setText(shown(p.name))
        words = {
            "birth": age_short(p, self._today, self._language()),
            "sex": translated(SEX[p.sex]) if p.sex in SEX else "",
            "village": p.village,
            "phone": p.phone,
            "local_number": p.local_number,
            "allergies": _list(p.allergies),
            "medicines": _list(p.medicines),
            "problems": _list(p.problems),
        }
        for name, value in self._values.items():
            value.setText(shown(words[name]) or "–")
        self.visits.retranslate()
        self.visits.show_rows([self._row(e) for e in self._history])
        self.visits.setVisible(bool(self._history))
        self.none.setVisible(not self._history)

    def _row(self, visit: Encounter) -> tuple[str, ...]:
        reason: Text = KIND[visit.kind]
        day = visit.started_at.astimezone().date().isoformat()
        return day, translated(reason), " · ".join(d.text for d in visit.diagnoses)


def _list(listed: StatusList) -> str:
    return list_words(listed) if listed.status is ListStatus.KNOWN else translated(LIST_STATUS[listed.status])
