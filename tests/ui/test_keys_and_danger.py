"""Keys that text fields would like for themselves, a danger that stays, and the idle time that locks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.preferences import DEFAULT_LOCK_MINUTES, Preferences
from desktop.ui.shell import Shell
from desktop.ui.views.encounter import EncounterView
from desktop.ui.widgets.seal_dialog import SealDialog
from desktop.ui.window import MainWindow
from tests.ui.conftest import add_patient

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visit(qtbot: QtBot, window: MainWindow, shell: Shell) -> EncounterView:
    """An open visit of a new patient, in a window that has the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    add_patient(shell)
    shell.begin(shell.patients.found[0])
    assert shell.visit is not None
    return shell.visit


def test_ctrl_e_seals_from_inside_a_text_field(qtbot: QtBot, shell: Shell, visit: EncounterView) -> None:
    for field in (visit.own.diagnosis, visit.editor, visit.own.plan):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_E, CTRL)
        dialogs = [d for d in shell.findChildren(SealDialog) if d.isVisible()]
        assert len(dialogs) == 1, field.objectName()
        dialogs[0].reject()
        QApplication.sendPostedEvents()


def test_a_danger_is_named_as_an_emergency_until_it_is_answered(qtbot: QtBot, visit: EncounterView) -> None:
    visit.editor.setPlainText("fever, convulsions")
    visit.presenter.assess()
    assert visit.banner.isVisible()
    assert visit.advice.triage.property("level") == "emergency"
    visit.banner.why_not.click()
    qtbot.keyClick(visit.banner.reason, Qt.Key.Key_Return)
    assert visit.banner.isVisible()
    assert visit.banner.problem.isVisible()
    qtbot.keyClicks(visit.banner.reason, "over since an hour")
    qtbot.keyClick(visit.banner.reason, Qt.Key.Key_Return)
    assert not visit.banner.isVisible()
    assert visit.consultation.encounter.rule_answers[0].reason == "over since an hour"


def test_a_refused_measurement_is_said_and_not_kept(qtbot: QtBot, visit: EncounterView) -> None:
    field = visit.measurements.fields["spo2_percent"]
    kept = []
    for typed in ("95", "195"):
        field.clear()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        kept.append(dict(visit.consultation.encounter.vitals))
    assert kept == [{"spo2_percent": 95.0}, {}]
    assert field.text() == "195"
    assert "30" in visit.measurements.hint.text()
    assert "100" in visit.measurements.hint.text()
    assert visit.save()
    assert visit.problem.isVisible()


def test_the_idle_time_is_kept(window: MainWindow, shell: Shell) -> None:
    assert Preferences(window._parts.preferences._file.parent).lock_minutes() == DEFAULT_LOCK_MINUTES
    window.lock_after(20)
    assert window._idle.interval() == 20 * 60_000
    assert Preferences(window._parts.preferences._file.parent).lock_minutes() == 20
    window._parts.preferences.set("lock_minutes", "-1")
    assert window._parts.preferences.lock_minutes() == DEFAULT_LOCK_MINUTES
