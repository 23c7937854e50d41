"""What the bundle costs, and that it runs without a network and on older processors.

    python tests/benchmarks/bundle_cost.py [dist/Barefoot] [--visits 10] [--starts 5]

Needs Linux; ``xvfb-run`` and ``xdotool`` for the window, ``unshare`` and ``qemu-x86_64`` for the rest. What is missing
is named and not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOWN_WITHIN_S = 60
COMPLAINTS = (
    "3 days of fever and cough with yellow phlegm, breathing fast, no chest pain",
    "孩子2岁，发热三天，咳嗽，没有抽搐",
    "headache since this morning, no fever, vomited twice",
    "腹痛两天，右下腹明显，恶心，食欲差",
    "burning when passing urine, going often, no back pain",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path, nargs="?", default=ROOT / "dist" / "Barefoot")
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    program = options.bundle.resolve() / "barefoot"
    files = [f for f in program.parent.rglob("*") if f.is_file() and not f.is_symlink()]
    print(f"size {sum(f.stat().st_size for f in files) / 1e6:.0f} MB in {len(files)} files")
    with fresh_user() as environment:
        assess = ["assess", "--json", "--text", COMPLAINTS[0]]
        for name, words in (("version", ["--version"]), ("assess", assess), ("self-check", ["self-check", "--json"])):
            times = [run([str(program), *words], environment)[1] for _ in range(options.starts)]
            print(f"{name}: {statistics.median(times):.2f} s (median of {len(times)} starts, slowest {max(times):.2f})")
        print(f"memory: {visits(program, environment, options.visits)}")
        print(f"without a network: {offline(program, environment)}")
        for processor in ("Haswell", "Nehalem"):
            print(f"as a {processor}: {emulated(program, environment, processor)}")
        print(f"window: {window(program, environment, options.starts)}")
    return 0


@contextmanager
def fresh_user() -> Iterator[dict[str, str]]:
    """Environment of somebody who never ran the program."""
    dropped = ("CI", "PYTHON", "VIRTUAL_ENV", "XDG_", "QT_", "LD_LIBRARY")
    with tempfile.TemporaryDirectory(prefix="barefoot-cost-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        yield {**kept, "HOME": home, "BAREFOOT_HOME": f"{home}/barefoot"}


def run(command: list[str], environment: dict[str, str]) -> tuple[subprocess.CompletedProcess[str], float, int]:
    """The finished process, its time in seconds and its largest resident memory in bytes."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=environment["HOME"]
    ) as child:
        out, err = child.stdout.read(), child.stderr.read()  # type: ignore[union-attr]
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    return subprocess.CompletedProcess(command, child.returncode, out, err), took, usage.ru_maxrss * 1024


def visits(program: Path, environment: dict[str, str], count: int) -> str:
    """Largest memory of a process that assesses and saves ``count`` visits, beside that of one visit."""
    home = Path(environment["HOME"])
    (home / "passphrase").write_text("correct horse battery\n", encoding="utf-8")
    peaks = []
    for number in (1, count):
        vault, cases = home / f"vault-{number}", home / f"cases-{number}.jsonl"
        lines = [
            json.dumps({"id": f"c{i}", "text": COMPLAINTS[i % len(COMPLAINTS)], "age_years": 30}, ensure_ascii=False)
            for i in range(number)
        ]
        cases.write_text("\n".join(lines), encoding="utf-8")
        common = [str(vault), "--passphrase-file", str(home / "passphrase")]
        for words in (["vault", "create", *common], ["vault", "import", *common, "--input", str(cases)]):
            done, _, peak = run([str(program), *words], environment)
            if done.returncode:
                return f"not measured, {words[1]} ended with {done.returncode}: {done.stderr.strip()}"
        peaks.append(peak)
    return f"{peaks[1] / 1e6:.0f} MB at most after {count} saved visits, {peaks[0] / 1e6:.0f} MB after one"


def offline(program: Path, environment: dict[str, str]) -> str:
    """The self-check in a network namespace that holds nothing."""
    if shutil.which("unshare") is None:
        return "not tried, unshare is missing"
    return verdict(run(["unshare", "-rn", str(program), "self-check", "--json"], environment)[0])


def emulated(program: Path, environment: dict[str, str], processor: str) -> str:
    """The self-check as an older processor would run it."""
    if shutil.which("qemu-x86_64") is None:
        return "not tried, qemu-x86_64 is missing"
    inside = str(program.parent / "_internal")
    # the program starts itself a second time to set these, and that start would leave the emulator
    started = {
        "LD_LIBRARY_PATH": inside,
        "_PYI_ARCHIVE_FILE": str(program),
        "_PYI_APPLICATION_HOME_DIR": inside,
        "_PYI_PARENT_PROCESS_LEVEL": "0",
    }
    return verdict(
        run(["qemu-x86_64", "-cpu", processor, str(program), "self-check", "--json"], environment | started)[0]
    )


def verdict(done: subprocess.CompletedProcess[str]) -> str:
    """Exit status and the lines of a self-check that are not well."""
    try:
        bad = [line["message"] for line in json.loads(done.stdout) if not line["ok"]]
    except ValueError:
        return f"exit status {done.returncode}, no answer: {done.stderr.strip()[-300:]}"
    return f"exit status {done.returncode}; " + (" ".join(bad) or "every line is good")


def window(program: Path, environment: dict[str, str], starts: int) -> str:
    """Seconds from the start to the first shown window, and the resident memory five seconds later."""
    if missing := [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]:
        return f"not measured, {' and '.join(missing)} missing"
    shown, resident = [], 0
    ready, said = os.pipe()
    command = ["Xvfb", "-displayfd", str(said), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=[said]) as server:
        os.close(said)
        try:
            with os.fdopen(ready) as number:  # the server writes it once it can be used
                display = f":{number.readline().strip()}"
            for _ in range(starts):
                took, resident = one_window(program, environment | {"DISPLAY": display})
                shown.append(took)
        except subprocess.TimeoutExpired:
            return f"no window was shown within {SHOWN_WITHIN_S} s"
        finally:
            server.send_signal(signal.SIGTERM)
    return (
        f"{statistics.median(shown):.2f} s from start to shown (median of {starts}, first {shown[0]:.2f}); "
        f"{resident / 1e6:.0f} MB resident five seconds later"
    )


def one_window(program: Path, environment: dict[str, str]) -> tuple[float, int]:
    """One start: seconds to the first visible window of the process, resident bytes afterwards."""
    start = time.perf_counter()
    with subprocess.Popen([str(program)], env=environment, cwd=environment["HOME"]) as child:
        try:
            # xdotool's own --sync looks twice a second, which is too coarse
            search = ["xdotool", "search", "--onlyvisible", "--pid", str(child.pid)]
            while subprocess.run(search, env=environment, check=False, capture_output=True).returncode:
                if time.perf_counter() - start > SHOWN_WITHIN_S:
                    raise subprocess.TimeoutExpired(search, SHOWN_WITHIN_S)
                time.sleep(0.04)  # each look is a process that takes time from the program
            took = time.perf_counter() - start
            time.sleep(5)
            pages = int(Path(f"/proc/{child.pid}/statm").read_text(encoding="ascii").split()[1])
        finally:
            child.terminate()
    return took, pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main())
