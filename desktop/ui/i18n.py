"""English and Chinese, switched while the program runs: the catalogue, and the language in use."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from desktop.resources.translatable import Text

LANGUAGES = {"en": "English", "zh": "简体中文"}
CATALOGUE = Path(__file__).parent.parent / "resources" / "i18n"
PSEUDO_VARIABLE = "BAREFOOT_PSEUDO_TRANSLATION"


def translated(text: Text) -> str:
    """Return the sentence in the language in use, its places filled.

    With ``BAREFOOT_PSEUDO_TRANSLATION`` set, every sentence comes 40 % longer and in brackets, which shows labels that
    are cut off and strings that nobody marked.
    """
    words = QCoreApplication.translate(text.context, text.source)
    if os.environ.get(PSEUDO_VARIABLE):
        words = f"⟦{words}{'~' * (len(words) * 2 // 5)}⟧"
    if not text.values:
        return words
    return words.format(**{k: translated(v) if isinstance(v, Text) else v for k, v in text.values.items()})


class Language(QObject):
    """The language of the screens; Qt tells every widget of a change through ``LanguageChange`` events."""

    changed = Signal(str)

    def __init__(self, code: str | None = None) -> None:
        super().__init__()
        self._translators: list[QTranslator] = []
        self.code = ""
        self.use(code if code in LANGUAGES else system_language())

    def use(self, code: str) -> None:
        """Switch to ``en`` or ``zh``. Raises KeyError for another code."""
        if code == self.code:
            return
        LANGUAGES[code]
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("the language needs a running application")
        for translator in self._translators:
            app.removeTranslator(translator)
        self._translators.clear()
        self.code = code
        QLocale.setDefault(QLocale(QLocale.Language.Chinese if code == "zh" else QLocale.Language.English))
        for folder, name in ((_qt_catalogues(), "qtbase_zh_CN"), (CATALOGUE, "barefoot_zh")):
            if code == "zh":
                translator = QTranslator(self)
                # Qt's own words (Undo, Copy) may be missing from a slim bundle; ours are checked by a test.
                if translator.load(name, str(folder)):
                    app.installTranslator(translator)
                    self._translators.append(translator)
        self.changed.emit(code)


def system_language() -> str:
    """Return ``zh`` where the system speaks Chinese, else ``en``."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def _qt_catalogues() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
