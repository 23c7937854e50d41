"""The log: counts, durations and codes, never a word of a patient.

A message is a fixed sentence of this program. What is put into it must be a number or a code (ASCII letters, digits
and a few signs, no blank, at most 64 characters); anything else is replaced by its kind before it can reach the file.
Tracebacks are reduced to the kind of error and where it arose, because an error's message may quote what was typed.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desktop.paths import log_folder
from modelzoo.contract.errors import BarefootError

LOGGER = "barefoot"
FILE = "barefoot.log"
MAX_BYTES = 1_000_000
KEPT_FILES = 3
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}")
_OWN = Path(__file__).parent.parent


class WordlessFilter(logging.Filter):
    """Lets no free text through: see the module's description."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace what is not a number or a code; drop tracebacks and messages built elsewhere."""
        arguments = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
        record.args = tuple(_plain(argument) for argument in arguments)
        if not isinstance(record.msg, str):
            record.msg, record.args = type(record.msg).__name__, ()
        if record.exc_info:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            record.msg, record.args = "fault %s", (describe(error) if error else "unknown",)
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def set_up_logs(folder: Path | None = None) -> logging.Logger:
    """Return the program's logger, writing to a rotating file that only this user can read."""
    logger = logging.getLogger(LOGGER)
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    file = (folder or log_folder()) / FILE
    handler = RotatingFileHandler(file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    if os.name == "posix":
        file.chmod(0o600)
    handler.addFilter(WordlessFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return logger


def log_fault(error: BaseException) -> None:
    """Log an error by kind, code and place."""
    logging.getLogger(LOGGER).error("fault %s", describe(error))


def describe(error: BaseException) -> str:
    """Return an error without its message: ``ValueError@reasoning/rank.py:42``, with the code of our own errors."""
    code = f"[{error.code}]" if isinstance(error, BarefootError) else ""
    return f"{type(error).__name__}{code}@{_place(error.__traceback__)}"


def catch_unforeseen() -> None:
    """Send whatever nobody caught, in any thread, to the log instead of to standard error with its message."""
    sys.excepthook = lambda _kind, error, _at: log_fault(error)
    threading.excepthook = lambda caught: log_fault(caught.exc_value) if caught.exc_value else None
    sys.unraisablehook = lambda caught: log_fault(caught.exc_value) if caught.exc_value else None


def _place(at: TracebackType | None) -> str:
    for frame, line in reversed(list(traceback.walk_tb(at))):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_OWN):
            return f"{file.relative_to(_OWN).as_posix()}:{line}"
    return "unknown"


def _plain(argument: object) -> object:
    if isinstance(argument, bool | int | float) or argument is None:
        return argument
    if isinstance(argument, str) and (_CODE.fullmatch(argument) or _FAULT.fullmatch(argument)):
        return argument
    return f"<{type(argument).__name__}>"


_FAULT = re.compile(r"\w+(\[[A-Z]+-\d+\])?@[\w./-]+(:\d+)?")
