"""A short form of the silence check, and proof that it would notice a socket and a stray file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.torture.silence import joined, read_trace, watch, written

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def test_a_whole_visit_opens_no_internet_socket_and_writes_only_in_its_own_folders(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "user"
    record = watch([sys.executable, "-m", "tests.torture.visit", str(folder)], folder, quiet=True)
    assert record.status == 0
    assert record.internet == 0, record
    assert record.outside == set()
    written_here = {Path(path).name for path in record.inside}
    assert {"vault.db", "key.json", "barefoot.log", "visit.age"} <= written_here


def test_the_window_is_as_silent(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "user"
    record = watch([sys.executable, "-m", "tests.torture.window_visit", "--visits", "1"], folder, quiet=True)
    assert record.status == 0
    assert record.internet == 0, record
    assert record.outside == set()


def test_a_socket_and_a_stray_file_are_noticed(tmp_path: Path) -> None:
    stray = tmp_path.resolve() / "stray"
    code = (
        "import socket, os, threading\n"
        "def work():\n"
        "    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s: s.connect(('127.0.0.1', 9))\n"
        f"t = threading.Thread(target=work); t.start(); open({str(stray)!r}, 'w').close(); t.join()\n"
        f"os.mkdir({str(stray)!r} + '-folder'); os.rename({str(stray)!r}, {str(stray)!r} + '-moved')\n"
    )
    record = watch([sys.executable, "-c", code], tmp_path.resolve() / "user", quiet=True)
    assert record.status == 0
    assert record.sockets["AF_INET"] == 1
    assert record.internet >= 2
    assert record.outside == {str(stray), f"{stray}-folder", f"{stray}-moved"}
    assert not record.ok


def test_traces_are_read_as_strace_writes_them() -> None:
    folder = Path("/clinic/user")
    lines = [
        '12 openat(AT_FDCWD</clinic/user>, "a", O_WRONLY|O_CREAT|O_CLOEXEC, 0666 <unfinished ...>',
        "13 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3<socket:[1]>",
        "12 <... openat resumed>) = 3</clinic/user/a>",
        '13 openat(AT_FDCWD</clinic/user>, "/etc/hosts", O_RDONLY) = 4</etc/hosts>',
        '13 openat(AT_FDCWD</clinic/user>, "/etc/none", O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission denied)',
        '13 openat(AT_FDCWD</clinic/user>, "/dev/null", O_RDWR) = 5</dev/null<char 1:3>>',
        '13 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 6<UDPv6:[2]>',
        '13 connect(6<UDPv6:[2]>, {sa_family=AF_INET6, sin6_port=htons(53)}, 28) = 0',
    ]  # fmt: skip
    record = read_trace(joined(lines), folder)
    assert record.inside == {"/clinic/user/a"}
    assert {path for path in record.outside if not path.startswith("/dev/null")} == set()
    assert record.sockets == {"AF_UNIX": 1, "AF_INET6": 1}
    assert record.internet == 2
    assert written('renameat2(AT_FDCWD</a>, "b", AT_FDCWD</a>, "/c/d", 0) = 0') == ["/a/b", "/c/d"]
    assert written('rename("/a/b", "/a/c") = -1 ENOENT (No such file or directory)') == []
