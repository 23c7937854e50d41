"""Where the program keeps its files: only in folders of its own, below ``BAREFOOT_HOME`` when that is set."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "barefoot"


def data_folder() -> Path:
    """Return the folder of the vault, private to the user and made when it is missing."""
    return _made(_below_home("data") or Path(platformdirs.user_data_dir(_APP, appauthor=False)))


def log_folder() -> Path:
    """Return the folder of the logs."""
    return _made(_below_home("log") or Path(platformdirs.user_log_dir(_APP, appauthor=False)))


def config_folder() -> Path:
    """Return the folder of what must be known before a vault is open (which vault, language, theme)."""
    return _made(_below_home("config") or Path(platformdirs.user_config_dir(_APP, appauthor=False)))


def default_vault() -> Path:
    """Return the path of the clinic's vault, which need not exist yet."""
    return data_folder() / "clinic.barefoot"


def _below_home(name: str) -> Path | None:
    home = os.environ.get("BAREFOOT_HOME")
    return Path(home).absolute() / name if home else None


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
