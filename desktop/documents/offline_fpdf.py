"""fpdf2 without its web client.

``fpdf.image_parsing`` imports http.client and urllib.request to fetch pictures from addresses, which no document of
ours has. This program must not be able to, so the library is given hollow modules in their place while it is imported.
"""

from __future__ import annotations

import http
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_CLASSES = {
    "http.client": ("HTTPConnection", "HTTPSConnection"),
    "urllib.request": (
        "HTTPHandler",
        "HTTPRedirectHandler",
        "HTTPSHandler",
        "ProxyHandler",
        "Request",
        "build_opener",
    ),
}


class _NoNetwork:
    """Stands for every class of a web client; using one is an error."""

    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError("documents fetch nothing")


@contextmanager
def _without_web_client() -> Iterator[None]:
    hollow = [name for name in _CLASSES if name not in sys.modules]
    for name in hollow:
        module = ModuleType(name)
        for member in _CLASSES[name]:
            # each its own class, since the library derives one class from two of them
            setattr(module, member, type(member, (_NoNetwork,), {}))
        sys.modules[name] = module
    if "http.client" in hollow:
        setattr(http, "client", sys.modules["http.client"])  # noqa: B010  mypy knows the real one
    try:
        yield
    finally:
        for name in hollow:
            del sys.modules[name]
        if "http.client" in hollow:
            delattr(http, "client")


with _without_web_client():
    from fpdf import FPDF
    from fpdf.enums import MethodReturnValue, WrapMode

__all__ = ["FPDF", "MethodReturnValue", "WrapMode"]
