"""A whole visit without a window, as a person runs it, in one process or through a bundle.

    python -m tests.torture.visit FOLDER [--idle SECONDS] [--program PATH] [--crash]

Everything that a person brings along (cases, passphrases, keys) and takes away (the sealed and the opened file) lies
in ``FOLDER/person``; what the program writes of its own accord belongs below ``BAREFOOT_HOME``, ``HOME`` and
``TMPDIR``. Prints one line of JSON: exit statuses by step, and which web clients were loaded (in one process alone).
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage

NAME, TEXT, CHINESE, LISTED = "Zyxmarkername", "qwvmarkertext", "标记词语甲", "vbnmarkerallergy"
DIAGNOSIS, PLAN, DRAFT, CRASH = "jkqmarkerdiagnosis", "hhymarkerplan", "tttmarkerdraft", "crsmarkercrash"
MARKERS = (NAME, TEXT, CHINESE, LISTED, DIAGNOSIS, PLAN, DRAFT, CRASH)

WEB_CLIENTS = ("requests", "urllib3", "httpx", "httpx2", "http.client", "urllib.request", "huggingface_hub", "aiohttp")

CASES = (
    {
        "id": NAME,
        "text": f"3 days of fever and cough, {TEXT}, no chest pain. 咳黄痰，{CHINESE}。",
        "age_years": 34,
        "sex": "female",
        "vitals": {"temperature_c": 38.9, "respiratory_rate": 24},
        "history": [LISTED],
        "medicines": [LISTED],
        "allergies": {"status": "known", "items": [LISTED]},
    },
    {"id": "second", "text": "头痛两天，没有发热", "age_years": 60},
)

# runs the words of a command; returns exit status, standard output and standard error
Call = Callable[..., tuple[int, str, str]]


def call_here(*words: object) -> tuple[int, str, str]:
    """Run one command in this process."""
    from desktop.cli import main

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:  # argparse's own
            status = int(ended.code or 0)
    return status, out.getvalue(), err.getvalue()


def call_program(program: Path) -> Call:
    """Run commands through a bundle's program."""

    def call(*words: object) -> tuple[int, str, str]:
        command = [str(program), *(str(word) for word in words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    return call


def visit(folder: Path, call: Call) -> dict[str, int]:
    """Run the visit; exit statuses by step, in order. Raises RuntimeError where a step prints a marker word to stderr."""
    person = folder / "person"
    person.mkdir(parents=True)
    key = pyrage.x25519.Identity.generate()
    _bring(person, str(key))
    vault, case, locked = person.parent / "own" / "clinic.barefoot", person / "visit.age", person / "locked.age"
    common = (vault, "--passphrase-file", person / "passphrase")
    statuses: dict[str, int] = {}

    def step(name: str, *words: object) -> str:
        status, out, err = call(*words)
        statuses[name] = status
        if any(marker in err for marker in MARKERS):
            raise RuntimeError(f"{name} shows words of the patient")
        return out

    step("version", "--version")
    step("self-check", "self-check", "--json")
    step("create", "vault", "create", *common, "--json")
    step("assess", "assess", "--json", "--text", CASES[0]["text"], "--age-years", 34)
    step("wrong passphrase", "vault", "list", vault, "--passphrase-file", person / "wrong")
    imported = json.loads(step("import", "vault", "import", *common, "--input", person / "cases.jsonl", "--json"))
    encounter = imported[0]["encounter_id"]
    step("bad cases", "vault", "import", *common, "--input", person / "bad.jsonl")
    if call is call_here:
        deepen(vault, encounter)
        statuses["crash"] = crash()
    step("list", "vault", "list", *common, "--json")
    step("identity", "identity", "create", *common, "--name", "Village clinic")
    step("contact", "contact", "add", *common, "--name", "Hospital", "--recipient", key.to_public())
    seal = ("casefile", "seal", *common, "--encounter", encounter)
    step("seal", *seal, "--to", key.to_public(), "--output", case)
    with_words = ("--passphrase", "--file-passphrase-file", person / "passphrase")
    step("seal with a passphrase", *seal, *with_words, "--output", locked)
    step("inspect", "casefile", "inspect", case, "--json")
    step("open", "casefile", "open", case, "--identity", person / "key", "--output", person / "opened")
    step("backup", "vault", "backup", *common, "--to", vault.parent / "backup")
    step("verify", "vault", "verify", *common)
    return statuses


def _bring(person: Path, key: str) -> None:
    (person / "passphrase").write_text("correct horse battery\n", encoding="utf-8")
    (person / "wrong").write_text("quite another one\n", encoding="utf-8")
    (person / "key").write_text(key, encoding="utf-8")
    lines = [json.dumps(case, ensure_ascii=False) for case in CASES]
    (person / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    bad = {**CASES[0], "age_years": 900}
    (person / "bad.jsonl").write_text(json.dumps(bad, ensure_ascii=False), encoding="utf-8")


def deepen(vault: Path, encounter_id: str) -> None:
    """What only the window does so far: the clinician's own diagnosis and plan, a draft, a search."""
    from desktop.domain.encounter import Diagnosis
    from desktop.vault import Vault

    passphrase = (vault.parent.parent / "person" / "passphrase").read_text().strip()
    with Vault.open(vault, passphrase) as opened:
        visit_ = opened.encounter(encounter_id)
        opened.save_encounter(replace(visit_, diagnoses=(Diagnosis(DIAGNOSIS),), plan=PLAN))
        opened.save_draft(replace(visit_, id="draft", text=DRAFT * 200))
        opened.search_patients(NAME)


def crash() -> int:
    """Let the program meet a fault that quotes what was typed, and let a thread die of the same."""
    import modelzoo
    from desktop.logs import catch_unforeseen

    def broken(*_: object, **__: object) -> Any:
        raise ValueError(CRASH)

    catch_unforeseen()
    kept, modelzoo.open_engine = modelzoo.open_engine, broken  # type: ignore[assignment]
    try:
        status, _, err = call_here("assess", "--text", CRASH)
    finally:
        modelzoo.open_engine = kept
    if CRASH in err:
        raise RuntimeError("the crash shows words of the patient")
    try:
        broken()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    return status


def unexpected(statuses: Mapping[str, int]) -> dict[str, int]:
    """Steps that did not end as they should."""
    expected = {"wrong passphrase": 2, "bad cases": 2, "crash": 1}
    return {name: status for name, status in statuses.items() if status != expected.get(name, 0)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", type=float, default=0.0, help="seconds to stay up afterwards, with the model loaded")
    parser.add_argument("--program", type=Path, help="run the commands through this program instead")
    options = parser.parse_args()
    statuses = visit(options.folder, call_program(options.program) if options.program else call_here)
    time.sleep(options.idle)
    loaded = [name for name in (*WEB_CLIENTS, "PySide6.QtNetwork") if name in sys.modules]
    print(json.dumps({"statuses": statuses, "web_clients": loaded, "idle_s": options.idle}))
    return 1 if unexpected(statuses) or loaded else 0


if __name__ == "__main__":
    sys.exit(main())
