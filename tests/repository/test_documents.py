"""Documents and settings agree with each other and with what is there."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import desktop
from tests.repository.sources import ROOT, repository_files

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^python3 build/develop\.py (\S+)", re.MULTILINE)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def script(name: str) -> ModuleType:
    """A script of ``build``, which is no package, as a module."""
    sys.path.insert(0, str(ROOT / "build"))
    try:
        spec = importlib.util.spec_from_file_location(f"build_{name}", ROOT / "build" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "build"))
    return module


def documents() -> list[Path]:
    """Documents written for this repository; a pack's card comes with the pack."""
    return [p for p in repository_files() if p.suffix == ".md" and "packs" not in p.parts]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


def test_the_readmes_commands_exist() -> None:
    commands = COMMAND.findall(README)
    assert commands[:2] == ["open", "test"]
    source = (ROOT / "build" / "develop.py").read_text(encoding="utf-8")
    for command in set(commands + COMMAND.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))):
        assert f'"{command}"' in source
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert set(COMMAND.findall(chinese)) >= {"open", "test"}


def test_the_readme_says_what_has_never_been_run_and_that_nobody_reviewed_it() -> None:
    first_screen = README[:2500]
    for word in ("Windows", "macOS", "GPU", "No clinician has reviewed", "not a registered medical device"):
        assert word in first_screen


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == desktop.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == desktop.__version__


def test_what_is_required_is_locked_and_the_lock_holds_hashes() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = settings["dependency-groups"]
    wanted = {
        "cpu": settings["project"]["dependencies"] + groups["cpu"],
        "cuda": settings["project"]["dependencies"] + groups["cuda"],
        "test": groups["test"],
        "bundle": groups["bundle"],
    }
    for name, requirements in wanted.items():
        lock = (ROOT / "build" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
        lines = {
            re.sub(r"[-_.]+", "-", line).lower() for line in re.findall(r"^([^\s=]+==[^\s;\\]+)", lock, re.MULTILINE)
        }
        for requirement in requirements:
            assert re.sub(r"[-_.]+", "-", requirement).lower() in lines, f"{requirement} is not in {name}.txt"
        assert "--hash=sha256:" in lock


def test_the_telemetry_free_runtime_is_pinned() -> None:
    """onnxruntime 1.29 and newer report home from native code."""
    for device in ("cpu", "cuda"):
        lock = (ROOT / "build" / "locks" / f"{device}.txt").read_text(encoding="utf-8")
        pinned = re.search(r"^onnxruntime(?:-gpu)?==1\.(\d+)\.", lock, re.MULTILINE)
        assert pinned is not None
        assert int(pinned[1]) < 29


def test_the_glossary_has_every_word_of_the_contract() -> None:
    glossary = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8").lower()
    words = (
        "assertion", "assessment", "band", "case", "case file", "condition", "coverage", "danger sign", "differential",
        "encounter", "evidence", "finding", "likelihood ratio", "manifest", "must not miss", "prior", "recovery key",
        "triage level", "vault",
    )  # fmt: skip
    assert [word for word in words if f"| {word} |" not in glossary] == []


def test_the_notices_are_what_the_installed_packages_say() -> None:
    """Rewrite them with ``python build/notices.py`` after a change of the lock or of the pack."""
    assert script("notices").notices() == (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
