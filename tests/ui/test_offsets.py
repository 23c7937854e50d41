"""Positions survive emoji: the engine counts code points, Qt counts UTF-16 units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop.ui.offsets import Offsets
from desktop.ui.widgets.complaint_editor import ComplaintEditor
from tests.fake_engine import FakeEngine

TEXTS = st.text(st.sampled_from("a咳🙂👩🏽‍⚕️\n\u0301𠀀 "), max_size=40)


@given(TEXTS)
def test_every_position_converts_there_and_back(text: str) -> None:
    offsets = Offsets(text)
    for position in range(len(text) + 1):
        units = len(text[:position].encode("utf-16-le")) // 2
        assert offsets.to_units(position) == units
        assert offsets.to_code_points(units) == position


def test_inside_a_pair_counts_as_its_beginning() -> None:
    assert Offsets("🙂a").to_code_points(1) == 0


def test_words_after_emoji_are_marked_where_they_stand(qtbot: QtBot) -> None:
    editor = ComplaintEditor()
    qtbot.addWidget(editor)
    text = "🤒🤒 fever 👩🏽‍⚕️ and 咳嗽\nno chest pain 🙂"
    editor.setPlainText(text)
    findings = FakeEngine().understand(text)
    editor.show_findings(text, findings)
    marked = []
    for span in editor.marks.spans:
        cursor = QTextCursor(editor.document())
        cursor.setPosition(span.start)
        cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
        marked.append(cursor.selectedText())
    assert marked == ["fever", "咳嗽", "chest pain"]


def test_marks_move_with_what_is_typed_before_them(qtbot: QtBot) -> None:
    editor = ComplaintEditor()
    qtbot.addWidget(editor)
    editor.setPlainText("fever")
    editor.show_findings("fever", FakeEngine().understand("fever"))
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.insertText("🙂 ")
    assert [(s.start, s.end) for s in editor.marks.spans] == [(3, 8)]
    editor.show_findings("fever", FakeEngine().understand("fever"))
    assert [(s.start, s.end) for s in editor.marks.spans] == [(3, 8)]
