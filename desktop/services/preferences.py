"""What the screen must know before a vault is open: language, theme, when to lock. Nothing of a patient stands here."""

from __future__ import annotations

import json
import logging
from pathlib import Path

_log = logging.getLogger(__name__)
FILE = "window.json"
_NAMES = ("language", "theme", "lock_minutes")
LOCK_MINUTES = (5, 10, 20, 60)
DEFAULT_LOCK_MINUTES = 10


class Preferences:
    """A few words in a small file; a file that cannot be used counts as none, since each has a default."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._values: dict[str, str] = {}
        try:
            stored = json.loads(self._file.read_bytes()[:4096])
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError):
            _log.warning("the window's preferences cannot be read; defaults are used")
            return
        if isinstance(stored, dict):
            self._values = {k: v for k in _NAMES if isinstance(v := stored.get(k), str) and len(v) < 40}

    def lock_minutes(self) -> int:
        """Return after how many idle minutes the records are locked."""
        chosen = self._values.get("lock_minutes", "")
        return int(chosen) if chosen in map(str, LOCK_MINUTES) else DEFAULT_LOCK_MINUTES

    def get(self, name: str) -> str | None:
        """Return a choice as made before, or None."""
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a choice; a disk that cannot be written costs the choice and nothing else."""
        if name not in _NAMES:
            raise KeyError(name)
        if self._values.get(name) == value:
            return
        self._values[name] = value
        fresh = self._file.with_name(f"{FILE}.new")
        try:
            fresh.write_text(json.dumps(self._values), encoding="utf-8")
            fresh.replace(self._file)
        except OSError:
            _log.warning("the window's preferences cannot be written")
