"""The one door for background work: the executor is passed in, stale results are dropped, failures have one path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.logs import Code
from modelzoo.contract.errors import BarefootError

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class InlineExecutor(Executor):
    """Runs at once in the caller's thread: tests that use it need no waiting."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Run ``fn`` now and return its finished future."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # the future carries it to whoever asks, as every executor does
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class _Outcome:
    topic: str
    number: int
    result: object
    error: Exception | None


class Tasks(QObject):
    """Runs work off the screen's thread and reports back on it.

    Work belongs to a topic; starting a topic anew makes what still runs under it stale: its result is dropped, and if
    it has not begun it never does. ``failed`` reaches whoever shows errors where the caller gave no handler.
    """

    failed = Signal(object)
    busy_changed = Signal(str, bool)
    _finished = Signal(object)

    def __init__(self, executor: Executor) -> None:
        super().__init__()
        self._executor = executor
        self._newest: dict[str, int] = {}
        self._handlers: dict[tuple[str, int], tuple[Callable[..., object], Callable[[Exception], object] | None]] = {}
        self._count = 0
        self._finished.connect(self._settle)

    def run(
        self,
        topic: str,
        work: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run ``work`` in the background; then ``done`` or ``failed`` on the screen's thread, unless overtaken."""
        self.cancel(topic)
        self._count += 1
        number = self._count
        self._newest[topic] = number
        self._handlers[topic, number] = (done, failed)
        self.busy_changed.emit(topic, True)
        self._executor.submit(self._work, topic, number, work)

    def cancel(self, topic: str) -> None:
        """Drop whatever runs under ``topic``; its handlers are never called."""
        number = self._newest.pop(topic, None)
        if number is not None:
            self._handlers.pop((topic, number), None)
            self.busy_changed.emit(topic, False)

    def is_busy(self, topic: str) -> bool:
        """Whether work under ``topic`` has not reported back yet."""
        return topic in self._newest

    def close(self) -> None:
        """Drop everything and let the executor end."""
        for topic in list(self._newest):
            self.cancel(topic)
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _work(self, topic: str, number: int, work: Callable[[], object]) -> None:
        if self._newest.get(topic) != number:
            return
        try:
            outcome = _Outcome(topic, number, work(), None)
        except Exception as error:  # whatever it is, a person must get a sentence and the program must go on
            outcome = _Outcome(topic, number, None, error)
        self._finished.emit(outcome)

    @Slot(object)
    def _settle(self, outcome: _Outcome) -> None:
        done, failed = self._handlers.pop((outcome.topic, outcome.number), (None, None))
        if done is None:
            return
        self._newest.pop(outcome.topic, None)
        self.busy_changed.emit(outcome.topic, False)
        if outcome.error is None:
            done(outcome.result)
            return
        code = outcome.error.code if isinstance(outcome.error, BarefootError) else type(outcome.error).__name__
        _log.warning("background work failed: topic=%s code=%s", Code(outcome.topic.replace(" ", "_")), Code(code))
        if failed is not None:
            failed(outcome.error)
        else:
            self.failed.emit(outcome.error)
