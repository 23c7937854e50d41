"""Today: the visits of the day, unfinished ones first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.services.clinic import Clinic
from desktop.services.registry import WorklistEntry
from desktop.ui.i18n import translated
from desktop.ui.presenters.people import age_short
from desktop.ui.presenters.words import KIND, SEX
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.record_table import RecordTable
from modelzoo.contract.errors import BarefootError

TITLE, NEW_VISIT = translatable("today", "Today"), translatable("today", "New visit  Ctrl+N")
HEADINGS = (
    translatable("today", "Time"), translatable("today", "Patient"), translatable("today", "Age"),
    translatable("today", "Sex"), translatable("today", "Reason"), translatable("today", "Diagnosis"),
    translatable("today", "State"),
)  # fmt: skip
DRAFT, SAVED = translatable("today", "unfinished"), translatable("today", "saved")
EMPTY = translatable("today", "No visit yet today. Press Ctrl+N, choose the patient or add a new one, and begin.")


class TodayView(Pane):
    """Emits ``visit_wanted`` with a worklist entry, and ``new_visit_wanted``."""

    visit_wanted = Signal(object)
    new_visit_wanted = Signal()
    failed = Signal(object)

    def __init__(self, clinic: Clinic, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, role="page")
        self._clinic, self._language = clinic, language
        self.entries: list[WorklistEntry] = []
        self.table = RecordTable(HEADINGS, (96, 0, 150, 80, 170, 300, 110))
        self.table.setObjectName("worklist")
        self.new = button("primary", name="new_visit")
        self.day, self.empty = label("muted"), label("muted", wrap=True, name="today_empty")
        self.notice = label("notice", wrap=True, name="startup_notice")
        self.notice.hide()
        title = label("title")
        self.speak(title.setText, TITLE)
        self.speak(self.new.setText, NEW_VISIT)
        self.speak(self.empty.setText, EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (title, self.day):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.new)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.notice)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)
        self.new.clicked.connect(self.new_visit_wanted)
        self.table.chosen.connect(lambda row: self.visit_wanted.emit(self.entries[row]))

    def refresh(self) -> None:
        """Read the day's visits anew."""
        try:
            self.entries = self._clinic.registry.worklist()
        except BarefootError as error:
            self.failed.emit(error)
            return
        self.retranslate()

    def show_notice(self, sentences: tuple[str, ...]) -> None:
        """Say what was not well when the program started."""
        self.notice.setText("\n".join(sentences))
        self.notice.setVisible(bool(sentences))

    def retranslate(self) -> None:
        """Show the day and its visits in the language in use."""
        today = self._clinic.registry.today()
        self.day.setText(
            QLocale().toString(QDate(today.year, today.month, today.day), "d MMMM yyyy")
            if self._language() == "en"
            else _zh_day(today)
        )
        self.table.retranslate()
        self.table.show_rows([self._row(entry, today) for entry in self.entries])
        self._body.setCurrentIndex(0 if self.entries else 1)

    def _row(self, entry: WorklistEntry, today: date) -> tuple[str, ...]:
        p, e = entry.patient, entry.encounter
        begun = e.started_at.astimezone()
        time = f"{begun:%H:%M}" if begun.date() == today else f"{begun:%m-%d %H:%M}"
        state: Text = DRAFT if entry.is_draft else SAVED
        return (
            time,
            p.name,
            age_short(p, today, self._language()),
            translated(SEX[p.sex]) if p.sex in SEX else "",
            translated(KIND[e.kind]),
            " · ".join(d.text for d in e.diagnoses),
            translated(state),
        )


def _zh_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
