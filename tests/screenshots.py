"""Draws the pictures of docs/screenshots from the real window and the real assessment pack.

python -m tests.screenshots --output docs/screenshots
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

TEXT = "34-year-old woman, three days of fever and cough with yellow phlegm, breathing fast, no chest pain. 咳黄痰。"
MEASURED = {
    "temperature_c": "38.9",
    "heart_rate": "104",
    "respiratory_rate": "24",
    "blood_pressure": "110/70",
    "spo2_percent": "93",
}
SIZE = (1366, 768)
MOST_BYTES = 150_000


def main() -> int:
    """Write every picture; returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for the pictures")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["BAREFOOT_HOME"] = home
        for name, content in _pictures():
            (output / f"{name}.png").write_bytes(content)
            print(f"{name}.png {len(content) // 1000} kB")
            if len(content) > MOST_BYTES:
                print(f"{name}.png is too large", file=sys.stderr)
                return 1
    return 0


def _pictures() -> list[tuple[str, bytes]]:
    from PySide6.QtWidgets import QApplication

    import modelzoo
    from desktop.paths import config_folder, data_folder, default_vault
    from desktop.services.access import VaultDoor
    from desktop.services.preferences import Preferences
    from desktop.services.startup import start
    from desktop.ui.i18n import Language
    from desktop.ui.tasks import InlineExecutor, Tasks
    from desktop.ui.theme.appearance import Appearance
    from desktop.ui.window import MainWindow, Parts
    from modelzoo.contract.case import ListStatus

    app = QApplication(sys.argv[:1])
    started = start(modelzoo.open_engine, data_folder(), date.today())  # noqa: DTZ011
    made: list[tuple[str, bytes]] = []

    def window() -> MainWindow:
        shown = MainWindow(
            Parts(VaultDoor(default_vault()), Tasks(InlineExecutor()), language, appearance,
                  Preferences(config_folder()), lambda: started)
        )  # fmt: skip
        shown.resize(*SIZE)
        shown.show()
        app.processEvents()
        return shown

    def picture(name: str, settle: Callable[[], object] = lambda: None) -> None:
        for _ in range(3):
            app.processEvents()
        settle()
        app.processEvents()
        made.append((name, _small(main_window)))

    language, appearance = Language("en"), Appearance(app, "light")
    main_window = window()
    first = main_window.first_run
    first.name.setText("Amina Njoroge")
    first.passphrase.setText("maize river lantern seven")
    first.again.setText("maize river lantern seven")
    picture("first-run-en-light")
    first.create_vault()
    picture("recovery-key-en-light")
    main_window.recovery.last.setText(main_window.recovery.key.text().split("-")[-1])
    main_window.recovery.confirm()
    shell = main_window.shell
    assert shell is not None
    picture("today-empty-en-light")
    shell.show_page("patients")
    for name, sex, birth, village, allergic in (
        ("Wanjiku Mwangi", "female", "34", "Kijiji", "penicillin (rash)"),
        ("李秀英", "female", "1961-03-12", "石桥村", ""),
        ("Otieno Juma", "male", "2", "Kijiji", ""),
    ):
        shell.patients.add()
        form = shell.patients.form
        for field, words in (("name", name), ("birth", birth), ("village", village)):
            form.lines[field].setText(words)
        form.sex.setCurrentIndex(form.sex.findData(sex))
        status, entries = form.lists["allergies"]
        status.setCurrentIndex(status.findData(str(ListStatus.KNOWN if allergic else ListStatus.NONE_KNOWN)))
        entries.setText(allergic)
        form.save.click()
    for place, patient in enumerate(sorted(shell.patients.found, key=lambda p: p.name)):
        if patient.name != "Wanjiku Mwangi":
            shell.begin(patient)
            assert shell.visit is not None
            shell.visit.editor.setPlainText("fever and cough since yesterday" if place else "换药")
            shell.visit.own.diagnosis.setText("Common cold" if place else "Dressing changed")
            shell.visit.save()
    wanjiku = next(p for p in shell.patients.found if p.name == "Wanjiku Mwangi")
    shell.begin(wanjiku)
    visit = shell.visit
    assert visit is not None
    visit.editor.setPlainText(TEXT)
    for name, words in MEASURED.items():
        visit.measurements.fields[name].setText(words)
        visit.measurements.fields[name].setModified(True)
        visit.measurements.typed.emit(name, words)
    visit.presenter.assess()
    picture("encounter-en-light")
    main_window.use_theme("dark")
    main_window.use_language("zh")
    picture("encounter-zh-dark")
    advice = visit.advice

    def ask_why_not() -> None:
        visit.presenter.ask_why_not("pulmonary_tuberculosis")
        app.processEvents()
        advice.scroller.ensureWidgetVisible(advice.why_not.answer)

    picture("why-not-zh-dark", ask_why_not)
    main_window.use_theme("light")
    main_window.use_language("en")
    picture("why-not-en-light", ask_why_not)
    main_window.use_theme("light")
    main_window.use_language("en")
    shell.show_page("today")
    picture("today-en-light")
    shell.show_page("patients")
    picture("patients-en-light")
    shell.patients.change(wanjiku)
    picture("patient-form-en-light")
    shell.show_page("sealed")
    shell.sealed.clinic.setText("Kijiji clinic")
    shell.sealed.make_keys()
    picture("sealed-en-light")
    shell.show_page("knowledge")
    shell.knowledge.search.setText("pneum")
    shell.knowledge.refresh()
    picture("knowledge-en-light")
    main_window.lock()
    picture("unlock-en-light")
    main_window.close()
    return made


def _small(window: object) -> bytes:
    """Return the window as a PNG of 256 colours."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtWidgets import QWidget

    assert isinstance(window, QWidget)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as full:
        reduced = full.convert("RGB").quantize(255, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    reduced.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
