"""Ask about any condition why it does not stand higher, and read the answer in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.i18n import translated
from desktop.ui.widgets.pane import Pane, label
from desktop.ui.widgets.search_line import SearchLine
from modelzoo.contract.assessment import WhyNot
from modelzoo.contract.engine import Term

TITLE = translatable("why_not", "Why not …?")
PROMPT = translatable("why_not", "Name a condition; choose it with ↓ and Enter.")
NOBODY = translatable("why_not", "Barefoot knows no condition of this name, so it can never suggest it.")
PLACE = translatable("why_not", "{label}: place {place} of the list")
UNLISTED = translatable("why_not", "{label}: not on the list")
FOR = translatable("why_not", "For: {findings}")
RISES = translatable("why_not", "It would rise with: {findings}")
COMMA = translatable("why_not", ", ")
RISE = translatable("why_not", "{finding} (place {place})")


class WhyNotBox(Pane):
    """Emits ``sought`` while a name is typed and ``wanted`` with a condition's id, empty for a name that is unknown."""

    sought = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: WhyNot | None = None
        self._unknown = False
        title = label("heading")
        self.speak(title.setText, TITLE)
        self.line = SearchLine()
        self.line.setObjectName("why_not_search")
        self.speak(self.line.setPlaceholderText, PROMPT)
        self.speak(self.line.setAccessibleName, TITLE)
        self.line.sought.connect(self.sought)
        self.line.taken.connect(self._take)
        self.answer = label(wrap=True, name="why_not_answer")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (title, self.line, self.answer):
            layout.addWidget(part)
        self.retranslate()

    def show_answer(self, answer: WhyNot | None) -> None:
        """Show an answer, or none."""
        self._answer, self._unknown = answer, False
        self.retranslate()

    def retranslate(self) -> None:
        """Write the answer anew."""
        lines = [] if self._answer is None else _lines(self._answer)
        self.answer.setText(translated(NOBODY) if self._unknown else "\n".join(lines))
        self.answer.setVisible(bool(self.answer.text()))

    def _take(self, _words: str, term: Term | None) -> None:
        self._answer, self._unknown = None, term is None
        self.retranslate()
        self.wanted.emit("" if term is None else term.id)


def _lines(answer: WhyNot) -> list[str]:
    condition, comma = answer.candidate, translated(COMMA)
    place = PLACE.fill(label=condition.label, place=answer.place)
    lines = [translated(place if answer.listed else UNLISTED.fill(label=condition.label))]
    supporting = [e.label for e in condition.evidence if e.source == "finding" and e.weight > 0 and e.label]
    if supporting:
        lines.append(translated(FOR.fill(findings=comma.join(supporting))))
    lines += answer.reasons
    if answer.changes:
        rises = (translated(RISE.fill(finding=c.label, place=c.place)) for c in answer.changes)
        lines.append(translated(RISES.fill(findings=comma.join(rises))))
    return lines
