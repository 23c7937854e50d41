"""The growing delay after wrong passphrases.

The count stands outside the secrets, in a file that anybody at the keyboard could delete: it slows a person who
tries passphrases at the screen, and survives a restart. Against someone who has the files, Argon2id is the guard.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.vault.errors import PassphraseDelay
from desktop.vault.files import write_whole

FILE = "attempts.json"
FREE_ATTEMPTS = 3
LONGEST_DELAY_S = 300.0


@dataclass(frozen=True, slots=True)
class Attempts:
    """``failures`` in a row; the last of them at ``last_at`` (seconds since 1970)."""

    failures: int = 0
    last_at: float = 0.0

    def delay_s(self) -> float:
        """Return the whole delay: none for three slips, then 1, 2, 4 … seconds, at most five minutes."""
        if self.failures < FREE_ATTEMPTS:
            return 0.0
        return min(2.0 ** min(self.failures - FREE_ATTEMPTS, 20), LONGEST_DELAY_S)

    def remaining_s(self, now: float) -> float:
        """Return the seconds still to wait; a clock that was set back does not shorten the wait below the rest."""
        waited = now - self.last_at
        return max(0.0, self.delay_s() - waited) if waited >= 0 else self.delay_s()


def read_attempts(folder: Path) -> Attempts:
    """Return the stored count; a missing file counts nought, an unreadable one as if the free attempts were used up."""
    try:
        data = json.loads((folder / FILE).read_bytes()[:4096])
        failures, last_at = data["failures"], data["last_at"]
    except FileNotFoundError:
        return Attempts()
    except (OSError, ValueError, KeyError, TypeError):
        return Attempts(FREE_ATTEMPTS, 0.0)
    if type(failures) is not int or not isinstance(last_at, int | float) or isinstance(last_at, bool) or failures < 0:
        return Attempts(FREE_ATTEMPTS, 0.0)
    return Attempts(failures, float(last_at))


def admit(folder: Path, now: float) -> Attempts:
    """Count one attempt before it is made, so that ending the program half-way does not undo the count.

    Returns the attempts that failed before this one. Raises PassphraseDelay while the delay has not passed.
    """
    before = read_attempts(folder)
    wait_s = before.remaining_s(now)
    if before.last_at > now:  # the clock was set back: let the wait start now, or it would never end
        write_attempts(folder, Attempts(before.failures, now))
    if wait_s > 0:
        raise PassphraseDelay(
            f"After {before.failures} wrong passphrases, please wait {_whole(wait_s)} s before the next try.",
            data={"seconds": wait_s, "failures": before.failures},
        )
    write_attempts(folder, Attempts(before.failures + 1, now))
    return before


def write_attempts(folder: Path, attempts: Attempts) -> None:
    """Store the count."""
    write_whole(folder / FILE, json.dumps({"failures": attempts.failures, "last_at": attempts.last_at}).encode())


def _whole(seconds: float) -> int:
    return max(1, int(seconds + 0.999))
