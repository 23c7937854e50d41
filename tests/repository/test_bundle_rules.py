"""What the bundle refuses and what it leaves out."""

from __future__ import annotations

import pytest

from tests.repository.sources import ROOT
from tests.repository.test_documents import script

rules = script("bundle_rules")


@pytest.mark.parametrize(
    "name",
    ["torch", "torch.nn.modules", "transformers.models", "onnxruntime.transformers.optimizer", "http.client",
     "urllib.request", "_ssl", "PySide6.QtNetwork", "huggingface_hub.hf_api", "modelzoo.recipes.stages"],
)  # fmt: skip
def test_forbidden_modules_are_named(name: str) -> None:
    assert rules.forbidden_modules(["json", name, "http", "torchless", "modelzoo.reasoning"]) == [name]


def test_forbidden_libraries_are_named() -> None:
    names = ["PySide6/Qt/lib/libQt6Network.so.6", "libQt6Core.so.6", "libssl.so.3", "lib/libtorch_cpu.so", "libxslt.so"]
    refused = rules.forbidden_files([*names, "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so"])
    assert set(names) & set(refused) == {names[0], names[2], names[3]}
    assert len(refused) == 4


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("desktop/resources/i18n/barefoot_zh.qm", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("libQt6Network.so.6", False),
        ("libQt6Widgets.so.6", True),
        ("modelzoo/packs/assessment/encoder.onnx", True),
        ("numpy/__init__.pyi", False),
    ],
)
def test_what_is_taken_along(name: str, wanted: bool) -> None:
    assert rules.wanted(name) is wanted


def test_libraries_that_nothing_links_to_stay_behind() -> None:
    entries = [
        ("desktop_ext.so", "/e/desktop_ext.so", "EXTENSION"),
        ("libused.so.1", "/l/libused.so.1", "BINARY"),
        ("libgtk-3.so.0", "/l/libgtk-3.so.0", "BINARY"),
        ("libpython3.11.so.1.0", "/l/libpython3.11.so.1.0", "BINARY"),
        ("numpy.libs/libblas.so", "/l/libblas.so", "BINARY"),
        ("onnxruntime/capi/libonnxruntime_providers_shared.so", "/o/s.so", "BINARY"),
    ]
    links = {"/e/desktop_ext.so": ["libused.so.1", "libblas.so"], "/l/libgtk-3.so.0": ["libgtk-3.so.0"]}
    kept = rules.needed_libraries(entries, lambda path: links.get(path, []))
    assert kept == [name for name, _, _ in entries if name != "libgtk-3.so.0"]


def test_the_recipe_uses_the_rules_and_works_outside_build() -> None:
    recipe = (ROOT / "installer.spec").read_text(encoding="utf-8")
    assert "forbidden_modules([*modules, *native])" in recipe
    assert "raise SystemExit" in recipe
    assert "--workpath" in (ROOT / "build" / "bundle.py").read_text(encoding="utf-8")
