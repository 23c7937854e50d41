"""Builds the bundle in the environment that runs this, then lets the bundle check itself.

Called by ``python3 build/develop.py bundle [--cuda]``, which makes that environment from the runtime lock alone.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bundle_rules import WORKSHOP

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


def main() -> int:
    """Build, then check; the exit status is that of the bundle's own self-check, or 2 for an unfit environment."""
    if strangers := [name for name in WORKSHOP if "." not in name and importlib.util.find_spec(name)]:
        print(f"This environment holds {', '.join(strangers)}; use python3 build/develop.py bundle.", file=sys.stderr)
        return 2
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="barefoot-bundle-") as work:
        # PyInstaller would work in build/, which is ours
        command = ["--noconfirm", "--log-level", "WARN", "--distpath", str(DIST), "--workpath", work]
        environment = {**os.environ, "PYTHONHASHSEED": "1"}
        built = subprocess.run(
            [sys.executable, "-m", "PyInstaller", *command, str(ROOT / "installer.spec")],
            cwd=ROOT, env=environment, check=False,
        )  # fmt: skip
    if built.returncode:
        return built.returncode
    folder = DIST / name()
    strip_debugging(folder)
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
    print(f"{folder}: {size / 1e6:.0f} MB, built in {time.perf_counter() - start:.0f} s", flush=True)
    return check(folder / ("barefoot.exe" if os.name == "nt" else "barefoot"))


def strip_debugging(folder: Path) -> None:
    """Take debugging symbols out of native modules where the system has ``strip``: a fifth of the bundle.

    Libraries that auditwheel or Qt have rewritten are left alone, since stripping them again can break them.
    """
    strip = shutil.which("strip")
    if strip is None or not sys.platform.startswith("linux"):
        return
    for file in folder.rglob("*.so*"):
        rewritten = file.parent.name.endswith(".libs") or "PySide6" in file.parts
        if file.is_file() and not file.is_symlink() and not rewritten:
            subprocess.run([strip, "--strip-unneeded", str(file)], check=True)


def name() -> str:
    """Name of the variant that this environment builds."""
    installed = {distribution.name for distribution in importlib.metadata.distributions()}
    return "Barefoot-cuda" if "onnxruntime-gpu" in installed else "Barefoot"


def check(program: Path) -> int:
    """Run the bundle's self-check as a fresh user and print it; 0 when every line is good."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "XDG_", "LD_LIBRARY"))}
    with tempfile.TemporaryDirectory(prefix="barefoot-home-") as home:
        environment = {**kept, "HOME": home, "BAREFOOT_HOME": home}
        done = subprocess.run(
            [str(program), "self-check", "--json"], env=environment, stdout=subprocess.PIPE, cwd=home, check=False
        )
    try:
        lines = json.loads(done.stdout)
    except ValueError:
        print("The bundle's self-check gave no answer.", file=sys.stderr)
        return done.returncode or 1
    for line in lines:
        print(f"{'ok ' if line['ok'] else 'NOT'}  {line['name']:<10} {line['message']}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
