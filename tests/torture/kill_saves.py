"""Kill a process at random moments while it saves encounters; no encounter that it called saved may be lost.

    python -m tests.torture.kill_saves --rounds 50

The child reports an encounter only after ``save_encounter`` has returned. After each kill the vault is opened, every
report is looked up, and the store verified. (SIGKILL leaves the page cache alone, so this says nothing about a power
cut; what stands against that is ``synchronous=FULL`` with a rollback journal, see docs/VAULT.md.)
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from desktop.vault import Vault
from desktop.vault.kdf import KdfCost

PASSPHRASE = "kill me at random"
SAVER = Path(__file__).with_name("saver.py")
ROOT = Path(__file__).parents[2]


@dataclass
class Tally:
    """What happened over all rounds."""

    rounds: int = 0
    killed_in_the_middle: int = 0
    reported: dict[tuple[str, int], int] = field(default_factory=dict)
    lost: list[tuple[str, int]] = field(default_factory=list)
    drafts_lost: int = 0
    extra: int = 0
    problems: list[str] = field(default_factory=list)
    slowest_open_s: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.lost and not self.problems and not self.drafts_lost and bool(self.reported)


def run(folder: Path, rounds: int, seed: int, longest_s: float = 1.5) -> Tally:
    """Run the rounds in one vault that grows; returns the tally."""
    source = random.Random(seed)
    path, passphrase_file = folder / "clinic.barefoot", folder / "passphrase"
    passphrase_file.write_text(PASSPHRASE)
    vault, _ = Vault.create(path, "Torture", PASSPHRASE, cost=KdfCost(32 * 1024, 2, 1))
    vault.close()
    tally = Tally()
    for turn in range(rounds):
        reports = _kill_one(path, passphrase_file, turn, source.uniform(0.0, longest_s))
        tally.rounds += 1
        last_draft = None
        for report in reports:
            if "revision" in report:
                tally.reported[report["id"], report["revision"]] = report["words"]
                last_draft = None
            elif "draft" in report:
                last_draft = report["draft"]
        hot = path / "vault.db-journal"
        tally.killed_in_the_middle += hot.exists() and hot.stat().st_size > 0
        _check(path, tally, last_draft)
    return tally


def _kill_one(path: Path, passphrase_file: Path, turn: int, after_s: float) -> list[dict[str, object]]:
    command = [sys.executable, str(SAVER), str(path), str(passphrase_file), str(turn)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        first = child.stdout.readline()  # the vault is open and the saving begins
        time.sleep(after_s)
        child.kill()
        rest = child.stdout.read()
    if not first:
        raise RuntimeError(f"the saver ended by itself with status {child.returncode}")
    return [json.loads(line) for line in (first + rest).splitlines()]


def _check(path: Path, tally: Tally, last_draft: str | None) -> None:
    start = time.perf_counter()
    with Vault.open(path, PASSPHRASE) as vault:
        tally.slowest_open_s = max(tally.slowest_open_s, time.perf_counter() - start)
        report = vault.verify()
        tally.problems += report.problems
        kept = {
            (visit.id, visit.revision): len(visit.text)
            for newest in vault.encounters(1_000_000)
            for visit in vault.encounter_revisions(newest.id)
        }
        tally.lost = [key for key, words in tally.reported.items() if kept.get(key) != words]
        tally.extra = len(kept.keys() - tally.reported.keys())
        saved_ids = {encounter_id for encounter_id, _ in kept}
        drafts = {draft.id for draft in vault.drafts()}
        if last_draft is not None and last_draft not in drafts | saved_ids:
            tally.drafts_lost += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        tally = run(Path(folder), options.rounds, options.seed)
        size = (Path(folder) / "clinic.barefoot" / "vault.db").stat().st_size
    print(f"rounds {tally.rounds}, of which {tally.killed_in_the_middle} left a half-written transaction to roll back")
    print(f"revisions reported saved {len(tally.reported)}, lost {len(tally.lost)}, drafts lost {tally.drafts_lost}")
    print(f"saved but killed before the report {tally.extra}; verify found {len(tally.problems)} problems")
    print(
        f"vault {size / 1e6:.1f} MB; slowest opening {tally.slowest_open_s:.2f} s; {time.perf_counter() - start:.0f} s"
    )
    return 0 if tally.ok else 1


if __name__ == "__main__":
    sys.exit(main())
