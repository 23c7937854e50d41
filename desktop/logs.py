"""The log: counts, durations and codes, never a word of a patient.

A message is a fixed sentence of this program. What is put into it must be a number or a ``Code``; any other value, a
plain string above all, is replaced by its kind before it can reach the file, since a name may look like a code.
Tracebacks are reduced to the kind of error and where it arose, because an error's message may quote what was typed.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from modelzoo.contract.errors import BarefootError

LOGGER = "barefoot"
_OURS = (LOGGER, "desktop", "modelzoo")  # modules that name their logger after themselves end in the same file
FILE = "barefoot.log"
MAX_BYTES = 1_000_000
KEPT_FILES = 3
_CODE = re.compile(r"[\w.@\[\]/:<>-]{1,200}", re.ASCII)
_OWN = Path(__file__).parent.parent


class Code(str):
    """A word of this program, not of a patient: an error's code, the id of a rule, a name in the source.

    Whoever writes ``Code(x)`` vouches that ``x`` comes from the program. Raises ValueError for blanks and the like.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Code:
        """Return the code."""
        if not _CODE.fullmatch(text):
            raise ValueError("not a code")
        return super().__new__(cls, text)


class WordlessFilter(logging.Filter):
    """Lets no free text through: see the module's description."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace what is not a number or a code; drop tracebacks and messages built elsewhere."""
        if isinstance(record.args, Mapping):
            record.args = {name: _plain(argument) for name, argument in record.args.items()}
        else:
            record.args = tuple(_plain(argument) for argument in record.args or ())
        if not isinstance(record.msg, str):
            record.msg, record.args = type(record.msg).__name__, ()
        if record.exc_info:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            record.msg, record.args = "fault %s", (describe(error) if error else Code("unknown"),)
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def set_up_logs(folder: Path) -> logging.Logger:
    """Return the program's logger, writing to a rotating file in ``folder`` that only this user can read."""
    file = folder / FILE
    handler = RotatingFileHandler(file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    if os.name == "posix":
        file.chmod(0o600)
    handler.addFilter(WordlessFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in _OURS:
        logger = logging.getLogger(name)
        for old in [h for h in logger.handlers if isinstance(h, RotatingFileHandler)]:
            logger.removeHandler(old)
            old.close()
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False  # else a warning's own text would reach standard error
    return logging.getLogger(LOGGER)


def log_fault(error: BaseException) -> None:
    """Log an error by kind, code and place."""
    logging.getLogger(LOGGER).error("fault %s", describe(error))


def describe(error: BaseException) -> Code:
    """Return an error without its message: ``ValueError@reasoning/rank.py:42``, with the code of our own errors."""
    code = f"[{error.code}]" if isinstance(error, BarefootError) else ""
    return Code(f"{type(error).__name__}{code}@{_place(error.__traceback__)}")


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
        if not file.is_absolute() and file.parts[:1] in (("desktop",), ("modelzoo",)):
            return f"{file.as_posix()}:{line}"  # a bundle's modules have no folder of their own
    return "unknown"


def _plain(argument: object) -> object:
    if isinstance(argument, Code | bool | int | float) or argument is None:
        return argument
    return f"<{type(argument).__name__}>"
