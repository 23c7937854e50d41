"""Writes THIRD_PARTY_NOTICES.md from the installed runtime, and finds the licence texts that travel in the bundle.

    .venv-bundle/bin/python build/notices.py [--check]

Names and versions come from ``build/locks/cpu.txt``, licences from what the packages say of themselves.
"""

# ruff: noqa: E501  rows of tables stay on one line

from __future__ import annotations

import argparse
import json
import re
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY_NOTICES.md"
LOCK = ROOT / "build" / "locks" / "cpu.txt"
MANIFEST = ROOT / "modelzoo" / "packs" / "assessment" / "manifest.json"

# read in the package's own licence file, since its metadata does not say
_READ = {
    "pyrage": "MIT",
    "sqlcipher3": "Zlib; in it SQLCipher (BSD-3-Clause), SQLite (public domain), OpenSSL (Apache-2.0)",
}
# the wheel brings no text of its licence, so ours goes with it
_TEXTS = {
    "pyside6-essentials": ("build/licences/LGPL-3.0.txt", "build/licences/GPL-3.0.txt"),
    "shiboken6": ("build/licences/LGPL-3.0.txt", "build/licences/GPL-3.0.txt"),
    "fpdf2": ("build/licences/GPL-3.0.txt",),
    "tokenizers": ("LICENSE",),
}
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|thirdparty)", re.IGNORECASE)

_HEAD = """# What Barefoot holds of others

Barefoot itself is under the [Apache License 2.0](LICENSE). This list is written by `build/notices.py`; the texts of the
licences lie in the folder `licences/` of the bundle and in the packages themselves.

## Python packages of the runtime

The bundle holds those of them that the program uses; nothing of them is changed. PySide6 (with Qt) and shiboken6 are under the
LGPL 3.0 and lie in the bundle as shared libraries that may be replaced; fpdf2 is too, and is replaced by making the bundle anew with
another version (`python3 build/develop.py bundle`).

| package | version | licence |
|---|---|---|
"""

_TAIL = """
## Fonts and icons

| what | licence | text |
|---|---|---|
| Inter 4.001 (`Inter-Regular.ttf`, `Inter-Bold.ttf`) | OFL-1.1 | [Inter-LICENSE.txt](desktop/resources/fonts/Inter-LICENSE.txt) |
| Droid Sans Fallback 1.00c (`DroidSansFallbackFull.ttf`) | Apache-2.0 | [DroidSansFallback-LICENSE.txt](desktop/resources/fonts/DroidSansFallback-LICENSE.txt) |
| Lucide icons (`desktop/resources/icons/*.svg`) | ISC, some MIT | [LICENSE](desktop/resources/icons/LICENSE) |

## The assessment pack

{pack}

## In the bundle alone

* **Python** (PSF-2.0), the interpreter and its standard library.
* **PyInstaller's bootloader** (GPL-2.0-or-later with an exception that allows bundles under any licence).
* On Linux, libraries of the system that the window links to (X11 and XCB: MIT; GLib: LGPL-2.1; FreeType: FTL; Fontconfig: MIT; D-Bus:
  AFL-2.1 or GPL-2.0; OpenSSL's libcrypto: Apache-2.0; libstdc++ and libgcc: GPL-3.0 with the runtime exception), as Debian packs them.
"""


def main() -> int:
    """Write the notices, or with ``--check`` say whether they are up to date (exit status 1 when not)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = notices()
    if options.check:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


def notices() -> str:
    """The whole file. Raises PackageNotFoundError where the runtime is not installed."""
    rows = []
    for name, version in locked():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # another system's: the lock serves all of them
        if found.version != version:
            raise SystemExit(f"{name} {found.version} is installed, the lock says {version}.")
        rows.append(f"| {found.name} | {version} | {licence(found)} |")
    return _HEAD + "\n".join(rows) + "\n" + _TAIL.format(pack=pack_notice())


def locked() -> list[tuple[str, str]]:
    """Names and versions of the runtime lock, in order."""
    return re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def licence(found: Distribution) -> str:
    """Licence of an installed package in a few words. Raises SystemExit where nobody says."""
    if found.name.lower() in _READ:
        return _READ[found.name.lower()]
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if not said or "\n" in said:
        classifiers = found.metadata.get_all("Classifier") or []
        said = ", ".join(c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License ::"))
    if not said:
        raise SystemExit(f"{found.name} does not say its licence; read it and put it into build/notices.py.")
    return said


def pack_notice() -> str:
    """What the artefacts of the pack were made from, by the manifest."""
    lines = []
    for artefact in json.loads(MANIFEST.read_text(encoding="utf-8"))["artefacts"]:
        base = ", ".join(f"`{one.split(' sha256:')[0]}`" for one in artefact["base"])
        lines.append(f"* `{artefact['path']}`: {artefact['licence']}; {f'made from {base}' if base else 'our own'}.")
    return "\n".join(lines)


def licence_files(modules: Iterable[str]) -> list[tuple[str, str]]:
    """(file, folder in the bundle) of the licence texts of every package that one of ``modules`` belongs to."""
    tops = {module.split(".")[0] for module in modules}
    owners = {owner for top, names in packages_distributions().items() if top in tops for owner in names}
    out: list[tuple[str, str]] = []
    interpreter = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if interpreter.is_file():  # some builds of Python keep it elsewhere
        out.append((str(interpreter.resolve()), "licences/Python"))
    for owner in sorted(owners - {"barefoot"}):
        found, folder = distribution(owner), f"licences/{owner}"
        for file in found.files or []:
            if _LICENCE_FILE.search(file.name) and file.suffix not in (".py", ".pyc") and "_vendor" not in file.parts:
                # several files of one name lie in folders of their own
                out.append((str(file.locate()), "/".join([folder, *_below_licences(file.parts)])))
        out += [(str(ROOT / text), folder) for text in _TEXTS.get(owner.lower().replace("_", "-"), ())]
    return out


def _below_licences(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[parts.index("licenses") + 1 : -1] if "licenses" in parts else ()


if __name__ == "__main__":
    sys.exit(main())
