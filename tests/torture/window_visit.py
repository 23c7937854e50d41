"""Whole visits through the real window with the real engine, then idle time with everything loaded.

    python -m tests.torture.window_visit [--visits 10] [--idle 0]

Below ``BAREFOOT_HOME``; without a display, Qt draws into memory. ``tests.torture.silence`` watches it from outside.
Prints one line of JSON: resident memory after the first and the last visit, seconds to the shown window, web clients.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

START = time.perf_counter()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from modelzoo.runtime.boot import prepare_process  # noqa: E402

prepare_process()

from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from desktop.app import make_window  # noqa: E402
from desktop.paths import data_folder  # noqa: E402
from desktop.silence import refuse_internet_sockets  # noqa: E402
from desktop.ui.shell import Shell  # noqa: E402
from desktop.ui.widgets.seal_dialog import SealDialog  # noqa: E402
from desktop.ui.window import MainWindow  # noqa: E402
from tests.torture.visit import DIAGNOSIS, NAME, PLAN, TEXT, WEB_CLIENTS  # noqa: E402

PASSPHRASE = "maize river lantern seven"
COMPLAINTS = (
    f"three days of fever and cough with yellow phlegm, breathing fast, no chest pain, {TEXT}",
    "孩子两岁，发热三天，咳嗽，没有抽搐",
    "headache since this morning, no fever, vomited twice",
)
PATIENCE_S = 60


def until(holds: Callable[[], bool], what: str) -> None:
    """Let the window work until something holds. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        turn()
        if time.monotonic() > deadline:
            raise TimeoutError(what)


def turn() -> None:
    """One turn of the event loop. ``processEvents`` alone leaves alive what asked to be deleted."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    time.sleep(0.005)


def first_run(window: MainWindow) -> Shell:
    """Create the vault and confirm the recovery key."""
    page = window.first_run
    page.name.setText("Amina")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    page.make.click()
    until(lambda: window.pages.currentWidget() is window.recovery, "the recovery key")
    window.recovery.last.setText(window.recovery.key.text().split("-")[-1].strip())
    window.recovery.proceed.click()
    until(lambda: window.shell is not None, "the shell")
    assert window.shell is not None
    return window.shell


def one_visit(shell: Shell, number: int) -> None:
    """A new patient, a complaint, the clinician's own words, a saved visit."""
    shell.show_page("patients")
    shell.patients.new.click()
    form = shell.patients.form
    form.lines["name"].setText(f"{NAME}{'abcdefghijklmnopqrstuvwxyz'[number % 26]}")
    form.lines["birth"].setText(str(20 + number))
    form.sex.setCurrentIndex(form.sex.findData("female"))
    form.save.click()
    shell.patients.card.begin.click()
    view = shell.visit
    assert view is not None
    view.editor.insertPlainText(COMPLAINTS[number % len(COMPLAINTS)])
    until(lambda: view.presenter.assessment is not None, "the assessment")
    view.own.diagnosis.setText(DIAGNOSIS)
    view.own.plan.insertPlainText(PLAN)
    view.save()
    until(lambda: view.consultation.encounter.revision > 0, "the saved visit")


def seal(shell: Shell) -> Path:
    """Seal the open visit with a passphrase."""
    view = shell.visit
    assert view is not None
    view.seal_button.click()
    dialog = shell.findChild(SealDialog)
    assert isinstance(dialog, SealDialog)
    target = data_folder() / "visit.age"
    dialog.clinic.setText("Village clinic")
    dialog.where.show_path(target)
    dialog.passphrase.setText("several plain words here")
    dialog.again.setText("several plain words here")
    dialog.seal.click()
    until(target.exists, "the sealed file")
    dialog.done(QDialog.DialogCode.Accepted)
    return target


def resident_mb() -> float:
    """Resident memory of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--idle", type=float, default=0.0, help="seconds to stay up afterwards")
    options = parser.parse_args()
    refuse_internet_sockets()
    app = QApplication([])
    window = make_window(app)
    shown: list[float] = []
    window.was_shown.connect(lambda: shown.append(time.perf_counter() - START))
    window.show()
    until(lambda: bool(shown), "the window")
    shell = first_run(window)
    memory = []
    for number in range(options.visits):
        one_visit(shell, number)
        memory.append(resident_mb())
    seal(shell)
    window.use_language("zh")
    end = time.monotonic() + options.idle
    while time.monotonic() < end:
        turn()
    window.lock()
    locked = resident_mb()
    window.close()
    loaded = [name for name in (*WEB_CLIENTS, "PySide6.QtNetwork") if name in sys.modules]
    figures = {"shown_s": round(shown[0], 2), "visits": options.visits, "first_mb": memory[0], "last_mb": memory[-1]}
    print(json.dumps({**figures, "locked_mb": locked, "web_clients": loaded}))
    return 1 if loaded else 0


if __name__ == "__main__":
    sys.exit(main())
