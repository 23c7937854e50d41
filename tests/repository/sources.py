"""What belongs to the repository: the files that git keeps, or would keep."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def repository_files() -> tuple[Path, ...]:
    """Tracked files and those that are new but not ignored, without deleted ones."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def python_files() -> list[Path]:
    """Python sources, the packaging recipe included."""
    return [path for path in repository_files() if path.suffix in (".py", ".spec")]


def text_files() -> list[tuple[Path, str]]:
    """Files that are text, with their text; large data of the pack are left out."""
    out = []
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content and len(content) < 1_000_000:
            out.append((path, content.decode("utf-8")))
    return out
