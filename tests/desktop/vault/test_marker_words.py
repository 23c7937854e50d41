"""Words of a visit stand nowhere in plain: not in the vault's folder, its journal, logs, or temporary files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MARKERS = (
    "Zyxmarkername",
    "qwvmarkertext",
    "标记词语",
    "jkqmarkerplan",
    "vbnmarkerallergy",
    "tttmarkerdraft",
    "mmmmarkerquery",
)

CHILD = """
import os, signal, sys
from datetime import datetime, UTC
from dataclasses import replace
from desktop.domain.encounter import Encounter, Prescription, Diagnosis
from desktop.domain.patient import Patient, StatusList, ListedItem
from desktop.logs import catch_unforeseen, set_up_logs, log_fault
from desktop.paths import log_folder
from desktop.vault import Vault
from modelzoo.contract.case import ListStatus
m = sys.argv[3].split("|")
logger = set_up_logs(log_folder()); catch_unforeseen()
vault = Vault.open(sys.argv[1], open(sys.argv[2]).read())
patient = vault.save_patient(Patient("p1", m[0], allergies=StatusList(ListStatus.KNOWN, (ListedItem(m[4]),))))
visit = vault.save_encounter(Encounter("e1", "p1", datetime.now(UTC), text=m[1] + m[2], plan=m[3],
    prescriptions=(Prescription(m[4]),), diagnoses=(Diagnosis(m[1]),), assessment={"text": m[1]}))
vault.search_patients(m[6]); vault.search_patients(m[2])
vault.save_draft(replace(visit, text=m[5] * 1000))
logger.info("saved %s %d", m[1], 3)
logger.info("text %s", visit)
try:
    vault.save_encounter(replace(visit, vitals={m[1]: 3}))
except Exception as error:
    log_fault(error); logger.exception("while saving %s", m[2])
try:
    raise ValueError(m[1])
except ValueError as error:
    log_fault(error)
with vault._transaction() as connection:  # leave a hot journal: many changed pages, not committed
    connection.exec_driver_sql("PRAGMA cache_size = 5")
    for number in range(200):
        connection.exec_driver_sql("INSERT INTO settings VALUES (?, ?)", (m[0] + str(number), m[1] * 500))
    connection.exec_driver_sql("UPDATE drafts SET body = ?", (m[5] * 5000,))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def found_in(folder: Path) -> list[str]:
    hits = []
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for marker in MARKERS:
                if any(marker.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "gb18030")):
                    hits.append(f"{file.name}: {marker}")
    return hits


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_no_marker_word_is_written_in_plain(clinic: Any, tmp_path: Path) -> None:
    passphrase_file = tmp_path.parent / f"{tmp_path.name}-passphrase"
    passphrase_file.write_text(clinic.passphrase)
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("XDG_")},
        "HOME": str(tmp_path / "home"),
        "BAREFOOT_HOME": str(tmp_path / "home" / "barefoot"),
        "TMPDIR": str(tmp_path / "tmp"),
        "SQLITE_TMPDIR": str(tmp_path / "tmp"),
    }
    command = [sys.executable, "-c", CHILD, clinic.path, passphrase_file, "|".join(MARKERS)]
    done = subprocess.run(command, env=environment, capture_output=True, cwd=Path(__file__).parents[3])
    (tmp_path / "stderr").write_bytes(done.stderr)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (clinic.path / "vault.db-journal").stat().st_size > 4096
    log = (tmp_path / "home" / "barefoot" / "log" / "barefoot.log").read_text()
    assert "saved <str> 3" in log
    assert "fault BadInput[INP-013]@" in log
    assert found_in(tmp_path) == []
    with clinic.open() as vault:
        assert vault.encounter("e1").text.startswith(MARKERS[1])
        assert vault.drafts()[0].text.startswith(MARKERS[5])
        assert vault.verify().ok
    assert found_in(tmp_path) == []
    (tmp_path / "plain").write_text(MARKERS[2], encoding="gb18030")
    assert found_in(tmp_path) == [f"plain: {MARKERS[2]}"]
