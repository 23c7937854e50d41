"""The simple tests of the clinic: choose one, give its result, see what is recorded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.laboratory import CATALOGUE
from desktop.resources.translatable import Text, translatable
from desktop.ui.i18n import translated
from desktop.ui.presenters.words import RESULT
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.pane import Pane, button, label
from modelzoo.contract.case import TestResult

CHOOSE = translatable("tests", "Test…")
RECORD = translatable("tests", "Record")
NEEDS_NUMBER = translatable("tests", "Type a number.")
REMOVE_TIP = translatable("tests", "Delete removes this result")


class TestsBar(Pane):
    """Emits ``given`` with a ``TestResult`` and ``removed`` with a name."""

    __test__ = False
    given = Signal(object)
    removed = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._results: tuple[TestResult, ...] = ()
        self._chips: list[_ResultChip] = []
        self.test, self.result, self.unit = QComboBox(), QComboBox(), QComboBox()
        for choice in (self.test, self.result, self.unit):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.value = QLineEdit()
        self.value.setMaxLength(12)
        self.value.setFixedWidth(72)
        self.record = button(name="record_test")
        self.speak(self.record.setText, RECORD)
        for name, part in (("test", self.test), ("test_result", self.result), ("test_value", self.value)):
            part.setObjectName(name)
        row = QWidget()
        self._flow = FlowLayout(row)
        for widget in (self.test, self.result, self.value, self.unit, self.record):
            self._flow.addWidget(widget)
        self.hint = label("unusual", wrap=True)
        self.hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(row)
        layout.addWidget(self.hint)
        self._fill_tests()
        self.test.currentIndexChanged.connect(self._fill_results)
        self.record.clicked.connect(self._give)
        self.value.returnPressed.connect(self._give)

    def use_language(self, language: str) -> None:
        """Name the tests in ``en`` or ``zh``."""
        self._language = language
        chosen = self.test.currentIndex()
        self._fill_tests()
        self.test.setCurrentIndex(chosen)
        self._fill_results()
        self.show_results(self._results)

    def show_results(self, results: tuple[TestResult, ...]) -> None:
        """Show what is recorded."""
        self._results = results
        while len(self._chips) < len(results):
            chip = _ResultChip(self)
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(results))
            if place < len(results):
                chip.setText(result_words(results[place], self._language))
                chip.setToolTip(translated(REMOVE_TIP))
                chip.setProperty("test", results[place].name)
        self.updateGeometry()

    def show_problem(self, problem: Text | None) -> None:
        """Say why a result was refused; None clears the fields after it was taken."""
        self.hint.setVisible(problem is not None)
        if problem is not None:
            self.hint.setText(translated(problem))
            return
        self.value.clear()
        self.test.setCurrentIndex(0)

    def _give(self) -> None:
        test = CATALOGUE.get(self.test.currentData() or "")
        if test is None:
            self.test.setFocus()
            return
        if test.limits is None:
            self.given.emit(TestResult(test.name, self.result.currentData()))
            return
        try:
            number = float(self.value.text().strip().replace(",", "."))
        except ValueError:
            self.show_problem(NEEDS_NUMBER)
            self.value.setFocus()
            return
        self.given.emit(TestResult(test.name, None, number, self.unit.currentText()))

    def _fill_tests(self) -> None:
        self.test.blockSignals(True)
        self.test.clear()
        self.test.addItem(translated(CHOOSE), None)
        for name, test in CATALOGUE.items():
            self.test.addItem(test.label(self._language), name)
        self.test.blockSignals(False)
        self._fill_results()

    def _fill_results(self) -> None:
        test = CATALOGUE.get(self.test.currentData() or "")
        self.result.clear()
        self.unit.clear()
        for word in test.results if test else ():
            self.result.addItem(translated(RESULT[word]) if word in RESULT else word, word)
        self.unit.addItems(list(test.units) if test else [])
        self.result.setVisible(bool(test and test.results))
        for part in (self.value, self.unit):
            part.setVisible(bool(test and test.limits))
        self.record.setVisible(test is not None)


class _ResultChip(QPushButton):
    def __init__(self, bar: TestsBar) -> None:
        super().__init__()
        self._bar = bar
        self.setProperty("role", "chip")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._bar.removed.emit(self.property("test"))
        else:
            super().keyPressEvent(event)


def result_words(result: TestResult, language: str) -> str:
    """Return a recorded test as it is said: ``Malaria rapid test: negative``."""
    test = CATALOGUE.get(result.name)
    name = test.label(language) if test else result.name.replace("_", " ")
    if result.value is not None:
        said = f"{result.value:g} {result.unit or ''}".strip()
    else:
        word = result.result or ""
        said = translated(RESULT[word]) if word in RESULT else word
    return f"{name}: {said}"
