"""The audit hook: no Python code of the program reaches a network, whatever library it belongs to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# a process of its own each time, since a hook stays for good
START = (
    "from desktop.silence import refuse_internet_sockets, InternetRefused\nrefuse_internet_sockets()\nimport socket\n"
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_internet_sockets_and_names_are_refused(attempt: str) -> None:
    done = run(f"{START}try:\n    {attempt}\nexcept InternetRefused:\n    raise SystemExit(7)")
    assert done.returncode == 7, done.stderr


@pytest.mark.skipif(not hasattr(__import__("socket"), "AF_UNIX"), reason="no local sockets here")
def test_local_sockets_stay_allowed() -> None:
    done = run(f"{START}a, b = socket.socketpair(socket.AF_UNIX)\na.send(b'x')\nassert b.recv(1) == b'x'")
    assert done.returncode == 0, done.stderr


def test_without_the_hook_the_socket_opens() -> None:
    assert run("import socket; socket.socket().close()").returncode == 0


@pytest.mark.parametrize("entry", ["desktop.cli", "desktop.casefile.passphrase_child"])
def test_every_entry_point_refuses_first(entry: str) -> None:
    code = (
        f"import {entry} as entry, desktop.silence\n"
        "class Refused(BaseException): pass\n"
        "def hook(): raise Refused\n"
        "entry.refuse_internet_sockets = hook\n"
        "try: entry.main()\nexcept Refused: raise SystemExit(7)"
    )
    assert run(code).returncode == 7
