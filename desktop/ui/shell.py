"""What is seen while the vault is open: the bar, the pages, and at most one open visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.resources.translatable import translatable
from desktop.services.clinic import Clinic, prescribing_remarks
from desktop.services.consultation import AdviceUnavailable, Consultation
from desktop.services.registry import WorklistEntry
from desktop.services.startup import Started
from desktop.ui.i18n import Language, translated
from desktop.ui.plain_text import shown
from desktop.ui.presenters.people import SEX_SHORT, age_short, allergy_text
from desktop.ui.presenters.sentences import sentence
from desktop.ui.tasks import Tasks
from desktop.ui.theme.appearance import Appearance
from desktop.ui.views.encounter import EncounterView
from desktop.ui.views.knowledge import KnowledgeView
from desktop.ui.views.patients import PatientsView
from desktop.ui.views.sealed import SealedView
from desktop.ui.views.today import TodayView
from desktop.ui.widgets.help_dialog import HelpDialog
from desktop.ui.widgets.learning_dialog import LearningDialog
from desktop.ui.widgets.pane import Pane, label
from desktop.ui.widgets.seal_dialog import SealDialog
from desktop.ui.widgets.top_bar import PAGES, TopBar
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BarefootError

PATIENT_LINE = translatable("shell", "{who} · {allergies}")
NOTICE_MS = 8000


class Shell(Pane):
    """Emits ``lock_wanted``, ``language_wanted``, ``theme_wanted``; everything else it does itself."""

    lock_wanted = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    lock_minutes_wanted = Signal(int)

    def __init__(
        self,
        clinic: Clinic,
        tasks: Tasks,
        language: Language,
        appearance: Appearance,
        lock_minutes: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, role="page")
        self.clinic, self._tasks, self._language, self._appearance = clinic, tasks, language, appearance
        self._engine: Engine | None = None
        self._engine_error: Exception | None = None
        self.visit: EncounterView | None = None
        self.bar = TopBar(language.code, appearance.choice, lock_minutes, appearance.palette)
        self.notice = label("notice", wrap=True, name="shell_notice")
        self.notice.hide()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(NOTICE_MS)
        self._quiet.timeout.connect(self.notice.hide)
        code: Callable[[], str] = lambda: language.code  # noqa: E731
        self.today, self.patients = TodayView(clinic, code), PatientsView(clinic, code)
        self.sealed, self.knowledge = SealedView(clinic.exchange, tasks), KnowledgeView(tasks, code)
        self.pages = QStackedWidget()
        for page in (self.today, self.patients, self.sealed, self.knowledge):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self.notice, self.pages):
            layout.addWidget(part)
        self._connect()
        self.show_page("today")

    def _connect(self) -> None:
        bar = self.bar
        bar.page_wanted.connect(self.show_page)
        bar.visit_wanted.connect(self.show_visit)
        bar.language_wanted.connect(self.language_wanted)
        bar.theme_wanted.connect(self.theme_wanted)
        bar.lock_minutes_wanted.connect(self.lock_minutes_wanted)
        bar.lock_wanted.connect(self.lock_wanted)
        bar.help_wanted.connect(self.show_help)
        bar.learning_wanted.connect(self.show_learning)
        self.today.visit_wanted.connect(self._open_entry)
        self.today.new_visit_wanted.connect(self.new_visit)
        self.patients.new_visit_wanted.connect(self.begin)
        self.patients.visit_wanted.connect(self._open_saved)
        self.patients.patient_saved.connect(self._patient_changed)
        for page in (self.today, self.patients, self.sealed, self.knowledge):
            page.failed.connect(self.show_error)
        self._tasks.failed.connect(self.show_error)
        self._appearance.changed.connect(self._use_palette)
        for keys, act in (
            ("Ctrl+N", self.new_visit), ("Ctrl+L", self.lock_wanted.emit), ("F1", self.show_help),
            ("Alt+5", self.show_visit),
            *((f"Alt+{i + 1}", lambda page=name: self.show_page(page)) for i, (name, _, _) in enumerate(PAGES)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- pages ----------------------------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Show a page; an open visit is kept as a draft and stays open behind it."""
        if self.visit is not None:
            self.visit.presenter.save_draft()
        page = {"today": self.today, "patients": self.patients, "sealed": self.sealed, "knowledge": self.knowledge}[
            name
        ]
        self.pages.setCurrentWidget(page)
        self.bar.show_page(name)
        if page is self.patients:
            self.patients.begin_choosing()
        elif page is self.today:
            self.today.refresh()
            self.today.table.setFocus()
        elif page is self.sealed:
            self.sealed.refresh()
        else:
            self.knowledge.search.setFocus()

    def new_visit(self) -> None:
        """Go to the patients to choose one; on that page: add one."""
        if self.pages.currentWidget() is self.patients:
            self.patients.add()
        else:
            self.show_page("patients")

    def show_visit(self) -> None:
        """Go back to the open visit, if there is one."""
        if self.visit is not None:
            self.pages.setCurrentWidget(self.visit)
            self.bar.show_page("visit")
            self.visit.editor.setFocus()

    # -- visits ---------------------------------------------------------------------------------------------------

    def begin(self, patient: Patient) -> None:
        """Open a new visit of a patient."""
        self._open(lambda: self.clinic.begin(self.clinic.registry.open(patient.id), self._engine))

    def close_visit(self) -> bool:
        """Keep unfinished work and close the visit; False when it could not be kept, then it stays open."""
        if self.visit is None:
            return True
        if not self.visit.leave():
            self.show_visit()
            return False
        self.pages.removeWidget(self.visit)
        self.visit.deleteLater()
        self.visit = None
        self.bar.show_patient("")
        return True

    def _open_entry(self, entry: WorklistEntry) -> None:
        self._open(lambda: self.clinic.resume(entry.encounter, self._engine, is_draft=entry.is_draft))

    def _open_saved(self, encounter: Encounter) -> None:
        self._open(lambda: self.clinic.resume(encounter, self._engine, is_draft=False))

    def _open(self, make: Callable[[], Consultation]) -> None:
        if not self.close_visit():
            return
        try:
            consultation = make()
        except BarefootError as error:
            self.show_error(error)
            return
        self.visit = EncounterView(
            consultation,
            self._tasks,
            lambda: self._language.code,
            self._appearance.palette,
            lambda visit: prescribing_remarks(consultation.patient, visit, self._language.code),
        )
        self.visit.encounter_saved.connect(lambda _: self.today.refresh())
        self.visit.seal_wanted.connect(self.seal)
        self.pages.addWidget(self.visit)
        self._hand_over_engine()
        self._show_patient_line()
        self.show_visit()

    def seal(self, encounter: Encounter) -> None:
        """Ask for whom to seal a saved visit."""
        try:
            dialog = SealDialog(self.clinic.exchange, encounter, self._tasks, lambda: self._language.code, self)
        except BarefootError as error:
            self.show_error(error)
            return
        dialog.setObjectName("seal_dialog")
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    # -- what happens elsewhere -----------------------------------------------------------------------------------

    def use_engine(self, started: Started | None) -> None:
        """Take what start-up brought; None: it is still at work."""
        self._engine = started.engine if started else None
        self._engine_error = _as_ours(started.error) if started else None
        self.knowledge.use_engine(self._engine, self._engine_error)
        if started is not None:
            self.today.show_notice(tuple(step.message for step in started.problems()))
        self._hand_over_engine()

    def show_error(self, error: Exception) -> None:
        """Say in one sentence what did not work."""
        self.notice.setText(translated(sentence(error)))
        self.notice.show()
        self._quiet.start()

    def show_help(self) -> None:
        """Show the keys."""
        dialog = HelpDialog(self)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def show_learning(self) -> None:
        """Show what the clinic's own diagnoses teach."""

        def name(condition: str) -> str:
            try:
                return self._engine.label(condition, self._language.code) if self._engine else condition
            except KeyError:
                return condition  # of an older pack

        dialog = LearningDialog(self.clinic.learning, name, self)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def retranslate(self) -> None:
        """Say the patient's line in the language in use."""
        self._show_patient_line()

    def _hand_over_engine(self) -> None:
        if self.visit is not None:
            why = sentence(self._engine_error) if self._engine_error is not None else None
            self.visit.use_engine(self._engine, why)

    def _patient_changed(self, patient: Patient) -> None:
        if self.visit is not None and self.visit.consultation.patient.id == patient.id:
            self.visit.use_patient(patient)
            self._show_patient_line()

    def _show_patient_line(self) -> None:
        if self.visit is None:
            return
        p, code = self.visit.consultation.patient, self._language.code
        sex = translated(SEX_SHORT[p.sex]) if p.sex in SEX_SHORT else ""
        who = ", ".join(part for part in (shown(p.name), sex, age_short(p, self.clinic.registry.today(), code)) if part)
        line = translated(PATIENT_LINE.fill(who=_short(who, 40), allergies=allergy_text(p)))
        self.bar.show_patient(line)

    def _use_palette(self) -> None:
        self.bar.use_palette(self._appearance.palette)
        if self.visit is not None:
            self.visit.use_palette(self._appearance.palette)


def _as_ours(error: Exception | None) -> Exception | None:
    """A fault of Python's own (a missing library, no memory) is said as what it means: there is no advice."""
    if error is None or isinstance(error, BarefootError):
        return error
    return AdviceUnavailable("The assessment pack could not be opened.", data={"cause": type(error).__name__})


def _short(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
