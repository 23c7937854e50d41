"""Refuses internet sockets, host names included, to all Python code of this process.

Native code does not pass here; ``tests/torture/silence.py`` watches that through strace.
"""

from __future__ import annotations

import sys

# AF_UNIX has this number wherever it exists: a window may talk to its own desktop through it, and to nobody else
_LOCAL_FAMILY = 1
_NAME_EVENTS = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sethostname"}
)
_installed = False


class InternetRefused(RuntimeError):
    """Some code tried to reach a network. A fault of the program, never of the person at the keyboard."""


def refuse_internet_sockets() -> None:
    """From now on and for good, raise InternetRefused where Python code opens a socket that is not local."""
    global _installed
    if not _installed:
        sys.addaudithook(_refuse)
        _installed = True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    # called for every import and file that is opened, so the quick question comes first
    if not event.startswith("socket."):
        return
    # socket.__new__: (socket, family, type, protocol); family -1 means "internet" to Python
    if event in _NAME_EVENTS or (event == "socket.__new__" and arguments[1] != _LOCAL_FAMILY):
        raise InternetRefused(f"Barefoot opens no connection ({event}).")
