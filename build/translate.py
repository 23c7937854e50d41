"""Collects every marked sentence into the Chinese catalogue and compiles it.

    python build/translate.py            update desktop/resources/i18n/barefoot_zh.ts, then compile the .qm
    python build/translate.py --check    only say which sentences lack a translation (exit status 1)

The marked sentences are read from the syntax tree, so a sentence may be split over lines of source.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "desktop" / "resources" / "i18n" / "barefoot_zh.ts"
COMPILED = CATALOGUE.with_suffix(".qm")


def marked_sentences(root: Path = ROOT / "desktop") -> dict[tuple[str, str], str]:
    """Return (context, sentence) -> where it stands. Raises ValueError for a mark that is no plain literal."""
    found: dict[tuple[str, str], str] = {}
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translatable":
                where = f"{file.relative_to(root.parent).as_posix()}:{node.lineno}"
                words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if len(words) != 2 or len(node.args) != 2:
                    raise ValueError(f"{where}: only plain literals can be translated")
                found.setdefault((words[0], words[1]), where)
    return found


def translations(file: Path = CATALOGUE) -> dict[tuple[str, str], str]:
    """Return (context, sentence) -> translation of a catalogue."""
    if not file.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in ET.parse(file).getroot().iter("context")  # noqa: S314  our own file
        for message in context.iter("message")
    }


def write_catalogue(wanted: dict[tuple[str, str], str], known: dict[tuple[str, str], str]) -> None:
    """Write the catalogue in order, with what was translated before."""
    root = ET.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for context, source in sorted(wanted):
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = known.get((context, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    CATALOGUE.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def main() -> int:
    """Update or check; returns 1 when a translation is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    wanted, known = marked_sentences(), translations()
    missing = [key for key in sorted(wanted) if not known.get(key)]
    if not check:
        write_catalogue(wanted, known)
        release = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(release), str(CATALOGUE), "-qm", str(COMPILED)], check=True, stdout=subprocess.DEVNULL)
    for context, source in missing:
        print(f"{wanted[context, source]}: [{context}] {source}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
