"""The one screen that matters: one visit. Left what people say and measure, right what follows from it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.encounter import Encounter, EncounterKind, Prescription
from desktop.domain.patient import Patient
from desktop.resources.translatable import Text, translatable
from desktop.services.consultation import Consultation
from desktop.ui.i18n import translated
from desktop.ui.presenters.advice import candidate_rows, chips, duration_text
from desktop.ui.presenters.encounter import EncounterPresenter, TaskDoor
from desktop.ui.presenters.words import KIND
from desktop.ui.theme.colours import Palette
from desktop.ui.widgets.advice_panel import AdvicePanel
from desktop.ui.widgets.chips import FindingChips
from desktop.ui.widgets.column import Column
from desktop.ui.widgets.complaint_editor import ComplaintEditor
from desktop.ui.widgets.danger_banner import DangerBanner
from desktop.ui.widgets.finding_picker import FindingPicker
from desktop.ui.widgets.measurements import Measurements
from desktop.ui.widgets.own_assessment import OwnAssessment
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.tests_bar import TestsBar
from modelzoo.contract.assessment import Assessment, WhyNot
from modelzoo.contract.case import Assertion, TestResult
from modelzoo.contract.engine import Engine

SAYS = translatable("encounter", "What the patient says")
HINT = translatable("encounter", "In their words, English or Chinese: what, since when, how bad, what there is not.")
KEYS = translatable(
    "encounter",
    "F1 help   F2 correct   F3 text   F4 measurements   F6 questions   F7 list   "
    "F8 diagnosis   F9 hide list   F10 danger",
)
SAVE, SEAL = translatable("encounter", "Save  Ctrl+S"), translatable("encounter", "Seal  Ctrl+E")
UNSAVED = translatable("encounter", "Not saved yet; a draft is kept by itself.")
WITHOUT = translatable("encounter", "Saved without the measurements that are not possible. They are marked below.")
PAUSE_MS, DRAFT_MS = 250, 4000


class EncounterView(Pane):
    """One visit. Emits ``encounter_saved`` and ``seal_wanted`` (after saving)."""

    encounter_saved = Signal(object)
    seal_wanted = Signal(object)

    def __init__(
        self,
        consultation: Consultation,
        tasks: TaskDoor,
        language: Callable[[], str],
        palette: Palette,
        clashes: Callable[[Encounter], tuple[str | Text, ...]],
    ) -> None:
        super().__init__()
        self._language, self._clashes = language, clashes
        self.presenter = EncounterPresenter(consultation, tasks, self, language)
        self._status: Text | None = None
        self.banner, self.advice, self.own = DangerBanner(), AdvicePanel(), OwnAssessment()
        self.editor, self.chips = ComplaintEditor(), FindingChips()
        self.measurements = Measurements(consultation.usual)
        self.tests = TestsBar(language())
        self.kind = QComboBox()
        self.kind.setObjectName("visit_kind")
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.problem = label("notice", wrap=True, name="encounter_problem")
        self.problem.hide()
        self.status = label("small", name="encounter_status")
        self.save_button, self.seal_button = button("primary", name="save"), button(name="seal")
        self._build()
        self._pause, self._draft = QTimer(self), QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._draft.setInterval(DRAFT_MS)
        self._connect()
        self._shortcuts()
        self.use_palette(palette)
        self._show_stored()
        self._draft.start()

    @property
    def consultation(self) -> Consultation:
        """The visit on this page."""
        return self.presenter.consultation

    # -- building -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        says = label("heading")
        self.speak(says.setText, SAYS)
        self.speak(self.editor.setPlaceholderText, HINT)
        head = QHBoxLayout()
        head.addWidget(says, 1)
        head.addWidget(self.kind)
        panel, content = Pane(role="panel"), QWidget()
        frame = QVBoxLayout(panel)
        frame.setContentsMargins(12, 8, 12, 8)
        frame.addWidget(Column(content))
        left = QVBoxLayout(content)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(6)
        left.addLayout(head)
        left.addWidget(self.editor, 3)
        left.addWidget(self.chips)
        left.addWidget(self._line())
        left.addWidget(self.measurements)
        left.addWidget(self.tests)
        left.addWidget(self._line())
        left.addWidget(self.own, 2)
        self.chips.setFixedHeight(64)
        self.editor.setMinimumHeight(72)
        self.own.plan.setMinimumHeight(64)
        self.own.plan.setMaximumHeight(120)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for side, share in ((panel, 54), (self.advice, 46)):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            sides.addWidget(side, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.banner)
        layout.addWidget(self.problem)
        layout.addLayout(sides, 1)
        layout.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot, keys = Pane(), label("small")
        self.speak(keys.setText, KEYS)
        self.speak(self.save_button.setText, SAVE)
        self.speak(self.seal_button.setText, SEAL)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(keys)
        row.addStretch(1)
        row.addWidget(self.status)
        row.addWidget(self.seal_button)
        row.addWidget(self.save_button)
        return foot

    @staticmethod
    def _line() -> QWidget:
        return Pane(role="rule")

    def _connect(self) -> None:
        p = self.presenter
        self._pause.timeout.connect(p.assess)
        self._draft.timeout.connect(p.save_draft)
        self.editor.edited.connect(self._keep_text)
        self.editor.noted.connect(self.show_problem)
        self.own.plan.noted.connect(self.show_problem)
        self.editor.finding_hovered.connect(self.advice.light_rows)
        self.chips.pointed_at.connect(self.advice.light_rows)
        self.chips.asserted.connect(p.observe)
        self.chips.rejected.connect(p.reject)
        self.chips.withdrawn.connect(self._withdraw)
        self.chips.correction_wanted.connect(self.correct)
        self.measurements.typed.connect(lambda n, t: self.measurements.show_reading(n, p.measure(n, t)))
        self.measurements.consciousness_chosen.connect(p.set_consciousness)
        self.measurements.pregnancy_chosen.connect(p.set_pregnant)
        self.tests.given.connect(self._record_test)
        self.tests.removed.connect(self._remove_test)
        self.banner.answered.connect(self._answer_danger)
        self.advice.lit.connect(self.editor.marks.light)
        self.advice.answered.connect(p.observe)
        self.advice.why_not.sought.connect(lambda q: p.search("conditions", q, self.advice.why_not.line.offer))
        self.advice.why_not.wanted.connect(p.ask_why_not)
        self.own.diagnosis.sought.connect(lambda q: p.search("conditions", q, self.own.diagnosis.offer))
        self.own.diagnoses_changed.connect(self.consultation.set_diagnoses)
        self.own.plan_changed.connect(self.consultation.set_plan)
        self.own.prescriptions_changed.connect(self._keep_prescriptions)
        self.kind.activated.connect(lambda: self.consultation.set_kind(EncounterKind(self.kind.currentData())))
        self.save_button.clicked.connect(self.save)
        self.seal_button.clicked.connect(self.seal)

    def _shortcuts(self) -> None:
        for keys, act in (
            ("F2", lambda: self.chips.focus_first()), ("F3", lambda: self.editor.setFocus()),
            ("F4", self.measurements.focus_first), ("F6", self.advice.focus_questions),
            ("F7", self.advice.focus_candidates), ("F8", self.own.focus_first), ("F9", self.advice.toggle),
            ("F10", self.banner.focus), ("Ctrl+P", self.advice.toggle_numbers), ("Ctrl+S", self.save),
            ("Ctrl+E", self.seal), ("Ctrl+I", lambda: self.correct("")),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show_stored(self) -> None:
        e, c = self.consultation.encounter, self.consultation
        self._fill_kinds()
        self.kind.setCurrentIndex(self.kind.findData(str(e.kind)))
        self.editor.show_text(e.text)
        self.measurements.show_values(e.vitals, e.weight_kg, e.pregnant)
        age = c.age_years
        self.measurements.ask_pregnancy(c.patient.sex != "male" and (age is None or 10 <= age <= 55))
        self.tests.show_results(e.tests)
        self.own.show_stored(e.diagnoses, e.plan, e.prescriptions)
        self.own.show_clashes(self._clashes(e))
        self.presenter.assess()

    # -- what the presenter asks for ------------------------------------------------------------------------------

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show marks, chips, danger and advice of one answer."""
        if assessment is None:
            self.advice.show_assessment(None, ())
            self.chips.show_findings((), {})
            self.editor.show_findings(self.consultation.encounter.text, ())
            self.banner.show_rules(())
            return
        rejected = frozenset(o.finding for o in self.consultation.encounter.observations if o.rejected)
        shown = chips(assessment, rejected)
        language = self._language()
        self.chips.show_findings(shown, {f.id: duration_text(f.duration_days, language) for f in shown})
        self.editor.show_findings(self.consultation.encounter.text, assessment.findings)
        dangers = self.consultation.unanswered_dangers(assessment)
        self.banner.show_rules(dangers)
        names = self.presenter.finding_names(assessment)
        self.advice.show_assessment(assessment, candidate_rows(assessment, names), danger=bool(dangers))

    def show_no_advice(self, why: Text) -> None:
        """Say that there is no advice; everything else goes on."""
        self.show_assessment(None)
        self.advice.show_no_advice(why)

    def show_why_not(self, answer: WhyNot | None) -> None:
        """Show why a condition stands no higher."""
        self.advice.why_not.show_answer(answer)

    def show_status(self, text: Text) -> None:
        """Say quietly what was done."""
        self._status = text
        self.status.setText(translated(text))
        self.problem.hide()

    def show_problem(self, text: Text) -> None:
        """Say what did not work."""
        self.problem.setText(translated(text))
        self.problem.show()

    def saved(self, encounter: Encounter) -> None:
        """Tell that the visit was saved."""
        self.encounter_saved.emit(encounter)

    # -- what the person asks for -----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save with everything that stands in a field."""
        self._take_fields()
        saved = self.presenter.save()
        if saved and self.measurements.has_refused():
            self.show_problem(WITHOUT)
        return saved

    def seal(self) -> None:
        """Save, then ask for whom to seal."""
        if self.save():
            self.seal_wanted.emit(self.consultation.encounter)

    def leave(self) -> bool:
        """Keep a draft before the page goes away."""
        self._take_fields()
        self._draft.stop()
        self._pause.stop()
        return self.presenter.leave()

    def correct(self, finding: str) -> None:
        """Choose a finding by name, to add it or in place of ``finding``."""
        picker = self.make_picker(finding)
        picker.open()

    def make_picker(self, finding: str) -> FindingPicker:
        """Return the dialog that chooses a finding."""
        picker = FindingPicker(self, correcting=bool(finding))
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.line.sought.connect(lambda q: self.presenter.search("findings", q, picker.line.offer))
        if finding:
            picker.picked.connect(lambda chosen: self.presenter.replace(finding, chosen))
        else:
            picker.picked.connect(lambda chosen: self.presenter.observe(chosen, Assertion.PRESENT))
        return picker

    def use_engine(self, engine: Engine | None, why_not: Text | None = None) -> None:
        """Take the engine that has been opened since, and ask it; or the reason why there is none."""
        self.consultation.engine = engine
        if why_not is not None:
            self.presenter.why_no_engine = why_not
        self.presenter.assess()

    def use_patient(self, patient: Patient) -> None:
        """Take the patient's changed record: allergies and problems count at once."""
        self.consultation.patient = patient
        self.own.show_clashes(self._clashes(self.consultation.encounter))
        self.presenter.assess()

    def use_palette(self, palette: Palette) -> None:
        """Draw marks in the colours of a theme."""
        self.editor.use_palette(palette)

    def retranslate(self) -> None:
        """Ask for names and sentences in the new language; what was typed stays as it is."""
        chosen = self.kind.currentIndex()
        self._fill_kinds()
        self.kind.setCurrentIndex(chosen)
        self.tests.use_language(self._language())
        if self._status is not None:
            self.status.setText(translated(self._status))
        self.own.show_clashes(self._clashes(self.consultation.encounter))
        self.presenter.assess()

    def _fill_kinds(self) -> None:
        self.kind.clear()
        for kind, words in KIND.items():
            self.kind.addItem(translated(words), str(kind))

    def _keep_text(self, text: str) -> None:
        if self.presenter.set_text(text):
            self._pause.start()
        if self._status is not UNSAVED:
            self._status = UNSAVED
            self.status.setText(translated(UNSAVED))

    def _take_fields(self) -> None:
        for name, field in self.measurements.fields.items():
            if field.isModified():
                self.measurements.show_reading(name, self.presenter.measure(name, field.text()))
        self.own.commit_lines()

    def _withdraw(self, finding: str) -> None:
        self.consultation.withdraw(finding)
        self.presenter.assess()

    def _record_test(self, result: TestResult) -> None:
        self.tests.show_problem(self.presenter.set_test(result))
        self.tests.show_results(self.consultation.encounter.tests)

    def _remove_test(self, name: str) -> None:
        self.presenter.remove_test(name)
        self.tests.show_results(self.consultation.encounter.tests)

    def _answer_danger(self, rule: str, done: bool, reason: str) -> None:
        problem = self.presenter.answer_rule(rule, done, reason)
        if problem is not None:
            self.banner.show_problem(problem)

    def _keep_prescriptions(self, prescriptions: tuple[Prescription, ...]) -> None:
        self.consultation.set_prescriptions(prescriptions)
        self.own.show_clashes(self._clashes(self.consultation.encounter))
