"""What the window does when people forget, walk away, change the language, or things break."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.shell import Shell
from desktop.ui.views.encounter import EncounterView
from desktop.ui.window import MainWindow
from desktop.vault.errors import DiskFull
from modelzoo.contract.errors import ArtefactCorrupt
from tests.fake_engine import FakeEngine
from tests.ui.conftest import PASSPHRASE, MakeWindow, add_patient, first_run

SAID = "fever and cough 😷 since Monday, no chest pain"


def open_visit(shell: Shell) -> EncounterView:
    """Add a patient and open a visit."""
    add_patient(shell)
    shell.patients.card.begin.click()
    assert shell.visit is not None
    return shell.visit


def test_wrong_passphrase_is_said_and_the_wait_grows(make_window: MakeWindow) -> None:
    first_run(make_window()).lock_wanted.emit()
    window = make_window()
    page = window.unlock
    for _ in range(4):
        page.passphrase.setText("not this one at all")
        page.unlock.click()
        assert window.shell is None
    assert "s." in page.problem.text()
    assert not page.unlock.isEnabled()
    assert page.problem.isVisible()


def test_wrong_passphrase_once_leaves_the_next_try_free(window: MainWindow) -> None:
    first_run(window)
    window.lock()
    window.unlock.passphrase.setText("not this one at all")
    window.unlock.unlock.click()
    assert window.unlock.problem.text() == "This passphrase does not open the vault."
    assert window.unlock.unlock.isEnabled()
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.unlock.click()
    assert window.shell is not None


def test_recovery_key_sets_a_new_passphrase(make_window: MakeWindow) -> None:
    window = make_window()
    keys: list[str] = []
    window.first_run.vault_created.connect(lambda _vault, key: keys.append(key))
    first_run(window)
    window.lock()
    page = window.unlock
    page.forgotten.click()
    page.recovery.setText(keys[0].lower().replace("-", " "))
    page.fresh.setText("another good passphrase")
    page.again.setText("another good passphrase")
    page.recover.click()
    assert window.shell is not None
    window.lock()
    page.passphrase.setText("another good passphrase")
    page.unlock.click()
    assert window.shell is not None


def test_a_recovery_key_that_was_never_confirmed_is_made_anew(make_window: MakeWindow) -> None:
    window = make_window()
    page = window.first_run
    page.name.setText("Amina")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    page.make.click()
    shown_once = window.recovery.key.text()
    window.close()
    later = make_window()
    later.unlock.passphrase.setText(PASSPHRASE)
    later.unlock.unlock.click()
    assert later.shell is None
    assert later.recovery.key.text() not in ("", shown_once)
    later.recovery.last.setText("XXXX")
    later.recovery.proceed.click()
    assert later.shell is None
    later.recovery.last.setText(later.recovery.key.text().split("-")[-1].strip().lower())
    later.recovery.proceed.click()
    assert later.shell is not None
    assert later.recovery.key.text() == ""


def test_language_and_theme_switch_while_typing(qapp: QApplication, window: MainWindow, shell: Shell) -> None:
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    view.own.diagnosis.setText("half a diagn")
    view.measurements.fields["heart_rate"].setText("10")
    view.presenter.assess()
    window.use_language("zh")
    window.use_theme("dark")
    qapp.processEvents()
    assert view.editor.toPlainText() == SAID
    assert view.own.diagnosis.text() == "half a diagn"
    assert view.measurements.fields["heart_rate"].text() == "10"
    assert any("发热" in chip.text() for chip in view.chips.visible_chips())
    assert "临床" in view.advice.unreviewed.text()
    assert "咳嗽" in " ".join(chip.text() for chip in view.chips.visible_chips())
    window.use_language("en")
    qapp.processEvents()
    assert any("Fever" in chip.text() for chip in view.chips.visible_chips())
    window.use_theme("light")


def test_engine_failure_leaves_the_records_usable(make_window: MakeWindow) -> None:
    def broken() -> FakeEngine:
        raise ArtefactCorrupt("encoder.onnx differs from what was released.")

    shell = first_run(make_window(broken))
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    view.presenter.assess()
    assert "damaged" in view.advice.message.text()
    assert view.advice.message.isVisible()
    view.own.diagnosis.setText("Common cold")
    assert view.save()
    assert shell.clinic.vault.encounters_of(view.consultation.patient.id)[0].text == SAID
    shell.show_page("knowledge")
    assert "damaged" in shell.knowledge.message.text()


def test_engine_that_fails_in_the_middle_keeps_the_text(make_window: MakeWindow) -> None:
    engine = FakeEngine()
    shell = first_run(make_window(lambda: engine))
    view = open_visit(shell)
    engine.failure = RuntimeError("out of luck")
    view.editor.insertPlainText(SAID)
    view.presenter.assess()
    assert view.advice.message.isVisible()
    assert view.save()
    assert view.editor.toPlainText() == SAID


def test_full_disk_while_saving_keeps_everything(window: MainWindow, shell: Shell) -> None:
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    vault = shell.clinic.vault

    def full(_visit: object) -> object:
        raise DiskFull("no space left")

    vault.save_encounter, vault.save_draft = full, full  # type: ignore[method-assign,assignment]
    assert not view.save()
    assert view.problem.isVisible()
    assert "disk is full" in view.problem.text()
    assert view.editor.toPlainText() == SAID
    assert not window.lock()  # locking would lose it
    assert window.shell is shell
    del vault.save_encounter, vault.save_draft
    assert view.save()
    assert not view.problem.isVisible()


def test_idle_time_locks_and_keeps_the_draft(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(idle_ms=150)
    shell = first_run(window)
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    qtbot.waitUntil(lambda: window.shell is None, timeout=5000)
    assert window.pages.currentWidget() is window.unlock
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.unlock.click()
    assert window.shell is not None
    entry = window.shell.today.entries[0]
    assert entry.is_draft
    assert entry.encounter.text == SAID


def test_closing_the_window_keeps_the_draft(make_window: MakeWindow) -> None:
    window = make_window()
    open_visit(first_run(window)).editor.insertPlainText(SAID)
    window.close()
    later = make_window()
    later.unlock.passphrase.setText(PASSPHRASE)
    later.unlock.unlock.click()
    assert later.shell is not None
    assert later.shell.today.entries[0].encounter.text == SAID


def test_a_dismissed_list_stays_away_and_danger_still_shows(shell: Shell) -> None:
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    view.presenter.assess()
    view.advice.toggle()
    assert not view.advice.lines[0].isVisible()
    view.editor.insertPlainText(" and convulsions")
    view.presenter.assess()
    assert not view.advice.lines[0].isVisible()
    assert view.banner.isVisible()
    assert view.advice.unreviewed.isVisible()


def test_pasted_control_characters_and_endless_text_are_refused(shell: Shell) -> None:
    from PySide6.QtCore import QMimeData

    view = open_visit(shell)
    view.editor.insertPlainText("fever")
    damaged, endless = QMimeData(), QMimeData()
    damaged.setText(" and\x00 cough\u202e")
    view.editor.insertFromMimeData(damaged)
    assert view.editor.toPlainText() == "fever and cough"
    assert view.problem.isVisible()
    endless.setText("x" * 300_000)
    view.editor.insertFromMimeData(endless)
    assert view.editor.toPlainText() == "fever and cough"


def test_likely_duplicate_is_asked_about_once(shell: Shell) -> None:
    add_patient(shell)
    add_patient(shell)
    form = shell.patients.form
    assert form.problem.isVisible()
    assert "Wanjiku" in form.problem.text()
    assert len(shell.clinic.registry.search("Wanjiku")) == 1
    form.save.click()
    assert len(shell.clinic.registry.search("Wanjiku")) == 2


def test_unusable_birth_date_keeps_the_form(shell: Shell) -> None:
    add_patient(shell, birth="yesterday")
    form = shell.patients.form
    assert form.problem.isVisible()
    assert form.lines["name"].text() == "Wanjiku Mwangi"
    form.lines["birth"].setText("300")
    form.save.click()
    assert form.problem.isVisible()
    form.lines["birth"].setText("8 months")
    form.save.click()
    assert shell.patients.card.isVisible()


def test_keys_alone_reach_every_part(qtbot: QtBot, window: MainWindow, shell: Shell) -> None:
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    view.presenter.assess()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    for key, reached in (
        (Qt.Key.Key_F4, view.measurements.fields["temperature_c"]),
        (Qt.Key.Key_F6, view.advice.questions[0]),
        (Qt.Key.Key_F7, view.advice.lines[0]),
        (Qt.Key.Key_F8, view.own.diagnosis),
        (Qt.Key.Key_F2, view.chips.visible_chips()[0]),
        (Qt.Key.Key_F3, view.editor),
    ):
        focused = window.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
        assert window.focusWidget() is reached, key


def test_a_long_name_leaves_the_window_its_width_and_its_title(shell: Shell, window: MainWindow) -> None:
    add_patient(shell, name="极长的名字" * 38)
    shell.patients.card.begin.click()
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 700
    assert window.windowTitle() == "Barefoot"


def test_a_key_at_the_window_starts_the_idle_time_anew(qtbot: QtBot, window: MainWindow, shell: Shell) -> None:
    window._idle.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window._idle.isActive()


class Shown(QObject):
    """Remembers every window of its own that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWindow):
            self.names.append(watched.objectName())
        return False


def test_no_other_window_flashes_up_and_takes_the_focus(qapp: QApplication, window: MainWindow) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    shell = first_run(window)
    view = open_visit(shell)
    view.editor.insertPlainText(SAID)
    view.presenter.assess()
    for page in ("today", "patients", "sealed", "knowledge"):
        shell.show_page(page)
    qapp.processEvents()
    assert window.isActiveWindow()
    assert window.lock()
    qapp.processEvents()
    qapp.removeEventFilter(shown)
    assert shown.names == []
    assert window.focusWidget() is window.unlock.passphrase
    assert window.isActiveWindow()
