"""Every marked sentence has Chinese words, with the same places, and the compiled catalogue holds them."""

from __future__ import annotations

import ast
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from desktop.resources.translatable import translatable
from desktop.ui.i18n import Language, translated

ROOT = Path(__file__).parent.parent.parent
PLACE = re.compile(r"\{(\w+)\}")
# the same in both languages: numbers, marks and a code that nobody translates
SAME = {
    "ICD-10",
    "–",
    "?",
    "+ {count}",
    "{count} × {name}",
    "{percent} %",
    "{who} · {allergies}",
    "+ {finding}",
    "? {finding}",
    "– {finding}",
}


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    spec = spec_from_file_location("translate", ROOT / "build" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sentence_is_translated_with_its_places(catalogue: ModuleType) -> None:
    wanted, known = catalogue.marked_sentences(), catalogue.translations()
    assert len(wanted) > 300
    for key, where in wanted.items():
        chinese = known.get(key, "")
        assert chinese, f"{where}: {key}"
        assert sorted(PLACE.findall(chinese)) == sorted(PLACE.findall(key[1])), f"{where}: {key}"
        assert chinese != key[1] or key[1] in SAME, f"{where}: {key} is not translated"


def test_nothing_is_translated_that_nobody_says(catalogue: ModuleType) -> None:
    assert set(catalogue.translations()) == set(catalogue.marked_sentences())


def test_the_compiled_catalogue_is_that_of_its_source(qapp: QApplication, catalogue: ModuleType) -> None:
    translator = QTranslator()
    assert translator.load(str(catalogue.COMPILED))
    for (context, source), chinese in catalogue.translations().items():
        assert translator.translate(context, source) == chinese


def test_a_sentence_that_is_no_literal_is_refused(catalogue: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "desktop"
    folder.mkdir()
    (folder / "said.py").write_text('x = translatable("errors", f"{name} is gone")\n', encoding="utf-8")
    with pytest.raises(ValueError, match="plain literals"):
        catalogue.marked_sentences(folder)


def test_no_widget_is_given_a_literal_to_show() -> None:
    """Words reach a widget through the catalogue; what is left are marks, keys and the program's name."""
    setters = {"setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "addItem", "addAction"}
    unmarked = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.args[0].value}"
        for file in (ROOT / "desktop" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in setters
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and node.args[0].value not in ("", "Barefoot")
    ]
    assert unmarked == []


def test_switching_back_and_forth(qapp: QApplication) -> None:
    language = Language("en")
    text = translatable("words", "Present")
    assert translated(text) == "Present"
    language.use("zh")
    assert translated(text) == "有"
    language.use("en")
    assert translated(text) == "Present"
    with pytest.raises(KeyError):
        language.use("xx")
