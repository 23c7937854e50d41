"""The commands, run as a person runs them, against a real vault."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest

from desktop.cli import main
from desktop.vault import Vault
from desktop.vault.kdf import FLOOR

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def clinic(tmp_path: Path, visit: SimpleNamespace, run: Run) -> SimpleNamespace:
    vault, _ = Vault.create(tmp_path / "vault", "Li", "correct horse", cost=FLOOR)
    with vault:
        vault.save_patient(visit.patient())
        vault.save_encounter(visit.encounter())
    (tmp_path / "pass").write_text("correct horse\n")
    common = (tmp_path / "vault", "--passphrase-file", tmp_path / "pass")
    status, out, _ = run("identity", "create", *common, "--name", "Village clinic", "--json")
    assert status == 0
    return SimpleNamespace(common=common, card=json.loads(out))


def test_seal_inspect_open(clinic: SimpleNamespace, run: Run, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(str(key))
    case = tmp_path / "case.age"
    seal = ("casefile", "seal", *clinic.common, "--encounter", "e1", "--to", key.to_public(), "--output", case)
    status, out, err = run(*seal, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["recipients"] == 1
    status, out, err = run(*seal)
    assert (status, out) == (2, "")
    assert "already there" in err
    status, out, _ = run("casefile", "inspect", case, "--json")
    assert status == 0
    assert json.loads(out) | {"file": ""} == {
        "file": "", "sealed_with": "keys", "recipients": 1, "work_factor": None,
        "size_bytes": case.stat().st_size, "complete": True,
    }  # fmt: skip
    status, out, err = run(
        "casefile", "open", case, "--identity", tmp_path / "key", "--output", tmp_path / "o", "--json"
    )
    assert status == 0
    assert "nothing here proves whose it is" in err
    assert json.loads(out)["signing_key"] == clinic.card["signing_key"]
    assert (tmp_path / "o" / "summary.pdf").exists()
    opening = ("casefile", "open", case, "--identity", tmp_path / "key", "--output", tmp_path / "p")
    assert run(*opening, "--signer", "ab" * 32)[0] == 2
    assert not (tmp_path / "p").exists()
    assert run(*opening, "--signer", clinic.card["signing_key"])[2] == ""


def test_a_damaged_file_is_status_3_and_a_wrong_key_status_2(clinic: SimpleNamespace, run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.age"
    run("casefile", "seal", *clinic.common, "--encounter", "e1", "--to", clinic.card["recipient"], "--output", case)
    vault = ("--vault", clinic.common[0], *clinic.common[1:])
    changed = bytearray(case.read_bytes())
    changed[-5] ^= 1
    (tmp_path / "changed.age").write_bytes(changed)
    (tmp_path / "cut.age").write_bytes(changed[:4000])
    status, _, err = run("casefile", "open", tmp_path / "changed.age", *vault, "--output", tmp_path / "o")
    assert (status, "is damaged" in err) == (3, True)
    status, _, err = run("casefile", "open", tmp_path / "cut.age", *vault, "--output", tmp_path / "o")
    assert (status, "cut short" in err) == (3, True)
    (tmp_path / "other").write_text(str(pyrage.x25519.Identity.generate()))
    status, _, err = run("casefile", "open", case, "--identity", tmp_path / "other", "--output", tmp_path / "o")
    assert (status, "someone else" in err) == (2, True)
    assert not (tmp_path / "o").exists()
    status, out, _ = run("casefile", "open", case, *vault, "--output", tmp_path / "o", "--json")
    assert (status, json.loads(out)["signer"]) == (0, "own")
    with Vault.open(tmp_path / "vault", "correct horse") as opened:
        actions = [entry.action for entry in opened.audit()]
    assert actions.count("opened") == 1
    assert actions.count("sealed") == 1


def test_identity_and_contacts(clinic: SimpleNamespace, run: Run) -> None:
    status, out, _ = run("identity", "show", *clinic.common)
    assert status == 0
    assert clinic.card["recipient"] in out
    assert run("identity", "create", *clinic.common, "--name", "Again")[0] == 2
    recipient = pyrage.x25519.Identity.generate().to_public()
    add = ("contact", "add", *clinic.common, "--name", "Hospital", "--recipient", recipient)
    assert run(*add)[0] == 0
    status, _, err = run(*add)
    assert (status, "already" in err) == (2, True)
    assert json.loads(run("contact", "list", *clinic.common, "--json")[1])[0]["name"] == "Hospital"
    assert run("contact", "add", *clinic.common, "--name", "X", "--recipient", "age1zzz")[0] == 2


@pytest.mark.parametrize("choice", [(), ("--to", "age1x", "--passphrase")])
def test_unclear_choices_are_refused(
    clinic: SimpleNamespace, run: Run, tmp_path: Path, choice: tuple[str, ...]
) -> None:
    status, _, err = run("casefile", "seal", *clinic.common, "--encounter", "e1", *choice, "--output", tmp_path / "x")
    assert (status, err.count("\n")) == (2, 1)
    (tmp_path / "case").write_text("x")
    assert run("casefile", "open", tmp_path / "case", "--output", tmp_path / "o")[0] == 2


def test_no_prompt_where_nobody_sits(clinic: SimpleNamespace, run: Run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: False))
    seal = ("casefile", "seal", *clinic.common, "--encounter", "e1", "--passphrase", "--output", tmp_path / "x.age")
    status, _, err = run(*seal)
    assert (status, "nobody can be asked" in err) == (2, True)


def test_the_hidden_child_answers_one_request_and_is_not_advertised() -> None:
    command = [sys.executable, "-c", "import sys; from desktop.cli import main; sys.exit(main())"]
    root = Path(__file__).parents[2]
    request = b"O" + (5).to_bytes(8, "big") + b"words" + (3).to_bytes(8, "big") + b"abc"
    done = subprocess.run([*command, "passphrase-child"], input=request, capture_output=True, cwd=root, check=False)
    assert done.returncode == 0
    assert done.stdout[:1] == b"X"  # not an age file at all
    shown = subprocess.run([*command, "--help"], capture_output=True, cwd=root, check=True).stdout
    assert b"casefile" in shown
    assert b"passphrase-child" not in shown


def test_words_that_the_vault_cannot_keep_are_refused(clinic: SimpleNamespace, run: Run, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate().to_public()
    for note in ("half \udcff", "a\nb", "n" * 501):
        status, out, err = run("contact", "add", *clinic.common, "--name", "Li", "--recipient", key, "--note", note)
        assert (status, out, err.count("\n")) == (2, "", 1)
    seal = ("casefile", "seal", *clinic.common, "--to", key, "--output")
    for encounter in ("\udcff", "e 1", ""):
        status, out, err = run(*seal, tmp_path / "case.age", "--encounter", encounter)
        assert (status, out, err.count("\n")) == (2, "", 1)
    status, out, err = run(*seal, tmp_path / ("n" * 300), "--encounter", "e1")
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pass", "vault"]


def test_a_passphrase_file_that_would_be_ignored_is_refused(clinic: SimpleNamespace, run: Run, tmp_path: Path) -> None:
    key, out_file = pyrage.x25519.Identity.generate(), tmp_path / "case.age"
    (tmp_path / "key").write_text(str(key))
    seal = ("casefile", "seal", *clinic.common, "--encounter", "e1", "--to", key.to_public(), "--output", out_file)
    assert run(*seal, "--file-passphrase-file", tmp_path / "pass")[0] == 2
    assert not out_file.exists()
    assert run(*seal)[0] == 0
    unseal = ("casefile", "open", out_file, "--identity", tmp_path / "key", "--output", tmp_path / "out")
    status, _, err = run(*unseal, "--passphrase-file", tmp_path / "pass")
    assert (status, "--file-passphrase-file" in err) == (2, True)
    assert not (tmp_path / "out").exists()
