"""Writes the locks in ``build/locks`` from ``pyproject.toml``: ``python build/lock.py`` (needs uv).

Universal locks: one file serves Linux, Windows and macOS through markers. Runtime, test and bundle locks carry hashes.
The workshop's does not, because its torch comes from the local wheel of a build machine or from an index, which differ
in bytes; it never ships.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build" / "locks"


def main() -> int:
    """Write all locks; later ones are constrained by the runtime's, so that the environments agree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, groups = project["project"]["dependencies"], project["dependency-groups"]
    for device in ("cpu", "cuda"):
        write(f"{device}.txt", runtime + groups[device], [], hashes=True)
    write("test.txt", groups["test"], ["cpu.txt"], hashes=True)
    write("bundle.txt", groups["bundle"], ["cpu.txt"], hashes=True)
    write("workshop.txt", groups["workshop"], [], hashes=False)
    write("peers.txt", groups["peers"], [], hashes=True)
    return 0


def write(name: str, requirements: list[str], constraints: list[str], *, hashes: bool) -> None:
    """Compile one lock."""
    command = [
        "uv", "pip", "compile", "-", "--quiet", "--universal", "--python-version", "3.11", "--no-annotate",
        "--custom-compile-command", "python build/lock.py", "--output-file", str(LOCKS / name),
    ]  # fmt: skip
    command += ["--generate-hashes"] if hashes else []
    for constraint in constraints:
        command += ["--constraint", str(LOCKS / constraint)]
    subprocess.run(command, input="\n".join(requirements), text=True, check=True)
    if name == "workshop.txt":  # the workshop trains on the processor: torch's CPU build needs none of these
        lines = (LOCKS / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("nvidia-", "cuda-", "triton"))]
        (LOCKS / name).write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
