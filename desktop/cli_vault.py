"""``barefoot vault …``: the encrypted store without a window."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.answer import AnswerLost, give_answer, require_output
from desktop.secret_input import read_passphrase

if TYPE_CHECKING:
    from desktop.services.corrections import Correction
    from desktop.vault import Vault

MOST_VISITS = 1_000_000


def register(subparsers: Any) -> None:
    """Add ``vault`` and its actions to the program's parser."""
    vault = subparsers.add_parser("vault", help="the encrypted store")
    actions = vault.add_subparsers(metavar="action", required=True)
    create = _action(actions, "create", run_create, "make a vault and print its recovery key once")
    create.add_argument("--user", default="Clinician", help="name of the first user")
    _action(actions, "verify", run_verify, "check every page, record and the audit trail")
    backup = _action(actions, "backup", run_backup, "write a checked copy to a new folder")
    backup.add_argument("--to", type=Path, required=True, help="the new folder")
    restore = _action(actions, "restore", run_restore, "bring a backup back as a new vault at PATH and check it")
    restore.add_argument("--from", dest="source", type=Path, required=True, help="the backup's folder")
    fill = _action(actions, "import", run_import, "each case becomes a patient and an assessed, saved encounter")
    fill.add_argument("--input", type=Path, required=True, help="file with one JSON case a line")
    fill.add_argument("--language", choices=("en", "zh"), default="en", help="language of the saved assessments")
    learn = _action(actions, "corrections", run_corrections, "seal what clinicians corrected in how texts were read")
    learn.add_argument("--to", action="append", required=True, metavar="age1…", help="key to seal for; may be repeated")
    learn.add_argument("--output", type=Path, required=True, metavar="FILE", help="the sealed file to write")
    taught = _action(actions, "learning", run_learning, "what the clinic's own diagnoses teach: show, switch, forget")
    switch = taught.add_mutually_exclusive_group()
    for name, line in (("on", "let them move the list"), ("off", "leave the list alone"), ("forget", "begin anew")):
        switch.add_argument(f"--{name}", action="store_true", help=line)
    _action(actions, "monitor", run_monitor, "how the program fares in this clinic, month by month")
    show = _action(actions, "list", run_list, "encounters, newest first, without free text")
    show.add_argument("--limit", type=_limit, default=1000, help="how many, from 1 to 1,000,000")


def run_create(options: argparse.Namespace) -> int:
    """Create a vault."""
    from desktop.vault import Vault

    require_output()
    passphrase = read_passphrase(options.passphrase_file, "New passphrase: ", twice=True)
    vault, recovery_key = Vault.create(options.path, options.user, passphrase)
    with vault:
        answer = {"path": str(vault.path), "user": vault.user.name, "recovery_key": recovery_key}
    text = (
        f"Vault {answer['path']} made for {answer['user']}.\n\nRecovery key (shown once; write it down and keep it "
        f"away from this computer):\n\n    {recovery_key}\n"
    )
    try:
        return _print(options, answer, text)
    except AnswerLost as error:
        shutil.rmtree(vault.path)  # nobody has its recovery key, and nothing is in it yet
        raise AnswerLost(f"{error.message.removesuffix('.')}, so no vault was made.") from error


def run_verify(options: argparse.Namespace) -> int:
    """Check a vault; exit status 3 when something is wrong with it."""
    with _opened(options) as vault:
        report = vault.verify()
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in report.counts.items())
    text = "\n".join(["The vault is sound." if report.ok else "The vault is damaged.", *report.problems, counts])
    _print(options, report.to_mapping(), text)
    return 0 if report.ok else 3


def run_backup(options: argparse.Namespace) -> int:
    """Back a vault up."""
    with _opened(options) as vault:
        made = vault.backup(options.to)
    return _print(options, {"backup": str(made)}, f"Backup written to {made} and read back.")


def run_restore(options: argparse.Namespace) -> int:
    """Restore a backup, open it and check it."""
    from desktop.vault import Vault

    passphrase = read_passphrase(options.passphrase_file)
    Vault.prove_backup(options.source, passphrase)
    Vault.restore(options.source, options.path)
    with Vault.open(options.path, passphrase) as vault:
        vault.record("restored")
        report = vault.verify()
    text = (
        f"Restored to {options.path} and checked." if report.ok else f"Restored to {options.path}, but it is damaged."
    )
    _print(options, {"path": str(options.path), **report.to_mapping()}, "\n".join([text, *report.problems]))
    return 0 if report.ok else 3


def run_import(options: argparse.Namespace) -> int:
    """Turn a file of cases into patients and assessed, saved encounters; a bad line stops before anything is saved."""
    from desktop.services.intake import import_cases, read_cases
    from modelzoo import open_engine

    cases = read_cases(options.input)
    with _opened(options) as vault:
        saved = import_cases(vault, open_engine(), cases, options.language)
    text = "\n".join(f"{one['id']}  patient {one['patient_id']}  encounter {one['encounter_id']}" for one in saved)
    return _print(options, saved, text)


