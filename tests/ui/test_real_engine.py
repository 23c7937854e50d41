"""The window with the assessment pack that ships: one short visit in both languages."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QApplication

import modelzoo
from modelzoo.contract.case import Assertion
from modelzoo.contract.engine import Engine
from tests.ui.conftest import MakeWindow, add_patient, first_run

TEXT = "34-year-old woman, three days of fever and cough with yellow phlegm, breathing fast, no chest pain. 咳黄痰。"


@cache
def engine() -> Engine:
    """Open the pack once for this file."""
    return modelzoo.open_engine()


def test_a_visit_with_the_pack_that_ships(qapp: QApplication, make_window: MakeWindow) -> None:
    window = make_window(engine)
    shell = first_run(window)
    add_patient(shell)
    shell.patients.card.begin.click()
    view = shell.visit
    assert view is not None
    view.editor.insertPlainText("😷 " + TEXT)
    view.presenter.assess()
    assessment = view.presenter.assessment
    assert assessment is not None
    said = {f.id: f for f in assessment.findings}
    assert said["chest_pain"].assertion is Assertion.ABSENT
    assert {"fever", "cough"} <= {f.id for f in assessment.findings if f.assertion is Assertion.PRESENT}
    fever = said["fever"]
    assert fever.start is not None
    assert view.editor.toPlainText()[fever.start : fever.end] == "fever"
    assert any("pneumonia" in line.row.id for line in view.advice.lines[:3] if line.row)
    assert view.advice.unreviewed.isVisible()
    window.use_language("zh")
    qapp.processEvents()
    assert any("肺炎" in line.row.label for line in view.advice.lines[:3] if line.row)
    assert view.save()
    saved = shell.clinic.vault.encounter(view.consultation.encounter.id)
    assert saved.assessment is not None
    assert saved.assessment["provenance"]["pack"] == engine().provenance.pack  # type: ignore[index]
    shell.show_page("knowledge")
    shell.knowledge.search.setText("malaria")
    shell.knowledge.refresh()
    assert shell.knowledge.terms
