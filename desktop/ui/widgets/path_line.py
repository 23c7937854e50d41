"""A line for a path, with the system's own file dialog beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.resources.translatable import translatable
from desktop.ui.widgets.pane import Pane, button

BROWSE = translatable("path_line", "Browse…")


class PathLine(Pane):
    """``mode`` is ``open`` (a file that is there), ``save`` (a file to be made) or ``folder``."""

    def __init__(self, mode: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = mode
        self.line, browse = QLineEdit(), button(name=f"{name}_browse")
        self.line.setObjectName(name)
        self.line.setMaxLength(4096)
        self.setFocusProxy(self.line)
        self.speak(browse.setText, BROWSE)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(browse)

    def path(self) -> Path | None:
        """Return the path, or None when nothing stands there."""
        typed = self.line.text().strip()
        return Path(typed).expanduser() if typed else None

    def show_path(self, path: Path) -> None:
        """Show a path."""
        self.line.setText(str(path))

    def _browse(self) -> None:
        start = self.line.text() or str(Path.home())
        if self._mode == "folder":
            chosen = QFileDialog.getExistingDirectory(self, "", start)
        elif self._mode == "save":
            chosen, _ = QFileDialog.getSaveFileName(self, "", start)
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, "", start)
        if chosen:
            self.line.setText(chosen)
