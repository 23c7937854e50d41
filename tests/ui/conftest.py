"""The real window over a real vault in a folder of its own; the engine is the table of ``tests.fake_engine``."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.access import VaultDoor
from desktop.services.preferences import Preferences
from desktop.services.startup import start
from desktop.ui.i18n import Language
from desktop.ui.shell import Shell
from desktop.ui.tasks import InlineExecutor, Tasks
from desktop.ui.theme.appearance import Appearance
from desktop.ui.window import MainWindow, Parts
from desktop.vault.kdf import KdfCost
from modelzoo.contract.engine import Engine
from tests.fake_engine import FakeEngine

PASSPHRASE = "maize river lantern seven"
CHEAP = KdfCost(memory_kib=32 * 1024, passes=2, lanes=1)
MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: nothing reaches the real folders."""
    monkeypatch.setenv("BAREFOOT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[MakeWindow]:
    """Return a function that makes a window on the same vault; all are closed at the end."""
    language, appearance = Language("en"), Appearance(qapp, "light")
    made: list[MainWindow] = []

    def make(open_engine: Callable[[], Engine] = FakeEngine, idle_ms: int = 600_000) -> MainWindow:
        window = MainWindow(
            Parts(
                VaultDoor(home / "clinic.barefoot", CHEAP),
                Tasks(InlineExecutor()),
                language,
                appearance,
                Preferences(home),
                lambda: start(open_engine, home, date(2026, 11, 22)),
                idle_ms,
            )
        )
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
    language.use("en")


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window before its first run."""
    return make_window()


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    """A window behind its first run."""
    return first_run(window)


def first_run(window: MainWindow) -> Shell:
    """Create the vault and type back the end of the recovery key, as a person does."""
    page = window.first_run
    page.name.setText("Amina Njoroge")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    page.make.click()
    window.recovery.last.setText(window.recovery.key.text().split("-")[-1].strip())
    window.recovery.proceed.click()
    assert window.shell is not None
    return window.shell


def add_patient(shell: Shell, name: str = "Wanjiku Mwangi", birth: str = "34", sex: str = "female") -> None:
    """Add a patient through the form, who is then the current one."""
    shell.show_page("patients")
    shell.patients.new.click()
    form = shell.patients.form
    form.lines["name"].setText(name)
    form.lines["birth"].setText(birth)
    form.sex.setCurrentIndex(form.sex.findData(sex))
    form.save.click()
