"""The clinician's own words: diagnosis, plan, prescriptions. Names are offered, any words are taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.encounter import Diagnosis, Prescription
from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line, shown
from desktop.ui.widgets.complaint_editor import PlainEdit
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.removable import Removables
from desktop.ui.widgets.search_line import SearchLine
from modelzoo.contract.engine import Term

DIAGNOSIS = translatable("assessment", "My diagnosis")
DIAGNOSIS_HINT = translatable("assessment", "Any words, then Enter")
PLAN = translatable("assessment", "Plan")
PRESCRIBED = translatable("assessment", "Prescribed")
MEDICINE = translatable("assessment", "Medicine")
DIRECTIONS = translatable("assessment", "Directions, then Enter")
ADD = translatable("assessment", "Add")
PLAN_LIMIT = 20_000


class OwnAssessment(Pane):
    """Emits the whole of each part when it changes."""

    diagnoses_changed = Signal(object)
    prescriptions_changed = Signal(object)
    plan_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagnoses: tuple[Diagnosis, ...] = ()
        self._prescriptions: tuple[Prescription, ...] = ()
        self.diagnosis = SearchLine()
        self.diagnosis.setObjectName("diagnosis")
        self.diagnosis.setProperty("role", "own")
        self.diagnosis.taken.connect(self._add_diagnosis)
        self.plan = PlainEdit(limit=PLAN_LIMIT)
        self.plan.setObjectName("plan")
        self.plan.setProperty("role", "own")
        self.plan.textChanged.connect(lambda: self.plan_changed.emit(self.plan.toPlainText()))
        self.medicine, self.directions = QLineEdit(), QLineEdit()
        self.medicine.setObjectName("medicine")
        self.directions.setObjectName("directions")
        for line in (self.medicine, self.directions):
            line.setMaxLength(500)
            line.returnPressed.connect(self._add_prescription)
        self.chosen, self.given = Removables(), Removables()
        self.chosen.removed.connect(self._remove_diagnosis)
        self.given.removed.connect(self._remove_prescription)
        self.clash = label("notice", wrap=True, name="allergy_clash")
        self.clash.hide()
        self._build()

    def _build(self) -> None:
        captions = [label("heading") for _ in range(3)]
        for caption, words in zip(captions, (DIAGNOSIS, PLAN, PRESCRIBED), strict=True):
            self.speak(caption.setText, words)
        self.speak(self.diagnosis.setPlaceholderText, DIAGNOSIS_HINT)
        self.speak(self.medicine.setPlaceholderText, MEDICINE)
        self.speak(self.directions.setPlaceholderText, DIRECTIONS)
        add = button(name="add_prescription")
        self.speak(add.setText, ADD)
        add.clicked.connect(self._add_prescription)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(captions[0])
        left.addWidget(self.diagnosis)
        left.addWidget(self.chosen)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(captions[1])
        right.addWidget(self.plan, 1)
        prescribe = QHBoxLayout()
        prescribe.setSpacing(6)
        prescribe.addWidget(captions[2])
        prescribe.addWidget(self.medicine, 2)
        prescribe.addWidget(self.directions, 3)
        prescribe.addWidget(add)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        grid.addLayout(prescribe, 1, 0, 1, 2)
        grid.addWidget(self.given, 2, 0, 1, 2)
        grid.addWidget(self.clash, 3, 0, 1, 2)

    def show_stored(self, diagnoses: tuple[Diagnosis, ...], plan: str, prescriptions: tuple[Prescription, ...]) -> None:
        """Show what a stored visit holds."""
        self._diagnoses, self._prescriptions = diagnoses, prescriptions
        self.plan.blockSignals(True)
        self.plan.setPlainText(plan)
        self.plan.blockSignals(False)
        self._draw()

    def show_clashes(self, remarks: tuple[str | Text, ...]) -> None:
        """Warn of clashes with recorded allergies, and of what nobody could check; nothing is forbidden."""
        said = (translated(r) if isinstance(r, Text) else r for r in remarks)
        self.clash.setText("\n".join(shown(r) for r in said))
        self.clash.setVisible(bool(remarks))

    def commit_lines(self) -> None:
        """Take words that stand in a line without Enter: saving must not lose them."""
        words = clean_line(self.diagnosis.text())
        if words:
            self.diagnosis.clear()
            self._add_diagnosis(words, None)
        self._add_prescription()

    def focus_first(self) -> None:
        """Go to the diagnosis."""
        self.diagnosis.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_diagnosis(self, words: str, term: Term | None) -> None:
        entry = Diagnosis(words, term.id, term.icd10[0] if term.icd10 else None) if term else Diagnosis(words)
        if all(d.text != words for d in self._diagnoses):
            self._diagnoses = (*self._diagnoses, entry)
            self.diagnoses_changed.emit(self._diagnoses)
            self._draw()

    def _remove_diagnosis(self, place: int) -> None:
        self._diagnoses = (*self._diagnoses[:place], *self._diagnoses[place + 1 :])
        self.diagnoses_changed.emit(self._diagnoses)
        self._draw()
        self.diagnosis.setFocus()

    def _add_prescription(self) -> None:
        medicine, directions = clean_line(self.medicine.text()), clean_line(self.directions.text())
        if not medicine:
            return
        self._prescriptions = (*self._prescriptions, Prescription(medicine, directions))
        self.medicine.clear()
        self.directions.clear()
        self.prescriptions_changed.emit(self._prescriptions)
        self._draw()
        if self.directions.hasFocus():
            self.medicine.setFocus()

    def _remove_prescription(self, place: int) -> None:
        self._prescriptions = (*self._prescriptions[:place], *self._prescriptions[place + 1 :])
        self.prescriptions_changed.emit(self._prescriptions)
        self._draw()
        self.medicine.setFocus()

    def _draw(self) -> None:
        self.chosen.show_entries(tuple(f"{d.text}  {d.icd10}" if d.icd10 else d.text for d in self._diagnoses))
        self.given.show_entries(
            tuple(f"{p.medicine}: {p.directions}" if p.directions else p.medicine for p in self._prescriptions)
        )
