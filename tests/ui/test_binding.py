"""The Qt binding keeps its hands off the reference counts of None, True and False.

PySide6 6.12.0 on Python 3.11 took one reference of None with every call that returns nothing, and one of True with every
signal; after some thousands of them, minutes of use, the process died.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

CALLS = 400
SLACK = 50  # what other threads and the interpreter's caches take and give meanwhile


class _Sender(QObject):
    happened = Signal()

    def hear(self) -> None:
        pass


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("kind", ["call", "event loop", "signal", "signal to a lambda", "filter", "search"])
def test_no_reference_is_lost(qtbot: QtBot, qapp: QApplication, kind: str) -> None:
    label, sender, watching = QLabel("a"), _Sender(), _Filter()
    qtbot.addWidget(label)
    if kind == "signal":
        sender.happened.connect(sender.hear)
    if kind == "signal to a lambda":
        sender.happened.connect(lambda: None)
    if kind == "filter":
        label.installEventFilter(watching)
    acts: dict[str, Callable[[], object]] = {
        "call": lambda: label.setText("b"),
        "event loop": qapp.processEvents,
        "filter": lambda: QCoreApplication.sendEvent(label, QEvent(QEvent.Type.User)),
        "search": lambda: label.findChild(QLabel),
    }
    act = acts.get(kind, sender.happened.emit)
    act()
    spare = [[one] * CALLS * 2 for one in (None, True, False)]  # so that a broken binding fails here and does not crash
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _ in range(CALLS):
        act()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    assert len(spare) == 3
    assert [abs(b - a) < SLACK for a, b in zip(before, after, strict=True)] == [True, True, True]
