"""The log lets numbers and codes through, and no words."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.logs import FILE, Code, catch_unforeseen, describe, log_fault, set_up_logs
from desktop.paths import config_folder, data_folder, default_vault, log_folder
from modelzoo.contract.errors import BadInput


@pytest.fixture
def logger(tmp_path: Path) -> Iterator[logging.Logger]:
    yield set_up_logs(tmp_path)
    for name in ("barefoot", "desktop", "modelzoo"):  # as if it had never been set up
        ours = logging.getLogger(name)
        for handler in list(ours.handlers):
            ours.removeHandler(handler)
            handler.close()
        ours.propagate = True
        ours.setLevel(logging.NOTSET)


def test_loggers_of_our_modules_end_in_the_same_file(
    logger: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("desktop.ui.tasks", "modelzoo.engine"):
        try:
            raise ValueError("secret words")
        except ValueError:
            logging.getLogger(name).exception("task %s", "secret")
    text = (tmp_path / FILE).read_text()
    assert text.count("fault ValueError@tests/desktop/test_logs.py:") == 2
    assert "secret" not in text + capsys.readouterr().err


def test_numbers_and_codes_pass_words_do_not(logger: logging.Logger, tmp_path: Path) -> None:
    logger.info("assessed in %.1f ms, %d findings, %s", 12.5, 3, Code("pneumonia_mild"))
    logger.info("name %s, chinese %s, object %s", "Amina", "发热", {"text": "fever"})
    logger.warning("mapping %(a)s", {"a": "secret words here"})
    logger.error(ValueError("secret words here"))
    text = (tmp_path / FILE).read_text()
    assert "assessed in 12.5 ms, 3 findings, pneumonia_mild" in text
    assert "name <str>, chinese <str>, object <dict>" in text
    assert "mapping <str>" in text
    assert "secret" not in text
    with pytest.raises(ValueError, match="not a code"):
        Code("two words")


def test_faults_are_logged_by_kind_code_and_place(logger: logging.Logger, tmp_path: Path) -> None:
    for error in (ValueError("secret words"), BadInput("secret words", code="INP-010")):
        try:
            raise error
        except Exception as caught:
            log_fault(caught)
            logger.exception("also %s", "secret words")
    text = (tmp_path / FILE).read_text()
    assert text.count("fault ValueError@tests/desktop/test_logs.py:") == 2
    assert text.count("fault BadInput[INP-010]@tests/desktop/test_logs.py:") == 2
    assert "secret" not in text
    assert describe(KeyError("never raised")) == "KeyError@unknown"


def test_unforeseen_errors_go_to_the_log_alone(
    logger: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    catch_unforeseen()

    def fail() -> None:
        raise ValueError("secret words")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert (tmp_path / FILE).read_text().count("fault ValueError@") == 2
    assert "secret" not in (tmp_path / FILE).read_text() + capsys.readouterr().err


def test_own_folders_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAREFOOT_HOME", str(tmp_path / "home"))
    folders = {data_folder(), log_folder(), config_folder()}
    assert len(folders) == 3
    assert all(folder.is_dir() and folder.is_relative_to(tmp_path / "home") for folder in folders)
    assert default_vault().parent == data_folder()
    assert not default_vault().exists()
