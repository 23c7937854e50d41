"""What shipping code may import, and when: read from the source, then tried in a fresh process."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKSHOP = {"authoring", "corpora", "recipes", "export", "evaluate"}
NETWORK = {
    "socket", "ssl", "http", "urllib.request", "urllib.error", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib",
    "socketserver", "xmlrpc", "webbrowser", "asyncio", "requests", "urllib3", "httpx", "httpx2", "aiohttp",
    "huggingface_hub", "PySide6.QtNetwork", "PySide6.QtWebSockets",
}  # fmt: skip
HEAVY = {"torch", "transformers", "optimum", "onnx", "sklearn", "scipy", "pandas", "onnxruntime.transformers"}
# gives fpdf2 hollow modules in place of a web client, so it has to name the package that they live in
HOLLOW = {"desktop/documents/offline_fpdf.py": {"http"}}
BEFORE_BOOT = {"numpy", "onnxruntime", "tokenizers", "PySide6", "sqlcipher3", "sqlalchemy", "rapidfuzz"}


def shipping() -> list[Path]:
    """Source files of what ships."""
    files = [*(ROOT / "desktop").rglob("*.py"), *(ROOT / "modelzoo").rglob("*.py")]
    return [file for file in files if not WORKSHOP & set(file.relative_to(ROOT).parts)]


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that a source file names in an import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


def inside(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def test_shipping_code_imports_no_network_nothing_heavy_and_nothing_of_the_workshop() -> None:
    files = shipping()
    assert len(files) > 100
    workshop = {f"modelzoo.{name}" for name in WORKSHOP}
    found = []
    for file in files:
        name = file.relative_to(ROOT).as_posix()
        allowed = HOLLOW.get(name, set())
        for module in imports(ast.parse(file.read_text(encoding="utf-8"))):
            if inside(module, NETWORK | HEAVY | workshop) and module not in allowed:
                found.append(f"{name}: {module}")
    assert found == []


@pytest.mark.parametrize(
    "source",
    ["import socket", "from urllib import request", "def f():\n import http.client", "importlib.import_module('ssl')"],
)
def test_the_reading_would_notice_one(source: str) -> None:
    assert [module for module in imports(ast.parse(source)) if inside(module, NETWORK)]


def loaded_after(code: str) -> set[str]:
    """Top-level packages in ``sys.modules`` of a fresh process after ``code``."""
    report = "\nimport sys; print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
    command = [sys.executable, "-c", code + report]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stderr.split())


def third_party(modules: set[str]) -> set[str]:
    """Packages that are neither of the standard library nor ours nor the environment's own start-up."""
    bare = {name.split(".")[0] for name in loaded_after("pass")}
    return {name.split(".")[0] for name in modules} - bare - set(sys.stdlib_module_names) - {"modelzoo", "desktop"}


def test_import_modelzoo_loads_no_third_party_module() -> None:
    assert third_party(loaded_after("import modelzoo, modelzoo.contract.wire, modelzoo.runtime.boot")) == set()


def test_version_loads_nothing_heavy() -> None:
    code = "import desktop.cli\ntry: desktop.cli.main(['--version'])\nexcept SystemExit as e: assert e.code == 0"
    assert {name.split(".")[0] for name in loaded_after(code)} & BEFORE_BOOT == set()


def test_a_machine_is_refused_before_anything_heavy_is_imported() -> None:
    code = (
        "import modelzoo, modelzoo.runtime.boot as boot\n"
        "from modelzoo.contract.errors import ProcessorUnsupported\n"
        "boot.processor_has_avx = lambda: False\n"
        "try: modelzoo.open_engine()\nexcept ProcessorUnsupported: pass\nelse: raise SystemExit('not refused')\n"
        "import os; assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    )
    assert {name.split(".")[0] for name in loaded_after(code)} & BEFORE_BOOT == set()


def test_onnxruntime_is_imported_in_one_package_alone() -> None:
    users = {
        file.relative_to(ROOT).parts[:2]
        for file in shipping()
        for module in imports(ast.parse(file.read_text(encoding="utf-8")))
        if inside(module, {"onnxruntime", "tokenizers"})
    }
    assert users == {("modelzoo", "runtime")}
