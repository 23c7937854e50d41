"""Watch a whole visit and the idle minutes after it from outside: no internet socket, no file in a foreign folder.

    python -m tests.torture.silence [--idle 120] [--program dist/Barefoot/barefoot] [-- COMMAND …]

Runs under strace with a fresh HOME and without ``CI`` (some libraries keep quiet where that is set). An audit hook or
a look at ``sys.modules`` cannot see native code; the kernel's own account can. ``COMMAND`` replaces the visit, for
instance by one that drives the window; ``{folder}`` in it stands for the fresh folder.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
INTERNET = frozenset({"AF_INET", "AF_INET6", "AF_PACKET"})
WATCHED = "trace=network,open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat,truncate"
# devices and the process's own account of itself are no files
_NO_FILE = re.compile(
    r"(/dev/(null|tty|zero|u?random|dri/\S*|pts/\d+)|/proc/(self|\d+)/.*|(pipe|socket|anon_inode):.*|/memfd:.*)$"
)
_WRITES = re.compile(r"\b(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND)\b")
_OPENED = re.compile(r"\b(?:open|openat|openat2|creat)\((.*)\)\s+= \d+<(.*?)>(?:\(deleted\))?$")
_CALL = re.compile(
    r"\b(rename|renameat|renameat2|link|linkat|symlink|symlinkat|mkdir|mkdirat|mknod|mknodat|truncate)\((.*)\)\s+= 0$"
)
_STRING = re.compile(r'(?:<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_FAMILY = re.compile(r"\bsocket(?:pair)?\((AF_\w+)")
_ADDRESS = re.compile(r"\b(?:connect|sendto|sendmsg|bind)\(.*?sa_family=(AF_\w+)")


@dataclass
class Record:
    """What strace saw. ``written`` are files outside the allowed folders; ``inside`` counts those within."""

    sockets: Counter[str] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)
    outside: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    calls: int = 0
    status: int = 0

    @property
    def internet(self) -> int:
        """Calls that have to do with the internet."""
        return sum(count for family, count in (self.sockets + self.addresses).items() if family in INTERNET)

    @property
    def ok(self) -> bool:
        """Whether the program was silent and kept to its folders, and did run at all."""
        return not self.internet and not self.outside and bool(self.inside) and self.status == 0


def watch(command: list[str], folder: Path, *, quiet: bool = False) -> Record:
    """Run ``command`` under strace as a fresh user who lives in ``folder``; nothing outside it may be written."""
    for name in ("home", "tmp", "own"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    dropped = ("CI", "XDG_", "PYTHON", "GITHUB_", "ORT_", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    environment |= {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "BAREFOOT_HOME": str(folder / "own"),
        "PYTHONDONTWRITEBYTECODE": "1",  # an installed program's folder is not writable either
    }
    trace = folder.parent / f"{folder.name}.strace"
    strace = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", WATCHED, "-e", "signal=none", "-o", str(trace)]
    done = subprocess.run(
        [*strace, *command], env=environment, cwd=ROOT, check=False, stdout=subprocess.DEVNULL if quiet else None
    )
    with trace.open(encoding="utf-8", errors="replace") as lines:
        record = read_trace(joined(lines), folder)
    record.status = done.returncode
    return record


def joined(lines: object) -> list[str]:
    """Calls of one trace, those that strace cut in two because another thread spoke put together again."""
    open_calls: dict[str, str] = {}
    out = []
    for line in lines:  # type: ignore[attr-defined]
        pid, _, rest = line.rstrip("\n").partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            open_calls[pid] = rest.removesuffix("<unfinished ...>").rstrip()
        elif resumed := re.match(r"<\.\.\. \w+ resumed>", rest):
            out.append(open_calls.pop(pid, "") + rest[resumed.end() :])
        else:
            out.append(rest)
    return out + list(open_calls.values())


def read_trace(calls: list[str], folder: Path) -> Record:
    """Sort the calls of a trace; ``folder`` holds all that may be written."""
    record = Record(calls=len(calls))
    for call in calls:
        if family := _FAMILY.search(call):
            record.sockets[family[1]] += 1
        if address := _ADDRESS.search(call):
            record.addresses[address[1]] += 1
        for path in written(call):
            if not _NO_FILE.match(path):
                (record.inside if Path(path).is_relative_to(folder) else record.outside).add(path)
    return record


def written(call: str) -> list[str]:
    """Paths that one call creates or may write to; empty where it failed or only reads."""
    if opened := _OPENED.search(call):
        return [opened[2]] if _WRITES.search(opened[1]) or call.startswith("creat(") else []
    if changed := _CALL.search(call):
        return [str(Path(at or ROOT) / path) for at, path in _STRING.findall(changed[2])]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=float, default=120.0, help="seconds to watch after the visit")
    parser.add_argument("--program", type=Path, help="a bundle's program to watch instead of this clone")
    parser.add_argument("command", nargs="*", help="another command to watch; {folder} is the fresh folder")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="barefoot-silence-") as made:
        folder = Path(made).resolve() / "user"
        folder.mkdir()
        command = [word.replace("{folder}", str(folder)) for word in options.command]
        if not command:
            command = [sys.executable, "-m", "tests.torture.visit", str(folder), "--idle", str(options.idle)]
            command += ["--program", str(options.program.resolve())] if options.program else []
        record = watch(command, folder)
    families = ", ".join(f"{family} {count}" for family, count in sorted(record.sockets.items())) or "none"
    print(f"{record.calls} calls seen; exit status {record.status}; sockets by family: {families}")
    print(f"internet socket calls {record.internet}; files in its own folders {len(record.inside)}")
    print(f"files written elsewhere {len(record.outside)}" + "".join(f"\n  {path}" for path in sorted(record.outside)))
    return 0 if record.ok else 1


if __name__ == "__main__":
    sys.exit(main())
