"""The program with its window: the one place where everything is wired together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from PySide6.QtWidgets import QApplication

import modelzoo
from desktop.logs import catch_unforeseen, set_up_logs
from desktop.paths import config_folder, data_folder, default_vault, log_folder
from desktop.services.access import VaultDoor
from desktop.services.preferences import Preferences
from desktop.services.startup import start
from desktop.silence import refuse_internet_sockets
from desktop.ui.i18n import Language
from desktop.ui.tasks import Tasks
from desktop.ui.theme.appearance import Appearance
from desktop.ui.window import MainWindow, Parts

EXIT_WHEN_SHOWN = "BAREFOOT_EXIT_WHEN_SHOWN"
WORKERS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return the exit status when it is closed.

    With ``BAREFOOT_EXIT_WHEN_SHOWN=1`` the program ends as soon as its first page is on the screen.
    """
    refuse_internet_sockets()
    set_up_logs(log_folder())
    catch_unforeseen()
    app = QApplication(list(sys.argv[:1] if argv is None else argv))
    app.setApplicationName("Barefoot")
    window = make_window(app)
    if os.environ.get(EXIT_WHEN_SHOWN) == "1":
        window.was_shown.connect(window.close)
    window.showMaximized()
    return app.exec()


def make_window(app: QApplication) -> MainWindow:
    """Return the window, wired to this machine's folders."""
    preferences = Preferences(config_folder())
    appearance = Appearance(app, preferences.get("theme") or "system")
    return MainWindow(
        Parts(
            door=VaultDoor(default_vault()),
            tasks=Tasks(ThreadPoolExecutor(WORKERS, thread_name_prefix="work")),
            language=Language(preferences.get("language")),
            appearance=appearance,
            preferences=preferences,
            start=lambda: start(modelzoo.open_engine, data_folder(), date.today()),  # noqa: DTZ011  the clinic's date
        )
    )
