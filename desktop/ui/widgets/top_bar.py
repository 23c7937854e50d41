"""The bar at the top: pages, the patient of the open visit, language, theme, lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from desktop.resources.translatable import Text, translatable
from desktop.services.preferences import LOCK_MINUTES
from desktop.ui.i18n import LANGUAGES
from desktop.ui.theme.appearance import CHOICES
from desktop.ui.theme.colours import Palette
from desktop.ui.theme.icons import icon
from desktop.ui.widgets.pane import Pane, button, label

PAGES: tuple[tuple[str, Text, str], ...] = (
    ("today", translatable("bar", "Today"), "calendar-days"),
    ("patients", translatable("bar", "Patients"), "users"),
    ("sealed", translatable("bar", "Sealed"), "file-lock-2"),
    ("knowledge", translatable("bar", "Knowledge"), "book-open"),
)
PATIENT_SMALLEST = 160
GAPS = 128  # margins and spacing of the bar and inside the patient's line
THEMES: dict[str, Text] = {
    "system": translatable("bar", "Like the system"),
    "light": translatable("bar", "Light"),
    "dark": translatable("bar", "Dark"),
    "high_contrast": translatable("bar", "High contrast"),
}
LEARNING = translatable("learning", "Learning from this clinic")
SETTINGS, HELP = translatable("bar", "Language and theme"), translatable("bar", "Help  F1")
LOCK = translatable("bar", "Lock")
LOCK_AFTER = translatable("bar", "Lock after {minutes} minutes without a key")
LOCK_TIP = translatable("bar", "Lock the records (Ctrl+L)")
TO_VISIT = translatable("bar", "Back to the open visit (Alt+5)")


class TopBar(Pane):
    """Emits what the person wants; shows what the shell says."""

    page_wanted = Signal(str)
    visit_wanted = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    lock_minutes_wanted = Signal(int)
    help_wanted = Signal()
    learning_wanted = Signal()
    lock_wanted = Signal()

    def __init__(
        self, language: str, theme: str, lock_minutes: int, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, role="bar")
        self.pages: dict[str, QPushButton] = {}
        self._words, self._mark = "", label("wordmark")
        self._group = QButtonGroup(self)
        self.patient, self.lock, self.settings = button("nav", name="patient_line"), button(name="lock"), QToolButton()
        self._build()
        self.menu = self._settings_menu(language, theme, lock_minutes)
        self.settings.setMenu(self.menu)
        self.use_palette(palette)
        self.show_patient("")

    def _build(self) -> None:
        mark = self._mark
        mark.setText("Barefoot")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(4)
        row.addWidget(mark)
        row.addSpacing(16)
        for name, words, _ in PAGES:
            made = button("nav", name=f"page_{name}")
            made.setCheckable(True)
            self.speak(lambda said, on=made: on.setText(f" {said}"), words)  # type: ignore[misc]
            made.clicked.connect(lambda _=False, page=name: self.page_wanted.emit(page))
            self.pages[name] = made
            self._group.addButton(made)
            row.addWidget(made)
        row.addStretch(1)
        self.patient.setCheckable(True)
        self._group.addButton(self.patient)
        self.speak(self.patient.setStatusTip, TO_VISIT)
        self.patient.clicked.connect(self.visit_wanted)
        row.addWidget(self.patient)
        row.addSpacing(8)
        self.settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.settings.setProperty("role", "ghost")
        self.settings.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.settings.setObjectName("settings")
        self.speak(self.settings.setToolTip, SETTINGS)
        self.speak(self.settings.setAccessibleName, SETTINGS)
        row.addWidget(self.settings)
        self.speak(lambda said: self.lock.setText(f" {said}"), LOCK)
        self.speak(self.lock.setToolTip, LOCK_TIP)
        self.lock.clicked.connect(self.lock_wanted)
        row.addWidget(self.lock)

    def _settings_menu(self, language: str, theme: str, lock_minutes: int) -> QMenu:
        menu = QMenu(self)
        languages, themes, idle = QActionGroup(self), QActionGroup(self), QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self._choice(menu, languages, code == language)
            action.setText(name)
            action.triggered.connect(lambda _=False, c=code: self.language_wanted.emit(c))
        menu.addSeparator()
        for choice in CHOICES:
            action = self._choice(menu, themes, choice == theme)
            self.speak(action.setText, THEMES[choice])
            action.triggered.connect(lambda _=False, c=choice: self.theme_wanted.emit(c))
        menu.addSeparator()
        for minutes in LOCK_MINUTES:
            action = self._choice(menu, idle, minutes == lock_minutes)
            self.speak(action.setText, LOCK_AFTER.fill(minutes=minutes))
            action.triggered.connect(lambda _=False, m=minutes: self.lock_minutes_wanted.emit(m))
        menu.addSeparator()
        learning = menu.addAction("")
        self.speak(learning.setText, LEARNING)
        learning.triggered.connect(self.learning_wanted)
        help_action = menu.addAction("")
        self.speak(help_action.setText, HELP)
        help_action.triggered.connect(self.help_wanted)
        return menu

    @staticmethod
    def _choice(menu: QMenu, group: QActionGroup, chosen: bool) -> QAction:
        action = menu.addAction("")
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        return action

    def show_page(self, name: str) -> None:
        """Mark the page that is shown; ``visit`` is the open visit."""
        (self.patient if name == "visit" else self.pages[name]).setChecked(True)

    def show_patient(self, words: str) -> None:
        """Show whose visit is open; nothing: none is."""
        self._words = words
        self._fit()
        self.patient.setAccessibleName(words)
        self.patient.setToolTip(words)
        self.patient.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """The names of the pages take another room now."""
        self._fit()

    def _fit(self) -> None:
        """Cut the middle of a long line: whose visit it is stands first, allergies last."""
        others = sum(w.sizeHint().width() for w in (self._mark, *self.pages.values(), self.settings, self.lock))
        room = max(PATIENT_SMALLEST, self.width() - others - GAPS)
        short = self.patient.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room)
        self.patient.setText(short.replace("&", "&&"))

    def use_palette(self, palette: Palette) -> None:
        """Draw the icons in the colours of a theme."""
        for name, _, picture in PAGES:
            self.pages[name].setIcon(icon(picture, palette.muted))
        self.lock.setIcon(icon("lock", palette.text))
        self.settings.setIcon(icon("settings", palette.text))
