"""What may stand in the bundle and what may not. Read by ``installer.spec``; tested in ``tests/repository``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

# Packages of the workshop, that PyInstaller would take along if they could be imported where the bundle is built
WORKSHOP = (
    "torch", "transformers", "optimum", "onnx", "sklearn", "scipy", "pandas", "matplotlib", "accelerate", "safetensors",
    "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.training",
    "modelzoo.authoring", "modelzoo.corpora", "modelzoo.recipes", "modelzoo.evaluate", "modelzoo.export",
)  # fmt: skip

# Everything that can speak to a network: with none of it inside, no library can do so from Python by mistake
WEB = (
    "requests", "urllib3", "httpx", "httpx2", "httpcore", "httpcore2", "h11", "huggingface_hub", "hf_xet", "fsspec",
    "anyio", "truststore", "aiohttp", "ssl", "_ssl", "http.client", "http.server", "http.cookiejar", "urllib.request",
    "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "nntplib", "socketserver", "xmlrpc", "webbrowser",
    "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
)  # fmt: skip

# Not needed, and large or confusing
UNUSED = (
    "tkinter", "_tkinter", "pydoc", "doctest", "lib2to3", "distutils", "setuptools", "pip", "pytest",
    "IPython", "fhir", "fhir_core", "pydantic", "pydantic_core", "numpy.f2py", "numpy.distutils", "tqdm", "click",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtPrintSupport", "PySide6.QtOpenGL",
    "sqlalchemy.testing", "alembic.testing", "yaml", "PIL._avif", "PIL._webp", "PIL._imagingtk", "PIL._imagingcms",
)  # fmt: skip

FORBIDDEN = WORKSHOP + WEB
EXCLUDED = FORBIDDEN + UNUSED

# Native libraries that would bring a network or a workshop back in below Python
_FORBIDDEN_FILES = re.compile(r"(lib)?(Qt6Network\b|torch|ssl\b|curl\b|hf_xet)|_ssl\.", re.IGNORECASE)

# Qt: what a window on X11 (or XWayland), Windows and macOS needs
_PLUGINS = re.compile(
    r"(platforms/(lib)?q(xcb|offscreen|windows|cocoa)|xcbglintegrations/|platforminputcontexts/lib(compose|ibus)"
    r"|platformthemes/libqxdg|iconengines/|imageformats/(lib)?qsvg|styles/)"
)
_QT_LIBRARIES = re.compile(r"(lib)?Qt6?(Core|Gui|Widgets|Svg|DBus|XcbQpa|OpenGL)\b")
_TRANSLATIONS = re.compile(r"qtbase_(en|zh_CN)\.qm$")


def forbidden_modules(names: Iterable[str]) -> list[str]:
    """Names among ``names`` that are, or lie inside, a forbidden package; sorted."""
    return sorted({n for n in names if any(n == f or n.startswith(f + ".") for f in FORBIDDEN)})


def forbidden_files(names: Iterable[str]) -> list[str]:
    """Names of native libraries that may not ship; sorted."""
    return sorted({n for n in names if _FORBIDDEN_FILES.match(Path(n).name)})


def wanted(name: str) -> bool:
    """Whether a file that PyInstaller found shall be in the bundle. ``name`` is its path inside the bundle."""
    path = name.replace("\\", "/")
    if "/plugins/" in path and "PySide6" in path:
        return _PLUGINS.search(path) is not None
    if path.endswith(".qm") and "PySide6" in path:
        return _TRANSLATIONS.search(path) is not None
    if "Qt6" in Path(path).name:  # also the links that stand beside the program
        return _QT_LIBRARIES.match(Path(path).name) is not None
    # the source of the knowledge and development files of packages
    return not path.endswith((".pyi", ".pxd", ".h", ".lib", ".a"))


def needed_libraries(entries: list[tuple[str, str, str]], imports_of: Callable[[str], Iterable[str]]) -> list[str]:
    """Names of the entries that something in the bundle links to, or that are no mere dependency.

    PyInstaller follows the links of every plugin that it finds; with a plugin left out, GTK and the like that came
    with it stay behind. ``entries`` are (path in the bundle, path on disk, kind); ``imports_of`` gives the file names
    that the library at a path on disk links to, at any depth.
    """
    mere = {name for name, _, _ in entries if _is_mere_library(name)}
    linked = {
        library
        for name, path, kind in entries
        if name not in mere and kind != "SYMLINK"
        for library in imports_of(path)
    }
    return [name for name, _, _ in entries if name not in mere or Path(name).name in linked]


def _is_mere_library(name: str) -> bool:
    """Whether a file is only there because another links to it: shared libraries of the system, of a wheel, of Qt."""
    folder, file = Path(name).parent, Path(name).name
    if file.startswith("libpython"):  # the bootloader opens it
        return False
    of_a_wheel = folder.name.endswith(".libs") or folder.as_posix() == "PySide6/Qt/lib"
    return (".so." in file and (folder == Path() or of_a_wheel)) or (of_a_wheel and file.endswith(".so"))
