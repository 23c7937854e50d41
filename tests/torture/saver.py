"""The child that saves encounters until it is killed, and reports each one after ``save_encounter`` returned.

Run by ``kill_saves.py``: ``python saver.py VAULT PASSPHRASE_FILE ROUND``. One line of JSON a report on standard output.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.encounter import Encounter, Prescription
from desktop.domain.patient import Patient
from desktop.vault import Vault


def report(**what: object) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")  # one write: a report is whole or not there


def main() -> None:
    path, passphrase_file, turn = sys.argv[1:4]
    source = random.Random(int(turn))
    with Vault.open(path, Path(passphrase_file).read_text()) as vault:
        patient = vault.save_patient(Patient(f"p{turn}", f"Patient {turn}"))
        report(patient=patient.id)
        number = 0
        while True:
            number += 1
            visit = Encounter(
                f"r{turn}-{number}",
                patient.id,
                datetime.now(UTC),
                text="word " * source.randrange(1, 4000),
                assessment={"differential": [{"id": f"c{i}", "probability": 0.1} for i in range(10)]},
                prescriptions=(Prescription("something"),),
            )
            vault.save_draft(visit)
            report(draft=visit.id)
            saved = vault.save_encounter(visit)
            report(id=saved.id, revision=saved.revision, words=len(saved.text))
            if source.random() < 0.3:
                saved = vault.save_encounter(replace(saved, plan="changed"))
                report(id=saved.id, revision=saved.revision, words=len(saved.text))


if __name__ == "__main__":
    main()
