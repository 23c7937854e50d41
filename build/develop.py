"""Sets up and runs Barefoot from a clone, with nothing but Python: ``python3 build/develop.py open|test``.

Makes ``.venv`` beside this folder from the locked versions, again only when a lock changed. On Debian and its kin the
system libraries that the window needs are installed when they are missing (as root or through sudo); elsewhere the
missing ones are named.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build" / "locks"


def main() -> int:
    """Run one command; the exit status is that of what it ran."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("open", "test", "workshop-test", "workshop", "bundle", "peers"))
    parser.add_argument("--cuda", action="store_true", help="use the NVIDIA build of the model runtime")
    options, rest = parser.parse_known_args()
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python gets a sentence, not a stack trace
        print("Barefoot needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    device = "cuda" if options.cuda else "cpu"
    if options.command == "open":
        need_debian("window")
        return run(environment("run", [f"{device}.txt"]), "-m", "desktop", *rest)
    if options.command == "test":
        need_debian("window", "test")
        return checks(environment("test", [f"{device}.txt", "test.txt"]), rest)
    if options.command == "bundle":
        need_debian("window")
        python = environment("bundle", [f"{device}.txt", "bundle.txt"])
        return run(python, str(ROOT / "build" / "bundle.py"), *rest)
    if options.command == "peers":
        return run(environment("peers", ["peers.txt"]), "tests/benchmarks/peers.py", *rest)
    python = environment("workshop", ["cpu.txt", "test.txt", "workshop.txt"])
    if options.command == "workshop":
        return run(python, *rest)
    return run(python, "-m", "pytest", "-c", "tests/workshop/pytest.ini", "--rootdir", ".", "tests/workshop", *rest)


def checks(python: Path, arguments: list[str]) -> int:
    """Style, types, layers, then every test. The first failure stops."""
    environment_ = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    tools = python.parent
    for command in (
        [str(tools / "ruff"), "check", "."],
        [str(tools / "ruff"), "format", "--check", "."],
        [str(tools / "mypy")],
        [str(tools / "lint-imports")],
        [str(python), "-m", "modelzoo.authoring", "lint"],
        [str(python), "-m", "pytest", "--ignore=tests/workshop", *arguments],
    ):
        print("+", Path(command[0]).name, *command[1:], flush=True)
        status = subprocess.run(command, cwd=ROOT, env=environment_, check=False).returncode
        if status:
            return status
    return 0


def run(python: Path, *arguments: str) -> int:
    """Run the environment's Python in the clone."""
    return subprocess.run([str(python), *arguments], cwd=ROOT, check=False).returncode


def environment(name: str, locks: list[str]) -> Path:
    """Path of the Python of a virtual environment that holds exactly the locked versions of ``locks``."""
    folder = ROOT / f".venv-{name}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(b"".join((LOCKS / lock).read_bytes() for lock in locks)).hexdigest()
    stamp = folder / "locks.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Setting up {folder.name} (once; this downloads some hundred megabytes) …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for lock in locks:
        # a lock without hashes (the workshop's) says why in its head
        hashed = ["--require-hashes"] if "--hash=" in (LOCKS / lock).read_text() else []
        subprocess.run([*pip, *hashed, "--no-deps", "-r", str(LOCKS / lock)], cwd=ROOT, check=True)
    (folder_site(python) / "barefoot.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    write_launcher(python)
    stamp.write_text(wanted)
    return python


def write_launcher(python: Path) -> None:
    """Put the ``barefoot`` command beside the environment's Python."""
    if os.name == "nt":
        (python.parent / "barefoot.cmd").write_text(f'@"{python}" -m desktop %*\n', encoding="utf-8")
        return
    launcher = python.parent / "barefoot"
    launcher.write_text(f'#!/bin/sh\nexec "{python}" -m desktop "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)


def folder_site(python: Path) -> Path:
    """Folder of the environment's installed packages."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.strip())


def need_debian(*sections: str) -> None:
    """Install the missing Debian packages of the sections; on other systems do nothing (their Qt brings its own)."""
    if not sys.platform.startswith("linux") or shutil.which("dpkg-query") is None:
        return
    missing = [p for p in debian_packages(sections) if not installed(p)]
    if not missing:
        return
    elevate = [] if os.geteuid() == 0 else ["sudo"]
    if elevate and shutil.which("sudo") is None:
        print("Please have these packages installed first: " + " ".join(missing), file=sys.stderr)
        sys.exit(2)
    print("Installing what Debian must bring: " + " ".join(missing), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*elevate, "apt-get", "update", "-qq"], check=True, env=quiet)
    install = [*elevate, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)


def debian_packages(sections: tuple[str, ...]) -> list[str]:
    """Packages of the named sections of ``debian-packages.txt``, in order."""
    out, section = [], ""
    for line in (ROOT / "build" / "debian-packages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section in sections:
            out.append(line)
    return out


def installed(package: str) -> bool:
    """Whether Debian says that a package is installed."""
    query = ["dpkg-query", "-W", "-f=${Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return "install ok installed" in answer.stdout


if __name__ == "__main__":
    sys.exit(main())
