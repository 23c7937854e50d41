"""What the vault costs on this machine: start-up, key derivation, saving under each journal, searching, bit flips.

python -m tests.benchmarks.vault_cost
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from desktop.vault import Vault
from desktop.vault.kdf import DEFAULT_COST, KdfCost, key_from_passphrase

PASSPHRASE = "correct horse battery"
KEY = "ab" * 32
STEPS = {
    "python alone": "pass",
    "sqlcipher3, argon2, cryptography": "import sqlcipher3, argon2.low_level\n"
    "from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305",
    "the same and SQLAlchemy Core": "import sqlcipher3, argon2.low_level, sqlalchemy\n"
    "from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305",
    "the same and Alembic": "import sqlcipher3, argon2.low_level, sqlalchemy\n"
    "from alembic.migration import MigrationContext\nfrom alembic.operations import Operations\n"
    "from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305",
    "import desktop.vault": "import desktop.vault",
    "import, unlock, schema check": "import sys\nfrom desktop.vault import Vault\nVault.open(sys.argv[1], sys.argv[2])",
}


def median_ms(work: Callable[[], object], times: int) -> float:
    """Return the median time of one call in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken)


def start_up(vault: Path) -> None:
    """Print the time of fresh processes."""
    for name, code in STEPS.items():
        command = [sys.executable, "-c", code, str(vault), PASSPHRASE]
        print(f"start-up  {name}: {median_ms(lambda c=command: subprocess.run(c, check=True), 7):.0f} ms")


def derivation() -> None:
    """Print the time of Argon2id at several costs."""
    for cost in (KdfCost(32 * 1024, 2, 1), DEFAULT_COST, KdfCost(64 * 1024, 3, 1), KdfCost(128 * 1024, 3, 4)):
        took = median_ms(lambda c=cost: key_from_passphrase(PASSPHRASE, bytes(16), c), 5)
        print(f"argon2id  {cost.memory_kib // 1024} MiB, t={cost.passes}, p={cost.lanes}: {took:.0f} ms")


def plain_connection(file: Path, journal: str, *, memory_security: bool = True) -> sqlcipher3.Connection:
    """Return a keyed connection with one journal mode."""
    connection = sqlcipher3.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA cipher_memory_security = {'ON' if memory_security else 'OFF'}").fetchall()
    connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, body TEXT)")
    return connection


def journals(folder: Path) -> None:
    """Print the time of a committed row of 20 kB under each journal, with and without memory security."""
    body = "x" * 20_000
    for journal in ("DELETE", "TRUNCATE", "PERSIST", "WAL", "WAL and checkpoint"):
        connection = plain_connection(folder / f"{journal}.db", journal.split()[0])

        def save(c: sqlcipher3.Connection = connection, checkpoint: bool = journal.endswith("checkpoint")) -> None:
            c.execute("INSERT INTO t (body) VALUES (?)", (body,))
            if checkpoint:
                c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        print(f"journal   {journal}: {median_ms(save, 60):.1f} ms a commit")
        connection.close()
    connection = plain_connection(folder / "off.db", "TRUNCATE", memory_security=False)
    took = median_ms(lambda: connection.execute("INSERT INTO t (body) VALUES (?)", (body,)), 60)
    print(f"journal   TRUNCATE without cipher_memory_security: {took:.1f} ms a commit")
    connection.close()


def bit_flips(folder: Path) -> None:
    """Print what one flipped bit does to 20 committed rows, in the log or in the main file, and who notices."""
    for journal in ("WAL", "TRUNCATE"):
        silent = noticed = worst = 0
        for turn in range(60):
            source, file = random.Random(turn), folder / f"flip-{journal}-{turn}.db"
            writer = (
                f"import sys; sys.argv = ['x']\nfrom tests.benchmarks.vault_cost import plain_connection\n"
                f"from pathlib import Path; import os\nc = plain_connection(Path({str(file)!r}), {journal!r})\n"
                "[c.execute('INSERT INTO t (body) VALUES (?)', ('x' * 6000,)) for _ in range(20)]\nos._exit(0)"
            )
            subprocess.run([sys.executable, "-c", writer], check=True)  # ends without closing, as a crash does
            target = file.with_name(f"{file.name}-wal") if journal == "WAL" else file
            content = bytearray(target.read_bytes())
            content[source.randrange(4096, len(content))] ^= 1 << source.randrange(8)
            target.write_bytes(content)
            try:
                connection = plain_connection(file, journal)
                bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
                bad += [r for r in connection.execute("PRAGMA integrity_check").fetchall() if r != ("ok",)]
                rows = connection.execute("SELECT count(*) FROM t").fetchone()[0] if not bad else 0
                connection.close()
            except sqlcipher3.Error:
                bad, rows = ["refused"], 0
            noticed += bool(bad)
            silent += not bad and rows < 20
            worst = max(worst, 20 - rows) if not bad else worst
        print(
            f"bit flip  {journal}: of 60, noticed {noticed}, rows lost in silence in {silent} (at most {worst} of 20)"
        )


def at_work(folder: Path) -> None:
    """Print the time of saving and searching in a vault with 10,000 patients."""
    vault, _ = Vault.create(folder / "big", "A", PASSPHRASE)
    source = random.Random(1)
    surnames, given = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
    words = ("Amina", "Okello", "Nakato", "Grace", "Peter", "Sarah", "John", "Achieng", "Musa", "Lin")
    with vault:
        with vault._transaction() as connection:  # one transaction, since only what comes after is measured
            from desktop.vault import people

            for number in range(10_000):
                name = (
                    source.choice(surnames) + "".join(source.choices(given, k=source.choice((1, 2))))
                    if number % 2
                    else " ".join(source.sample(words, 2)) + f" {number}"
                )
                people.save(connection, Patient(f"p{number}", name), "A", datetime.now(UTC))
        for query in ("王", "王小", "明", "amina", "ami nak", "9998"):
            took = median_ms(lambda q=query: vault.search_patients(q), 9)
            print(f"search    {query!r} among 10,000: {took:.1f} ms, {len(vault.search_patients(query))} shown")
        number = iter(range(1000))
        text, assessment = "word " * 200, {"differential": [{"id": f"c{i}", "probability": 0.05} for i in range(20)]}

        def save() -> None:
            i = next(number)
            vault.save_encounter(Encounter(f"e{i}", f"p{i}", datetime.now(UTC), text=text, assessment=assessment))

        print(f"save      one visit with read-back: {median_ms(save, 40):.1f} ms")
        draft = Encounter("d", "p1", datetime.now(UTC), text=text)
        print(f"save      one draft: {median_ms(lambda: vault.save_draft(draft), 40):.1f} ms")
        print(f"verify    {median_ms(vault.verify, 3):.0f} ms, {(vault.path / 'vault.db').stat().st_size / 1e6:.1f} MB")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Vault.create(folder / "small", "A", PASSPHRASE)[0].close()
        derivation()
        start_up(folder / "small")
        journals(folder)
        bit_flips(folder)
        at_work(folder)


if __name__ == "__main__":
    main()
