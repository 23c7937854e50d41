"""Learning from the clinic's own diagnoses: off until somebody switches it on, visible, and forgotten on demand.

Each patient counts once for each condition, so that a patient who comes every week teaches no more than another. What
is learnt moves the order of the list, within the bounds of the knowledge's ``[local]`` numbers; never the urgency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from desktop.domain.tally import VisitTally

SWITCH, SINCE = "learning", "learning_since"
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class TallyStore(Protocol):
    """What learning needs of the vault."""

    def tallies(self, since: datetime) -> list[VisitTally]:
        """Return what counting needs of every visit since then."""

    def setting(self, name: str) -> str | None:
        """Return a setting."""

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting."""

    def record(self, action: str, subject_id: str = "", detail: str = "") -> None:
        """Add to the audit trail."""


class LocalLearning:
    """The switch, what was learnt, and how to forget it. Counts are made once, until something here changes."""

    def __init__(self, store: TallyStore, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._counts: dict[str, int] | None = None

    @property
    def is_on(self) -> bool:
        """Whether the clinic's diagnoses move the list."""
        return self._store.setting(SWITCH) == "on"

    def switch(self, *, on: bool) -> None:
        """Switch learning on or off; the audit trail keeps it."""
        self._store.set_setting(SWITCH, "on" if on else "off")
        self._store.record("learning_on" if on else "learning_off")
        self._counts = None

    def forget(self) -> None:
        """Begin anew: what was diagnosed before now teaches nothing any more. No record is touched."""
        self._store.set_setting(SINCE, self._clock().isoformat())
        self._store.record("learning_forgotten")
        self._counts = None

    def learnt(self) -> dict[str, int]:
        """How many patients each condition was diagnosed in since learning began, whether it is on or off."""
        since = self._store.setting(SINCE)
        tallies = self._store.tallies(datetime.fromisoformat(since) if since else _EVER)
        seen = {(tally.patient_id, condition) for tally in tallies for condition in tally.own}
        return dict(Counter(condition for _, condition in sorted(seen)))

    def counts(self) -> dict[str, int]:
        """What the engine is told with every case: nothing while learning is off."""
        if self._counts is None:
            self._counts = self.learnt() if self.is_on else {}
        return self._counts
