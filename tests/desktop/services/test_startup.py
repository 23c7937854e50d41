"""Start-up: every step is taken whatever the others do, and a missing pack costs the advice alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.services import startup
from desktop.services.startup import start
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import ArtefactCorrupt, ArtefactMissing, ProcessorUnsupported
from tests.fake_engine import FakeEngine

TODAY = date(2026, 11, 22)


def test_a_sound_machine_has_no_problems(tmp_path: Path) -> None:
    started = start(FakeEngine, tmp_path, TODAY)
    assert started.engine is not None
    assert started.error is None
    assert [step.name for step in started.steps if not step.ok] == []


@pytest.mark.parametrize("error", [ArtefactMissing("gone"), ArtefactCorrupt("bad"), OSError(5, "io"), MemoryError()])
def test_a_pack_that_does_not_open_is_one_failed_step(tmp_path: Path, error: Exception) -> None:
    def refuse() -> Engine:
        raise error

    started = start(refuse, tmp_path, TODAY)
    assert started.engine is None
    assert started.error is error
    assert [step.name for step in started.steps if not step.ok] == ["pack"]
    assert len(started.steps) >= 4


def test_an_old_processor_is_never_asked_to_open_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ProcessorUnsupported("too old")

    opened: list[int] = []
    monkeypatch.setattr(startup, "refuse_unsupported_processor", refuse)
    started = start(lambda: opened.append(1) or FakeEngine(), tmp_path, TODAY)  # type: ignore[func-returns-value]
    assert opened == []
    assert isinstance(started.error, ProcessorUnsupported)


def test_a_clock_before_the_program_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    started = start(FakeEngine, tmp_path / "not there", date(2001, 1, 1))
    assert started.engine is not None
    assert {step.name for step in started.problems()} == {"disk", "clock"}
    assert all(step.message.endswith(".") for step in started.problems())
