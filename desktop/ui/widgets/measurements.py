"""The row of measurements: units and usual ranges in place, impossible values refused in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.services.measuring import USUAL, Reading
from desktop.ui.i18n import translated
from desktop.ui.presenters.words import CONSCIOUSNESS
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.pane import Pane, label, restyle
from modelzoo.contract.engine import NormalRange

FIELDS: tuple[tuple[str, Text, str, int], ...] = (
    ("temperature_c", translatable("measurements", "Temp"), "°C", 54),
    ("heart_rate", translatable("measurements", "Pulse"), "/min", 62),
    ("respiratory_rate", translatable("measurements", "Breaths"), "/min", 74),
    ("blood_pressure", translatable("measurements", "BP"), "mmHg", 76),
    ("spo2_percent", translatable("measurements", "SpO₂"), "%", 52),
    ("weight_kg", translatable("measurements", "Weight"), "kg", 62),
    ("muac_mm", translatable("measurements", "MUAC"), "mm", 64),
)
AWAKE = translatable("measurements", "Awake")
PREGNANT = translatable("measurements", "Pregnant")
NOT_RECORDED = translatable("measurements", "–")
YES, NO = translatable("measurements", "Yes"), translatable("measurements", "No")


class _Field(QLineEdit):
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class Measurements(Pane):
    """Emits ``typed`` with a field's name and words when it is left; ``show_reading`` answers."""

    typed = Signal(str, str)
    consciousness_chosen = Signal(object)
    pregnancy_chosen = Signal(object)

    def __init__(self, usual: Callable[[str], NormalRange | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self.fields: dict[str, QLineEdit] = {}
        self._last: dict[str, str] = {}
        self._hints: dict[str, Text] = {}
        self._cells = cells = QWidget()
        flow = FlowLayout(cells, 6)
        for name, words, unit, width in FIELDS:
            field = _Field()
            field.setProperty("role", "vital")
            field.setObjectName(name)
            field.setMaxLength(20)
            field.setAccessibleName(translated(words))
            field.editingFinished.connect(lambda n=name: self._tell(n))
            field.entered.connect(lambda n=name: self._show_hint(n))
            self.fields[name] = field
            flow.addWidget(self._cell(words, unit, field, width))
        self.awake, self.pregnant = QComboBox(), QComboBox()
        self.awake.setObjectName("consciousness")
        self.pregnant.setObjectName("pregnant")
        self._fill_choices()
        self.awake.activated.connect(lambda: self.consciousness_chosen.emit(self.awake.currentData()))
        self.pregnant.activated.connect(lambda: self.pregnancy_chosen.emit(self.pregnant.currentData()))
        flow.addWidget(self._cell(AWAKE, "", self.awake, 128))
        self._pregnant_cell = self._cell(PREGNANT, "", self.pregnant, 64)
        flow.addWidget(self._pregnant_cell)
        self.hint = label("small", wrap=True, name="measurement_hint")
        self.hint.setMinimumHeight(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(cells)
        layout.addWidget(self.hint)

    def focus_first(self) -> None:
        """Go to the first field."""
        first = self.fields["temperature_c"]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first.selectAll()

    def show_values(self, values: Mapping[str, float | str], weight_kg: float | None, pregnant: bool | None) -> None:
        """Show stored measurements."""
        for name, field in self.fields.items():
            value = weight_kg if name == "weight_kg" else values.get(name)
            if name == "blood_pressure" and "systolic_mmhg" in values and "diastolic_mmhg" in values:
                field.setText(f"{values['systolic_mmhg']:g}/{values['diastolic_mmhg']:g}")
            elif isinstance(value, int | float):
                field.setText(f"{value:g}")
            self._last[name] = field.text()
        self.awake.setCurrentIndex(max(0, self.awake.findData(values.get("consciousness"))))
        self.pregnant.setCurrentIndex({None: 0, True: 1, False: 2}[pregnant])

    def ask_pregnancy(self, wanted: bool) -> None:
        """Show the question only where it can apply."""
        self._pregnant_cell.setVisible(wanted)

    def show_reading(self, name: str, reading: Reading) -> None:
        """Show what became of a field: fine, unusual, questioned, or refused with the range."""
        field = self.fields[name]
        state = "refused" if reading.refused else "unusual" if reading.unusual else ""
        restyle(field, "state", state)
        hint = reading.refused or reading.question
        if hint is None:
            self._hints.pop(name, None)
        else:
            self._hints[name] = hint
        self._show_hint(name)

    def has_refused(self) -> bool:
        """Whether a field holds words that were not taken."""
        return any(field.property("state") == "refused" for field in self.fields.values())

    def retranslate(self) -> None:
        """Words of the choices and the hint."""
        awake, pregnant = self.awake.currentIndex(), self.pregnant.currentIndex()
        self._fill_choices()
        self.awake.setCurrentIndex(awake)
        self.pregnant.setCurrentIndex(pregnant)
        self._show_hint("")
        # longer captions may need another line; they are told the language only after this
        QTimer.singleShot(0, self._cells, self._cells.updateGeometry)

    def _cell(self, words: Text, unit: str, field: QWidget, width: int) -> QWidget:
        cell = Pane()
        caption = label("small")
        cell.speak(lambda said: caption.setText(f"{said} {unit}".strip()), words)
        caption.setBuddy(field)
        field.setFixedWidth(width)
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(caption)
        layout.addWidget(field)
        return cell

    def _fill_choices(self) -> None:
        self.awake.clear()
        self.awake.addItem(translated(NOT_RECORDED), None)
        for level, words in CONSCIOUSNESS.items():
            self.awake.addItem(translated(words), level)
        self.pregnant.clear()
        for words, value in ((NOT_RECORDED, None), (YES, True), (NO, False)):
            self.pregnant.addItem(translated(words), value)

    def _tell(self, name: str) -> None:
        text = self.fields[name].text()
        if text != self._last.get(name, ""):
            self._last[name] = text
            self.typed.emit(name, text)

    def _show_hint(self, name: str) -> None:
        wrong = next((n for n in (name, *self._hints) if n in self._hints), None)
        if wrong is not None:
            caption = next(words for n, words, _, _ in FIELDS if n == wrong)
            restyle(self.hint, "role", "unusual")
            self.hint.setText(f"{translated(caption)}: {translated(self._hints[wrong])}")
            return
        restyle(self.hint, "role", "small")
        self.hint.setText(self._usual_words(name))

    def _usual_words(self, name: str) -> str:
        if name == "blood_pressure":
            pair = (self._usual("systolic_mmhg"), self._usual("diastolic_mmhg"))
            if pair[0] and pair[1]:
                return translated(
                    USUAL.fill(low=f"{pair[0].low:g}/{pair[1].low:g}", high=f"{pair[0].high:g}/{pair[1].high:g}")
                )
            return ""
        usual = self._usual(name) if name and name != "weight_kg" else None
        return translated(USUAL.fill(low=f"{usual.low:g}", high=f"{usual.high:g}")) if usual else ""
