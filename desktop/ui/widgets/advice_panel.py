"""The right side of a visit: what it could be, what must not be missed, what to ask next. One key sends it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.presenters.advice import SHOWN_FIRST, CandidateRow
from desktop.ui.presenters.words import TRIAGE
from desktop.ui.widgets.candidate_row import CandidateLine
from desktop.ui.widgets.pane import Pane, button, label, restyle
from desktop.ui.widgets.question_row import QuestionRow
from desktop.ui.widgets.why_not import WhyNotBox
from modelzoo.contract.assessment import Assessment, TriageLevel

TITLE = translatable("advice", "What it could be")
MUST_NOT_MISS = translatable("advice", "Must not miss")
ASK_NEXT = translatable("advice", "Ask next")
UNREVIEWED = translatable("advice", "No clinician has reviewed this knowledge. The decision is yours.")
WRITTEN = translatable(
    "advice", "The numbers hold on written cases of the program's authors; on patients they were never tested."
)
EMPTY = translatable("advice", "Write what the patient says, or give a measurement. What it could be appears here.")
DISMISSED = translatable("advice", "You sent the list away for this visit. Danger signs still show.")
SHOW_AGAIN = translatable("advice", "Show it again")
HIDE = translatable("advice", "Hide (F9)")
MORE = translatable("advice", "{count} more")
FEWER = translatable("advice", "Fewer")
OUTSIDE = translatable("advice", "Outside what this program knows. {because}")
QUESTIONS_SHOWN = 5


class AdvicePanel(Pane):
    """Emits what the person does with the advice; shows what the view hands it."""

    lit = Signal(object)
    answered = Signal(str, object)
    dismissal_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="panel")
        self.dismissed = False
        self._assessment: Assessment | None = None
        self._rows: tuple[CandidateRow, ...] = ()
        self._why_none: Text | None = None
        self._all = self._numbers = self._danger = False
        self.lines: list[CandidateLine] = []
        self.questions: list[QuestionRow] = []
        self.message = label("muted", wrap=True, name="advice_message")
        self.outside = label("notice", wrap=True, name="outside")
        self.warnings = label("small", wrap=True)
        self.must_not_miss = label(wrap=True, name="must_not_miss")
        self.triage = label(name="triage")
        self.reasons = label("small", wrap=True)
        self.why_not = WhyNotBox()
        self._build()
        self.show_assessment(None, ())

    # -- building -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        title = label("heading")
        self.speak(title.setText, TITLE)
        self.hide_button, self.again = button("ghost", name="hide_advice"), button(name="show_advice")
        self.speak(self.hide_button.setText, HIDE)
        self.speak(self.again.setText, SHOW_AGAIN)
        self.hide_button.clicked.connect(self.toggle)
        self.again.clicked.connect(self.toggle)
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (title, self.triage):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.hide_button)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 4, 0)
        self._body.setSpacing(4)
        self._candidates = QVBoxLayout()
        self._candidates.setSpacing(0)
        self._asks = QVBoxLayout()
        self._asks.setSpacing(0)
        self.more = button("ghost", name="more_candidates")
        self.more.clicked.connect(self._toggle_all)
        self._miss_title, self._ask_title = label("heading"), label("heading")
        self.speak(self._miss_title.setText, MUST_NOT_MISS)
        self.speak(self._ask_title.setText, ASK_NEXT)
        for part in (self.reasons, self.outside, self.message):
            self._body.addWidget(part)
        self._body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addLayout(self._candidates)
        self._body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._miss_title, self.must_not_miss, self._ask_title):
            self._body.addWidget(part)
        self._body.addLayout(self._asks)
        self._body.addWidget(self.why_not)
        self._body.addWidget(self.warnings)
        self._body.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside)
        self._written, self.unreviewed = label("small", wrap=True), label("small", wrap=True, name="unreviewed")
        self.speak(self._written.setText, WRITTEN)
        self.speak(self.unreviewed.setText, UNREVIEWED)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.scroller, 1)
        layout.addWidget(self._written)
        layout.addWidget(self.unreviewed)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_assessment(
        self, assessment: Assessment | None, rows: tuple[CandidateRow, ...], *, danger: bool = False
    ) -> None:
        """Show an assessment and its candidates; None: there is nothing to assess yet.

        ``danger``: a danger sign waits for an answer, so the level stands no lower than emergency.
        """
        self._assessment, self._rows, self._why_none, self._danger = assessment, rows, None, danger
        self.retranslate()

    def show_no_advice(self, why: Text) -> None:
        """Say why there is no advice."""
        self._assessment, self._rows, self._why_none, self._danger = None, (), why, False
        self.retranslate()

    def light_rows(self, finding: str) -> None:
        """Mark the candidates that a finding moves."""
        for line in self.lines:
            line.set_lit(bool(finding) and line.isVisible() and line.is_moved_by(finding))

    def set_dismissed(self, dismissed: bool) -> None:
        """Send the list away or bring it back."""
        self.dismissed = dismissed
        self.retranslate()

    def toggle(self) -> None:
        """Send the list away, or bring it back, because the person said so."""
        self.set_dismissed(not self.dismissed)
        self.dismissal_changed.emit(self.dismissed)

    def focus_questions(self) -> None:
        """Go to the first question."""
        if self.questions and self.questions[0].isVisible():
            self.questions[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_candidates(self) -> None:
        """Go to the first candidate."""
        if self.lines and self.lines[0].isVisible():
            self.lines[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_numbers(self) -> None:
        """Show or hide the numbers behind the bands."""
        self._numbers = not self._numbers
        self.retranslate()

    def retranslate(self) -> None:
        """Draw everything that depends on the assessment."""
        assessment = None if self.dismissed else self._assessment
        rows = () if assessment is None else self._rows
        self._show_message(assessment)
        shown = rows if self._all else rows[:SHOWN_FIRST]
        while len(self.lines) < len(shown):
            self._add_line()
        for place, line in enumerate(self.lines):
            if place < len(shown):
                line.show_candidate(shown[place], with_number=self._numbers)
            line.setVisible(place < len(shown))
        hidden = len(rows) - len(shown)
        self.more.setVisible(len(rows) > SHOWN_FIRST)
        self.more.setText(translated(MORE.fill(count=hidden) if hidden else FEWER))
        self._written.setVisible(self._numbers and bool(rows))
        self._show_missed(assessment)
        self._show_questions(assessment)
        self.why_not.setVisible(bool(rows))
        self.warnings.setText("" if assessment is None else "\n".join(f"• {w.message}" for w in assessment.warnings))
        self.warnings.setVisible(bool(self.warnings.text()))

    def _show_message(self, assessment: Assessment | None) -> None:
        if self.dismissed:
            self.message.setText(translated(DISMISSED))
        elif self._why_none is not None:
            self.message.setText(translated(self._why_none))
        else:
            self.message.setText(translated(EMPTY))
        self.message.setVisible(assessment is None)
        self.again.setVisible(self.dismissed)
        self.hide_button.setVisible(assessment is not None)
        level = self._assessment.triage.level if self._assessment else None
        if self._danger:
            level = TriageLevel.EMERGENCY
        self.triage.setVisible(level is not None)
        self.reasons.setVisible(assessment is not None and bool(assessment.triage.because))
        if level is not None and self._assessment is not None:
            self.triage.setText(translated(TRIAGE[level]))
            restyle(self.triage, "level", str(level))
            self.reasons.setText(" · ".join(r.text.rstrip(".。") for r in self._assessment.triage.because))
        outside = assessment is not None and not assessment.coverage.inside
        self.outside.setVisible(outside)
        if outside and assessment is not None:
            self.outside.setText(translated(OUTSIDE.fill(because=assessment.coverage.because or "")).strip())

    def _show_missed(self, assessment: Assessment | None) -> None:
        missed = assessment.must_not_miss if assessment else ()
        self._miss_title.setVisible(bool(missed))
        self.must_not_miss.setVisible(bool(missed))
        reasons = "\n".join(f"◆ {m.label}: {m.because}" for m in missed)
        self.must_not_miss.setText(reasons if self._numbers else "   ".join(f"◆ {m.label}" for m in missed))
        self.must_not_miss.setToolTip(reasons)

    def _show_questions(self, assessment: Assessment | None) -> None:
        asked = assessment.questions[:QUESTIONS_SHOWN] if assessment else ()
        self._ask_title.setVisible(bool(asked))
        while len(self.questions) < len(asked):
            self._add_question()
        for place, row in enumerate(self.questions):
            if place < len(asked):
                row.show_question(asked[place])
            elif row.hasFocus():
                (self.questions[len(asked) - 1] if asked else self.hide_button).setFocus()
            row.setVisible(place < len(asked))

    def _add_line(self) -> None:
        line = CandidateLine()
        line.pointed_at.connect(self.lit)
        line.number_wanted.connect(self.toggle_numbers)
        line.step_wanted.connect(lambda by, of=line: self._step(self.lines, of, by))
        self.lines.append(line)
        self._candidates.addWidget(line)

    def _add_question(self) -> None:
        row = QuestionRow(len(self.questions) + 1)
        row.answered.connect(self.answered)
        row.step_wanted.connect(lambda by, of=row: self._step(self.questions, of, by))
        self.questions.append(row)
        self._asks.addWidget(row)

    def _step(self, rows: list[CandidateLine] | list[QuestionRow], row: QWidget, by: int) -> None:
        place = [id(r) for r in rows].index(id(row)) + by
        if 0 <= place < len(rows) and rows[place].isVisible():
            rows[place].setFocus()
            self.scroller.ensureWidgetVisible(rows[place])

    def _toggle_all(self) -> None:
        self._all = not self._all
        self.retranslate()