def run_corrections(options: argparse.Namespace) -> int:
    """Show every corrected sentence with its masks; seal those that a person says yes to."""
    from desktop.casefile.sealing import check_recipients, seal_for_recipients
    from desktop.casefile.unpacking import refuse_taken, write_sealed
    from desktop.services.corrections import corrections_of
    from modelzoo import open_engine

    check_recipients(options.to)  # before anybody reads a hundred sentences
    refuse_taken(options.output, overwrite=False)
    kept: list[Correction] = []
    with _opened(options) as vault:
        engine = open_engine()
        for visit in vault.encounters(MOST_VISITS):
            if visit.text and visit.observations:
                read = engine.understand(visit.text)
                found = corrections_of(visit, vault.patient(visit.patient_id), read)
                kept += [correction for correction in found if _keeps(correction)]
        lines = "".join(f"{correction.passage(str(number))}\n" for number, correction in enumerate(kept))
        if kept:
            write_sealed(options.output, seal_for_recipients(lines.encode(), options.to))
            vault.record("exported", detail=f"corrections {len(kept)}")
    text = (
        f"{len(kept)} sentences sealed in {options.output}." if kept else "No sentence was kept; nothing was written."
    )
    return _print(options, {"sentences": len(kept), "output": str(options.output) if kept else None}, text)


def _keeps(correction: Correction) -> bool:
    """Ask on the terminal; anything but a plain yes leaves the sentence out."""
    print(f"\n{correction.text.strip()}", file=sys.stderr)
    for start, end, finding, claim in correction.said:
        print(f"    {correction.text[start:end]}: {finding} {claim or 'not meant'}", file=sys.stderr)
    print("Does nothing here tell who is meant, and may it leave? Type yes to keep it: ", end="", file=sys.stderr)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"


def run_learning(options: argparse.Namespace) -> int:
    """Show what was learnt, after switching it on or off or forgetting it."""
    from desktop.services.local_learning import LocalLearning
    from desktop.vault.opening import utc_now

    with _opened(options) as vault:
        learning = LocalLearning(vault, utc_now)
        if options.on or options.off:
            learning.switch(on=options.on)
        elif options.forget:
            learning.forget()
        on, learnt = learning.is_on, learning.learnt()
    lines = [f"{count:>6}  {name}" for name, count in sorted(learnt.items(), key=lambda item: (-item[1], item[0]))]
    state = "on: it moves the order of the list, never the urgency" if on else "off"
    return _print(
        options,
        {"on": on, "diagnosed": learnt},
        "\n".join([f"Learning is {state}.", "patients diagnosed with", *lines]),
    )


def run_monitor(options: argparse.Namespace) -> int:
    """Rates of what lay outside, of alarms and of overridden lists, by month."""
    from dataclasses import asdict
    from datetime import UTC, datetime

    from desktop.services.monitor import months

    with _opened(options) as vault:
        found = list(months(vault.tallies(datetime(1970, 1, 1, tzinfo=UTC))))
    lines = [f"{'month':<8}{'visits':>8}{'assessed':>10}{'outside':>9}{'alarms':>8}{'judged':>8}{'overridden':>12}"]
    lines += [
        f"{m.name:<8}{m.visits:>8}{m.assessed:>10}{m.outside:>9}{m.alarms:>8}{m.judged:>8}{m.overridden:>12}"
        for m in found
    ]
    return _print(options, [asdict(month) for month in found], "\n".join(lines))


def run_list(options: argparse.Namespace) -> int:
    """List encounters: identifiers, time and first diagnosis."""
    from desktop.services.intake import first_diagnosis

    with _opened(options) as vault:
        rows = [
            {
                "id": visit.id,
                "patient_id": visit.patient_id,
                "time": visit.started_at.isoformat(timespec="seconds"),
                "revision": visit.revision,
                **first_diagnosis(visit),
            }
            for visit in vault.encounters(options.limit)
        ]
    text = "\n".join(f"{r['time']}  {r['id']}  {r['patient_id']}  {r['first_diagnosis'] or '-'}" for r in rows)
    return _print(options, rows, text or "The vault holds no encounter yet.")


def _action(actions: Any, name: str, handler: Any, line: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=line, description=line)
    parser.add_argument("path", type=Path, metavar="PATH", help="the vault's folder")
    parser.add_argument("--passphrase-file", type=Path, help="file whose first line is the passphrase")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(handler=handler)
    return parser


def _limit(typed: str) -> int:
    number = int(typed)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must lie between 1 and 1,000,000")
    return number


def _opened(options: argparse.Namespace) -> Vault:
    from desktop.vault import Vault
    from desktop.vault.opening import recognise

    recognise(options.path)  # before anybody is asked for a passphrase
    return Vault.open(options.path, read_passphrase(options.passphrase_file))


def _print(options: argparse.Namespace, answer: object, text: str) -> int:
    return give_answer(answer, text, as_json=options.json)
