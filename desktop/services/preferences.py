"""What the screen must know before a vault is open: language and theme. Nothing of a patient stands here."""

from __future__ import annotations

import json
import logging
from pathlib import Path

_log = logging.getLogger(__name__)
FILE = "window.json"
_NAMES = ("language", "theme")


class Preferences:
    """Two words in a small file; a file that cannot be used counts as none, since both have a default."""

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

    def get(self, name: str) -> str | None:
        """Return ``language`` or ``theme`` as chosen before."""
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
