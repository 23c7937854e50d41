"""Asking why a condition stands no higher: chosen by name, answered in place, answered anew when the visit changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.shell import Shell
from desktop.ui.views.encounter import EncounterView
from tests.ui.conftest import MakeWindow, add_patient, first_run


def open_visit(shell: Shell) -> EncounterView:
    add_patient(shell)
    shell.patients.card.begin.click()
    assert shell.visit is not None
    shell.visit.editor.setPlainText("fever and cough since Monday")
    shell.visit.presenter.assess()
    return shell.visit


def ask(visit: EncounterView, qtbot: QtBot, words: str) -> None:
    line = visit.advice.why_not.line  # without focus no list pops up, which needs a real screen
    QTest.keyClicks(line, words)
    qtbot.waitUntil(lambda: bool(line.offered), timeout=3000)  # names are sought when typing pauses
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_condition_chosen_by_name_is_answered_in_place(shell: Shell, qtbot: QtBot) -> None:
    visit = open_visit(shell)
    assert visit.advice.why_not.isVisible()
    assert not visit.advice.why_not.answer.isVisible()
    ask(visit, qtbot, "Tuberculosis")
    answer = visit.advice.why_not.answer
    assert "place" in answer.text()
    assert "It would rise with: Fast breathing (place 1)" in answer.text()


def test_the_answer_follows_the_visit_and_the_language(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    visit = open_visit(first_run(window))
    ask(visit, qtbot, "Tuberculosis")
    before = visit.advice.why_not.answer.text()
    visit.editor.setPlainText("wheeze and cough")
    visit.presenter.assess()
    assert visit.advice.why_not.answer.text() != before
    window.use_language("zh")
    qtbot.waitUntil(lambda: "若有以下情况则会上升" in visit.advice.why_not.answer.text(), timeout=3000)


def test_a_name_that_nobody_knows_is_said(shell: Shell, qtbot: QtBot) -> None:
    visit = open_visit(shell)
    line = visit.advice.why_not.line  # without focus no list pops up, which needs a real screen
    QTest.keyClicks(line, "dragon pox")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "can never suggest it" in visit.advice.why_not.answer.text()


def test_a_fault_of_the_engine_costs_nothing(shell: Shell) -> None:
    visit = open_visit(shell)
    visit.presenter.ask_why_not("no such condition")
    assert visit.problem.isVisible()
    assert visit.editor.toPlainText() == "fever and cough since Monday"
