"""What may enter a text field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from desktop.ui.plain_text import clean_line, clean_pasted, shown
from desktop.ui.widgets.complaint_editor import ComplaintEditor


def test_control_and_reordering_characters_are_left_out_and_said() -> None:
    pasted = clean_pasted("fe\x00ver\u202e and\r\ncough\x1b[31m\ud800", 0)
    assert pasted.text == "fever and\ncough[31m"
    assert pasted.note is not None
    assert pasted.note.values["count"] == 4


def test_ordinary_text_of_every_script_stays() -> None:
    for text in ("咳嗽三天\t发热", "حمى\u200f", "👩🏽‍⚕️", "nai\u0308ve"):
        assert clean_pasted(text, 0).text == text
        assert clean_pasted(text, 0).note is None


def test_too_much_is_refused_whole() -> None:
    assert clean_pasted("x" * 10, 0, 10).text == "x" * 10
    refused = clean_pasted("x" * 10, 1, 10)
    assert refused.text == ""
    assert refused.note is not None
    assert refused.note.values == {"count": "11", "limit": "10"}


def test_a_line_stays_a_line_and_stored_marks_are_seen() -> None:
    assert clean_line("  a\nb\x07c  ") == "a b c"
    assert shown("abc\u202edef\x00") == "abc\ufffddef\ufffd"


@pytest.mark.parametrize("length", [200_001, 400_000])
def test_a_huge_paste_loses_nothing_of_what_is_there(qtbot: QtBot, length: int) -> None:
    editor = ComplaintEditor()
    qtbot.addWidget(editor)
    editor.setPlainText("fever")
    noted: list[object] = []
    editor.noted.connect(noted.append)
    mime = QMimeData()
    mime.setText("x" * length)
    editor.insertFromMimeData(mime)
    assert editor.toPlainText() == "fever"
    assert len(noted) == 1


def test_formatted_text_is_pasted_plain(qtbot: QtBot) -> None:
    editor = ComplaintEditor()
    qtbot.addWidget(editor)
    mime = QMimeData()
    mime.setHtml("<b>fever</b><script>x</script>")
    mime.setText("fever")
    editor.insertFromMimeData(mime)
    assert editor.toPlainText() == "fever"
