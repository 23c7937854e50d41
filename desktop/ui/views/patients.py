"""Patients: find one, see what is recorded, change it, begin a visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.identifiers import new_id
from desktop.domain.patient import Patient
from desktop.resources.translatable import translatable
from desktop.services.clinic import Clinic
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line
from desktop.ui.presenters.people import FormError, PatientFields, age_short, fields_of, patient_from
from desktop.ui.presenters.sentences import sentence
from desktop.ui.presenters.words import SEX
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.patient_card import PatientCard
from desktop.ui.widgets.patient_form import PatientForm
from desktop.ui.widgets.record_table import RecordTable
from modelzoo.contract.errors import BarefootError

TITLE, NEW = translatable("patients", "Patients"), translatable("patients", "New patient  Ctrl+N")
SEARCH = translatable("patients", "Name, village, phone or number")
HEADINGS = (
    translatable("patients", "Name"), translatable("patients", "Age"),
    translatable("patients", "Sex"), translatable("patients", "Village"),
)  # fmt: skip
EMPTY = translatable("patients", "No patient yet. Press Ctrl+N to add the first one.")
NOTHING = translatable("patients", "Nobody is found. Try fewer letters, or add a new patient.")
CHOOSE = translatable("patients", "Choose a patient on the left to see what is recorded.")
TWIN = translatable("patients", "Perhaps the same person: {names}. Save again to keep both.")
PAUSE_MS = 150


class PatientsView(Pane):
    """Emits ``new_visit_wanted`` with a patient, ``visit_wanted`` with a saved encounter."""

    new_visit_wanted = Signal(object)
    visit_wanted = Signal(object)
    patient_saved = Signal(object)
    failed = Signal(object)

    def __init__(self, clinic: Clinic, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, role="page")
        self._clinic, self._language = clinic, language
        self.found: list[Patient] = []
        self._editing: Patient | None = None
        self._warned_of: frozenset[str] = frozenset()
        self.search, self.new = QLineEdit(), button(name="new_patient")
        self.table, self.empty = RecordTable(HEADINGS, (0, 140, 80, 130)), label("muted", wrap=True)
        self.table.setObjectName("patients")
        self.card, self.form = PatientCard(language), PatientForm()
        self.side = QStackedWidget()
        self.choose = label("muted", wrap=True)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._connect()

    def _build(self) -> None:
        title = label("title")
        self.speak(title.setText, TITLE)
        self.speak(self.new.setText, NEW)
        self.speak(self.search.setPlaceholderText, SEARCH)
        self.speak(self.choose.setText, CHOOSE)
        self.search.setObjectName("patient_search")
        self.search.setMaxLength(200)
        self.choose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.choose, self.card, self.form):
            self.side.addWidget(part)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.new)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(head)
        left.addWidget(self.search)
        left.addWidget(self.empty)
        left.addWidget(self.table, 1)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(16, 12, 16, 16)
        sides.setSpacing(16)
        for side, share in ((holder, 46), (self.side, 54)):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            sides.addWidget(side, share)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._pause.start())
        self.search.returnPressed.connect(self._to_table)
        self.new.clicked.connect(self.add)
        self.table.pointed_at.connect(self._show_card)
        self.table.chosen.connect(self._begin)
        self.card.new_visit_wanted.connect(self.new_visit_wanted)
        self.card.visit_wanted.connect(self.visit_wanted)
        self.card.change_wanted.connect(self.change)
        self.form.save_wanted.connect(self.save)
        self.form.cancelled.connect(self._leave_form)

    def refresh(self) -> None:
        """Search anew."""
        query = clean_line(self.search.text(), 200)
        try:
            self.found = self._clinic.registry.search(query)
        except BarefootError as error:
            self.failed.emit(error)
            return
        self.empty.setText(translated(NOTHING if query else EMPTY))
        self.empty.setVisible(not self.found)
        self._show_rows()

    def begin_choosing(self) -> None:
        """Go to the search line."""
        self.refresh()
        self.search.setFocus()
        self.search.selectAll()

    def add(self) -> None:
        """Show an empty form; what was searched for may be the name."""
        words = clean_line(self.search.text(), 200)
        self._open_form(Patient(new_id(), ""), PatientFields(name="" if self.found else words), is_new=True)

    def change(self, patient: Patient) -> None:
        """Show the form of a stored patient."""
        fields = fields_of(patient, self._clinic.registry.today(), self._language())
        self._open_form(patient, fields, is_new=False)

    def save(self, fields: PatientFields) -> None:
        """Keep what the form holds; whatever goes wrong, the form keeps its words."""
        if self._editing is None:
            return
        registry = self._clinic.registry
        try:
            patient = patient_from(fields, self._editing, registry.today(), self._language())
            twins = registry.likely_duplicates(patient) if self._editing.created_at is None else []
            if twins and not self._warned_of.issuperset(t.id for t in twins):
                self._warned_of = frozenset(t.id for t in twins)
                self.form.show_problem(TWIN.fill(names=", ".join(self._naming(t) for t in twins)))
                return
            saved = registry.save(patient)
        except FormError as error:
            self.form.show_problem(error.words, error.field)
            return
        except BarefootError as error:
            self.form.show_problem(sentence(error), str(error.data.get("field", "")))
            return
        self._editing = None
        self.search.setText("")
        self._pause.stop()
        self.refresh()
        place = next((i for i, p in enumerate(self.found) if p.id == saved.id), -1)
        self.table.setCurrentCell(place, 0)
        self._show_card(place)
        self.table.setFocus()
        self.patient_saved.emit(saved)

    def retranslate(self) -> None:
        """Show the list and the card in the language in use."""
        self.table.retranslate()
        self.empty.setText(translated(NOTHING if self.search.text().strip() else EMPTY))
        self._show_rows()

    def _show_rows(self) -> None:
        today, language = self._clinic.registry.today(), self._language()
        self.table.show_rows(
            [
                (p.name, age_short(p, today, language), translated(SEX[p.sex]) if p.sex in SEX else "", p.village)
                for p in self.found
            ]
        )

    def _show_card(self, row: int) -> None:
        if self._editing is not None:
            return
        if not 0 <= row < len(self.found):
            self.side.setCurrentWidget(self.choose)
            return
        patient = self.found[row]
        try:
            history = self._clinic.registry.history(patient.id)
        except BarefootError as error:
            self.failed.emit(error)
            return
        self.card.show_patient(patient, history, self._clinic.registry.today())
        self.side.setCurrentWidget(self.card)

    def _open_form(self, patient: Patient, fields: PatientFields, *, is_new: bool) -> None:
        self._editing, self._warned_of = patient, frozenset()
        self.form.show_fields(fields, is_new=is_new)
        self.side.setCurrentWidget(self.form)
        self.form.lines["name"].setFocus()

    def _leave_form(self) -> None:
        self._editing = None
        self._show_card(self.table.currentRow())
        self.search.setFocus()

    def _begin(self, row: int) -> None:
        if self._editing is None:
            self.new_visit_wanted.emit(self.found[row])

    def _to_table(self) -> None:
        self._pause.stop()
        self.refresh()
        if self.found:
            self.table.setFocus()

    def _naming(self, patient: Patient) -> str:
        parts = (patient.name, age_short(patient, self._clinic.registry.today(), self._language()), patient.village)
        return " ".join(part for part in parts if part)
