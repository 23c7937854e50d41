"""The one window: first run, unlock, and the shell while the vault is open. Its title never names a patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from desktop.services.access import VaultDoor
from desktop.services.clinic import Clinic
from desktop.services.preferences import Preferences
from desktop.services.startup import Started
from desktop.ui.i18n import Language
from desktop.ui.shell import Shell
from desktop.ui.tasks import Tasks
from desktop.ui.theme.appearance import Appearance
from desktop.ui.views.first_run import FirstRunView
from desktop.ui.views.recovery_key import RecoveryKeyView
from desktop.ui.views.unlock import KEPT, UnlockView
from desktop.vault import Vault

MINUTE_MS = 60_000
RECOVERY_SHOWN = "recovery_key"
_OURS = frozenset({Qt.Key.Key_E, Qt.Key.Key_I, Qt.Key.Key_L, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_S})
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.MouseMove,
    }
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is wired to; ``start`` runs in the background and brings the engine.

    ``idle_ms`` outranks the minutes of the preferences.
    """

    door: VaultDoor
    tasks: Tasks
    language: Language
    appearance: Appearance
    preferences: Preferences
    start: Callable[[], Started]
    idle_ms: int | None = None


class MainWindow(QMainWindow):
    """Emits ``was_shown`` once, when the first page is on the screen."""

    was_shown = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._started: Started | None = None
        self._clinic: Clinic | None = None
        self._seen = False
        self.shell: Shell | None = None
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self.setWindowTitle("Barefoot")
        self.setMinimumSize(1024, 600)
        self.first_run = FirstRunView(parts.door, parts.tasks)
        self.recovery = RecoveryKeyView()
        self.unlock = UnlockView(parts.door, parts.tasks)
        for page in (self.first_run, self.recovery, self.unlock):
            self.pages.addWidget(page)
            page.language_switched.connect(lambda: self.use_language("en" if parts.language.code == "zh" else "zh"))
        self.first_run.vault_created.connect(self._show_recovery_key)
        self.recovery.written_down.connect(self._keep_recovery_key)
        self.unlock.unlocked.connect(self._take_vault)
        self.pages.setCurrentWidget(self.unlock if parts.door.exists() else self.first_run)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(parts.idle_ms or parts.preferences.lock_minutes() * MINUTE_MS)
        self._idle.timeout.connect(self.lock)
        parts.tasks.run("engine", parts.start, self._take_engine)

    # -- locking ----------------------------------------------------------------------------------------------------

    def lock(self) -> bool:
        """Keep unfinished work and lock; False when it could not be kept, then nothing is locked or lost."""
        if self.shell is None:
            return True
        if not self.shell.close_visit():
            self._idle.start()
            return False
        for topic in ("seal", "open sealed", "assess", "draft"):
            self._parts.tasks.cancel(topic)
        self._idle.stop()
        shell, self.shell = self.shell, None
        self.pages.removeWidget(shell)
        shell.deleteLater()
        self._close_vault()
        self.unlock.restart(KEPT)
        self.pages.setCurrentWidget(self.unlock)
        self.unlock.passphrase.setFocus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key, click or movement starts the idle time anew; our shortcuts come before those of text fields."""
        if self.shell is not None and event.type() in _ACTIVITY:
            self._idle.start()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_ours(event):
            event.ignore()
            return True  # else a text field takes Ctrl+E for itself: to the end of the line
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep unfinished work; a window whose work cannot be kept stays open and says why."""
        if self.shell is not None and not self.shell.close_visit():
            event.ignore()
            return
        if self._seen:
            self.windowHandle().removeEventFilter(self)
        self._parts.tasks.close()
        self._close_vault()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell once that the window is there."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            # the native window alone: a filter on the whole program would call Python for every event there is
            self.windowHandle().installEventFilter(self)
            QTimer.singleShot(0, self.was_shown.emit)

    # -- opening ----------------------------------------------------------------------------------------------------

    def _show_recovery_key(self, vault: Vault, key: str) -> None:
        self._clinic = Clinic(vault)
        vault.set_setting(RECOVERY_SHOWN, "pending")
        self.recovery.show_key(key)
        self.pages.setCurrentWidget(self.recovery)
        self.recovery.last.setFocus()

    def _take_vault(self, vault: Vault) -> None:
        if vault.setting(RECOVERY_SHOWN) == "pending":  # the window was closed before the key was written down
            self._show_recovery_key(vault, vault.renew_recovery_key())
            return
        self._clinic = Clinic(vault)
        self._open_shell()

    def _keep_recovery_key(self) -> None:
        if self._clinic is not None:
            self._clinic.vault.set_setting(RECOVERY_SHOWN, "written_down")
            self._open_shell()

    def _open_shell(self) -> None:
        if self._clinic is None:
            return
        parts = self._parts
        self.shell = Shell(
            self._clinic, parts.tasks, parts.language, parts.appearance, parts.preferences.lock_minutes()
        )
        self.shell.lock_wanted.connect(self.lock)
        self.shell.language_wanted.connect(self.use_language)
        self.shell.theme_wanted.connect(self.use_theme)
        self.shell.lock_minutes_wanted.connect(self.lock_after)
        self.shell.use_engine(self._started)
        self.pages.addWidget(self.shell)
        self.pages.setCurrentWidget(self.shell)
        self.shell.today.new.setFocus()
        self._idle.start()

    def _close_vault(self) -> None:
        if self._clinic is not None:
            self._clinic.close()
            self._clinic = None

    def _take_engine(self, started: Started) -> None:
        self._started = started
        if self.shell is not None:
            self.shell.use_engine(started)

    # -- how it looks -----------------------------------------------------------------------------------------------

    def use_language(self, code: str) -> None:
        """Switch the language; nothing that was typed is touched."""
        self._parts.language.use(code)
        self._parts.preferences.set("language", code)

    def use_theme(self, choice: str) -> None:
        """Switch the theme."""
        self._parts.appearance.use(choice)
        self._parts.preferences.set("theme", choice)

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or click."""
        self._parts.preferences.set("lock_minutes", str(minutes))
        self._idle.setInterval(minutes * MINUTE_MS)


def _is_ours(event: QKeyEvent) -> bool:
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _OURS
