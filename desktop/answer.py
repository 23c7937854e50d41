"""What a headless command answers: JSON or a readable text, on standard output, whole or with a sentence why not."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress

from modelzoo.contract.errors import BadInput


class AnswerLost(BadInput):
    """Standard output took no answer."""

    code = "CLI-015"


def give_answer(answer: object, text: str, *, as_json: bool) -> int:
    """Print ``answer`` as JSON, or ``text``, and return exit status 0.

    Raises:
        AnswerLost: standard output is closed or its disk is full. BrokenPipeError: its reader went away.
    """
    if sys.stdout is None:  # a bundle without a console; what was asked for was done all the same
        return 0
    try:
        sys.stdout.write((json.dumps(answer, ensure_ascii=False, indent=1) if as_json else text) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        raise
    except OSError as error:
        _give_up_output()
        raise AnswerLost(f"The answer could not be written: {error.strerror}.") from error
    return 0


def require_output() -> None:
    """Refuse to begin what ends in an answer that must not be lost. Raises AnswerLost."""
    if sys.stdout is None:
        raise AnswerLost("There is nowhere to print the answer, so nothing was done.")


def _give_up_output() -> None:
    """Send what is left in the buffer nowhere, or Python tries again at its end and complains in its own words."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
