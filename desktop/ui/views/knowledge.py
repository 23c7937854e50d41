"""What the program knows: conditions by name or code. Shown as it is, unreviewed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.pane import Pane, label
from desktop.ui.widgets.record_table import RecordTable
from modelzoo.contract.engine import Engine, Term

TITLE = translatable("knowledge", "Knowledge")
SEARCH = translatable("knowledge", "A condition in English or Chinese, or an ICD-10 code")
HEADINGS = (
    translatable("knowledge", "Condition"), translatable("knowledge", "In the other language"),
    translatable("knowledge", "ICD-10"),
)  # fmt: skip
EMPTY = translatable("knowledge", "Type a name or a code to see whether the program knows the condition.")
NOTHING = translatable("knowledge", "The program knows no condition of this name: it can never suggest it.")
LOADING = translatable("knowledge", "The assessment pack is being opened…")
UNREVIEWED = translatable("advice", "No clinician has reviewed this knowledge. The decision is yours.")
PACK = translatable("knowledge", "Assessment pack {version}")
PAUSE_MS, LIMIT = 150, 50


class KnowledgeView(Pane):
    """A list of conditions; nothing to choose, only to look up."""

    failed = Signal(object)

    def __init__(self, tasks: TaskDoor, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, role="page")
        self._tasks, self._language = tasks, language
        self._engine: Engine | None = None
        self._message: Text = LOADING
        self.terms: tuple[Term, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("knowledge_search")
        self.search.setMaxLength(200)
        self.table = RecordTable(HEADINGS, (0, 420, 260))
        self.message, self.pack = label("muted", wrap=True, name="knowledge_message"), label("small")
        title, unreviewed = label("title"), label("small", wrap=True)
        self.speak(title.setText, TITLE)
        self.speak(self.search.setPlaceholderText, SEARCH)
        self.speak(unreviewed.setText, UNREVIEWED)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        for part in (title, self.search, self.message):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(unreviewed)
        layout.addWidget(self.pack)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda: self._pause.start())
        self.retranslate()

    def use_engine(self, engine: Engine | None, error: Exception | None) -> None:
        """Take the engine, or the reason why there is none."""
        self._engine = engine
        self._message = EMPTY if engine is not None else sentence(error) if error is not None else LOADING
        self.refresh()

    def refresh(self) -> None:
        """Search anew."""
        engine, query, language = self._engine, self.search.text().strip(), self._language()
        if engine is None or not query:
            self._show(())
            return
        self._tasks.run(
            "search knowledge",
            lambda: engine.search_conditions(query, language, LIMIT),
            self._show,
            lambda error: self.failed.emit(error),
        )

    def retranslate(self) -> None:
        """Search again: names come in the language in use."""
        self.table.retranslate()
        self.refresh()

    def _show(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        searched = self._engine is not None and bool(self.search.text().strip())
        self.message.setText(translated(NOTHING if searched else self._message))
        self.message.setVisible(not terms)
        self.table.setVisible(bool(terms))
        other = "en" if self._language() == "zh" else "zh"
        self.table.show_rows([(t.label, self._name(t.id, other), ", ".join(t.icd10)) for t in terms])
        version = self._engine.provenance.pack if self._engine else ""
        self.pack.setText(translated(PACK.fill(version=version)) if version else "")

    def _name(self, condition: str, language: str) -> str:
        try:
            return self._engine.label(condition, language) if self._engine else ""
        except KeyError:
            return ""
