"""A whole visit through the real window: first run to lock and unlock, as a person would do it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.exchange import inspect_file
from desktop.ui.views.encounter import EncounterView
from desktop.ui.widgets.seal_dialog import SealDialog
from desktop.ui.window import MainWindow
from modelzoo.contract.case import Assertion
from tests.ui.conftest import PASSPHRASE, add_patient, first_run

TEXT = "😷 three days of fever and cough with yellow phlegm, breathing fast, no chest pain"


def _type_into(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def _write(qtbot: QtBot, view: EncounterView) -> None:
    view.editor.setFocus()
    view.editor.insertPlainText(TEXT)
    qtbot.waitUntil(lambda: view.presenter.assessment is not None, timeout=3000)


def test_whole_visit(qtbot: QtBot, window: MainWindow, home: Path) -> None:
    shell = first_run(window)
    assert shell.pages.currentWidget() is shell.today
    assert shell.today.empty.isVisible()

    add_patient(shell)
    shell.patients.card.begin.click()
    view = shell.visit
    assert view is not None
    assert "Wanjiku" in shell.bar.patient.text()
    assert window.windowTitle() == "Barefoot"

    _write(qtbot, view)
    shown = {chip.text() for chip in view.chips.visible_chips()}
    assert any("Fever" in s for s in shown)
    assert any(s.startswith("–") and "Chest pain" in s for s in shown)
    assert view.advice.lines[0].row is not None
    assert view.advice.lines[0].row.id == "pneumonia"
    assert view.advice.unreviewed.isVisible()

    question = view.advice.questions[0]
    assert question.question is not None
    asked = question.question.finding
    question.setFocus()
    qtbot.keyClick(question, Qt.Key.Key_Y)
    assert any(
        o.finding == asked and o.assertion is Assertion.PRESENT for o in view.consultation.encounter.observations
    )

    fields = view.measurements.fields
    _type_into(qtbot, fields["temperature_c"], "389")
    assert fields["temperature_c"].property("state") == "refused"
    assert fields["temperature_c"].text() == "389"
    assert "temperature_c" not in view.consultation.encounter.vitals
    _type_into(qtbot, fields["temperature_c"], "38.9")
    _type_into(qtbot, fields["spo2_percent"], "88")
    assert view.consultation.encounter.vitals == {"temperature_c": 38.9, "spo2_percent": 88}
    assert view.banner.isVisible()

    view.own.diagnosis.setFocus()
    qtbot.keyClicks(view.own.diagnosis, "Pneumonia, I think")
    view.own.plan.insertPlainText("Refer today")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    qtbot.keyClick(view.own.diagnosis, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert view.status.text() == "Saved."
    saved = view.consultation.encounter
    assert saved.revision == 1
    assert saved.diagnoses[0].text == "Pneumonia, I think"
    assert saved.assessment is not None

    _seal(_opened(view, shell), home)

    assert window.lock()
    assert window.pages.currentWidget() is window.unlock
    assert window.shell is None
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.unlock.click()
    again = window.shell
    assert again is not None
    assert [e.encounter for e in again.today.entries] == [shell_saved(again, saved.id)]
    again.today.table.chosen.emit(0)
    assert again.visit is not None
    assert again.visit.editor.toPlainText() == TEXT
    assert again.visit.consultation.encounter.diagnoses[0].text == "Pneumonia, I think"
    assert [a.action for a in again.clinic.vault.audit()].count("sealed") == 1


def shell_saved(shell: object, encounter_id: str) -> object:
    """Return a visit as the vault has it."""
    return shell.clinic.vault.encounter(encounter_id)  # type: ignore[attr-defined]


def _opened(view: EncounterView, shell: object) -> SealDialog:
    view.seal_button.click()
    dialog = shell.findChild(SealDialog)  # type: ignore[attr-defined]
    assert isinstance(dialog, SealDialog)
    return dialog


def _seal(dialog: SealDialog, home: Path) -> None:
    dialog.clinic.setText("Kijiji clinic")
    dialog.where.show_path(home / "visit.barefoot")
    dialog.seal.click()
    assert "Choose for whom" in dialog.outcome.text()
    dialog.passphrase.setText("several plain words here")
    dialog.again.setText("several plain words there")
    dialog.seal.click()
    assert "differ" in dialog.outcome.text()
    dialog.again.setText("several plain words here")
    dialog.seal.click()
    assert dialog.outcome.text().startswith("Sealed:")
    assert inspect_file(home / "visit.barefoot")
    assert dialog.passphrase.text() == ""
    dialog.done(QDialog.DialogCode.Accepted)


def test_no_patient_word_outside_the_vault(qtbot: QtBot, window: MainWindow, home: Path) -> None:
    shell = first_run(window)
    add_patient(shell, name="Zzyzxname")
    shell.patients.card.begin.click()
    assert shell.visit is not None
    shell.visit.editor.insertPlainText("qqmarkerword fever")
    shell.visit.presenter.save_draft()
    shell.visit.save()
    window.use_language("zh")
    window.lock()
    for file in (f for f in home.rglob("*") if f.is_file()):
        content = file.read_bytes()
        assert b"Zzyzxname" not in content, file
        assert b"qqmarkerword" not in content, file
    assert json.loads((home / "window.json").read_text())["language"] == "zh"
