"""Files of cases, one JSON object a line, as every headless command reads them."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from desktop.domain.laboratory import check_test
from modelzoo.contract.case import Case
from modelzoo.contract.errors import BadInput
from modelzoo.contract.wire import case_from_json

MAX_FILE_BYTES = 200_000_000
MAX_LINE_BYTES = 4_000_000


def read_lines(file: Path) -> list[tuple[int, bytes]]:
    """Return the lines of a file with the numbers an editor shows; blank lines and a leading BOM are left out.

    Raises:
        BadInput: the file cannot be read, is too large, or holds no line at all.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise BadInput(f"The file {file.name} cannot be read: {error.strerror}.", code="CLI-011") from error
    if len(content) > MAX_FILE_BYTES:
        raise BadInput("The file of cases is too large.", code="CLI-013")
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines()  # editors on Windows begin a text file with a BOM
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not numbered:
        raise BadInput("The file holds no case.", code="CLI-014")
    return numbered


def parse_line(line: bytes) -> Case:
    """Parse one line of a file of cases, its tests in standard units. Raises BadInput, also for impossible results."""
    if len(line) > MAX_LINE_BYTES:
        raise BadInput("The line is too long to be a case.", code="INP-041")
    try:
        case = case_from_json(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput("The line is not UTF-8 text.", code="INP-042") from error
    return replace(case, tests=tuple(check_test(test) for test in case.tests))
