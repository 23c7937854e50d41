"""``barefoot vault …`` as another program calls it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import modelzoo
from desktop import cli
from tests.fake_engine import FakeEngine

PASSPHRASE = "correct horse battery"
CASES = (
    {"id": "c1", "text": "fever and cough, no chest pain", "age_years": 34, "sex": "female", "weight_kg": 52.0,
     "vitals": {"temperature_c": 38.9}, "tests": [{"name": "malaria_rdt", "result": "negative"}],
     "history": ["asthma"], "allergies": {"status": "known", "items": ["penicillin"]}},
    {"id": "c2", "text": "孩子咳嗽", "age_years": 0.25},
    {"id": "c3", "text": ""},
)  # fmt: skip


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    return file


@pytest.fixture
def run(passphrase_file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*words: object, status: int = 0, secret: bool = True) -> Any:
        more = ["--passphrase-file", str(passphrase_file), "--json"] if secret else []
        got = cli.main([*map(str, words), *more])
        out, err = capsys.readouterr()
        assert got == status, err
        if status == 2:
            assert out == ""
            assert err.startswith("barefoot: ")
            assert err.endswith(".\n")
            assert err.count("\n") == 1
            return err
        return json.loads(out)

    return call


@pytest.fixture
def vault(run: Any, tmp_path: Path) -> Path:
    run("vault", "create", tmp_path / "v", "--user", "Amina")
    return tmp_path / "v"


def test_create_prints_the_recovery_key_once(run: Any, tmp_path: Path) -> None:
    answer = run("vault", "create", tmp_path / "v", "--user", "Amina")
    assert answer["user"] == "Amina"
    assert len(answer["recovery_key"].split("-")) == 9
    assert "already" in run("vault", "create", tmp_path / "v", status=2)


def test_verify_finds_damage(run: Any, vault: Path) -> None:
    assert run("vault", "verify", vault)["ok"] is True
    content = bytearray((vault / "vault.db").read_bytes())
    content[len(content) - 2000] ^= 1
    (vault / "vault.db").write_bytes(content)
    answer = run("vault", "verify", vault, status=3)
    assert answer["ok"] is False
    assert answer["problems"]


def test_unusable_data_file_is_status_3(vault: Path, passphrase_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "vault.db").write_bytes(bytes(100))
    assert cli.main(["vault", "verify", str(vault), "--passphrase-file", str(passphrase_file)]) == 3
    assert "data file" in capsys.readouterr().err


def test_backup_and_restore(run: Any, vault: Path, tmp_path: Path) -> None:
    assert run("vault", "backup", vault, "--to", tmp_path / "b") == {"backup": str(tmp_path / "b")}
    assert run("vault", "restore", tmp_path / "r", "--from", tmp_path / "b")["ok"] is True
    assert run("vault", "verify", tmp_path / "r")["ok"] is True
    assert "already" in run("vault", "restore", vault, "--from", tmp_path / "b", status=2)


def test_import_and_list(run: Any, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modelzoo, "open_engine", FakeEngine)
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in CASES) + "\n\n", encoding="utf-8")
    saved = run("vault", "import", vault, "--input", file)
    assert [one["id"] for one in saved] == ["c1", "c2", "c3"]
    listed = run("vault", "list", vault)
    assert {row["id"] for row in listed} == {one["encounter_id"] for one in saved}
    assert {row["patient_id"] for row in listed} == {one["patient_id"] for one in saved}
    first = next(row for row in listed if row["id"] == saved[0]["encounter_id"])
    assert (first["first_diagnosis"], first["icd10"], first["diagnosis_by"]) == ("pneumonia", "J18.9", "program")
    assert set(first) == {"id", "patient_id", "time", "revision", "first_diagnosis", "icd10", "diagnosis_by"}
    assert "chest" not in json.dumps(listed)

    from desktop.vault import Vault

    with Vault.open(vault, PASSPHRASE) as opened:
        patient = opened.patient(saved[0]["patient_id"])
        visit = opened.encounter(saved[0]["encounter_id"])
        assert [item.name for item in patient.allergies.items] == ["penicillin"]
        assert [item.name for item in patient.problems.items] == ["asthma"]
        assert str(patient.medicines.status) == "not_asked"
        assert visit.text == CASES[0]["text"]
        assert visit.assessment is not None
        assert visit.assessment["provenance"]
        assert ("imported", "3") in [(entry.action, entry.detail) for entry in opened.audit(5)]


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("{", "Line 2: The line is not valid JSON"),
        ('{"id": "x", "text": "y", "age_years": 400}', "Line 2: Age 400"),
        ('{"id": "x", "text": "y", "tests": [{"name": "malaria_rdt", "result": "perhaps"}]}', "Line 2: Malaria"),
    ],
)
def test_bad_line_saves_nothing(run: Any, vault: Path, tmp_path: Path, line: str, because: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "text": "cough"}\n' + line)
    assert because in run("vault", "import", vault, "--input", file, status=2)
    assert run("vault", "list", vault) == []


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 5000, b"\xff\xfe\x00"])
def test_unusable_passphrase_file(run: Any, vault: Path, passphrase_file: Path, content: bytes) -> None:
    passphrase_file.write_bytes(content)
    run("vault", "list", vault, status=2)


def test_missing_things(run: Any, vault: Path, tmp_path: Path, passphrase_file: Path) -> None:
    assert "no vault" in run("vault", "list", tmp_path / "nothing", status=2)
    assert "another kind" in run("vault", "list", passphrase_file, status=2)
    assert "cannot be read" in run("vault", "import", vault, "--input", tmp_path / "nothing", status=2)
    passphrase_file.write_text("not the passphrase")
    assert "does not open" in run("vault", "verify", vault, status=2)


def test_nobody_to_ask(run: Any, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE))
    assert "--passphrase-file" in run("vault", "list", vault, status=2, secret=False)


def test_unforeseen_error_says_no_word_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from desktop import cli_vault

    def fail(*_: object) -> int:
        raise ValueError("the patient's own words")

    monkeypatch.setenv("BAREFOOT_HOME", str(tmp_path))
    monkeypatch.setattr(cli_vault, "run_list", fail)
    assert cli.main(["vault", "list", "x"]) == 1
    assert "words" not in capsys.readouterr().err
    log = (tmp_path / "log" / "barefoot.log").read_text()
    assert "fault ValueError@" in log
    assert "words" not in log


def test_help_loads_neither_engine_nor_store() -> None:
    code = (
        "import sys\nfrom desktop.cli import main\n"
        "try:\n    main(['vault', '--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'onnxruntime', 'numpy', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr


GOOD_LINE = '{"id": "a", "text": "cough"}'


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ('{"id": "x\\ny", "text": ""}', "Line 3: The id"),
        ('{"id": "x", "text": "", "history": [""]}', "Line 3: An entry of the problems"),
        (json.dumps({"id": "x", "text": "", "medicines": ["salt"] * 201}), "Line 3: The medicines hold more"),
        ('{"id": "x", "text": "", "allergies": {"status": "known", "items": []}}', "Line 3: The allergies"),
        ('{"id": "x", "text": "pain", "text": "fever"}', "Line 3: The line names a field twice"),
    ],
)
def test_a_patient_who_cannot_be_kept_stops_before_anything_is_saved(
    run: Any, vault: Path, tmp_path: Path, line: str, because: str
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{GOOD_LINE}\n\n{line}\n")
    assert because in run("vault", "import", vault, "--input", file, status=2)
    assert run("vault", "list", vault) == []


def test_an_import_that_fails_half_way_saves_nothing(
    run: Any, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.vault import Vault, visits
    from desktop.vault.errors import DiskFull

    save, seen = visits.save, []

    def full_at_the_second(*given: Any) -> Any:
        seen.append(given)
        if len(seen) == 2:
            raise DiskFull("The disk is full.")
        return save(*given)

    monkeypatch.setattr(modelzoo, "open_engine", FakeEngine)
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{GOOD_LINE}\r\n{GOOD_LINE}\r\n", encoding="utf-8-sig")
    with monkeypatch.context() as patch:
        patch.setattr(visits, "save", full_at_the_second)
        with pytest.raises(json.JSONDecodeError):
            run("vault", "import", vault, "--input", file, status=3)
    with Vault.open(vault, PASSPHRASE) as opened:
        assert opened.recent_patients() == []
        assert opened.verify().ok
    assert len(run("vault", "import", vault, "--input", file)) == 2


def test_a_wrong_passphrase_restores_nothing(run: Any, vault: Path, tmp_path: Path, passphrase_file: Path) -> None:
    run("vault", "backup", vault, "--to", tmp_path / "b")
    passphrase_file.write_text("not the passphrase")
    assert "nothing was restored" in run("vault", "restore", tmp_path / "r", "--from", tmp_path / "b", status=2)
    assert not (tmp_path / "r").exists()
    passphrase_file.write_text(PASSPHRASE)
    assert "restore it" in run("vault", "verify", tmp_path / "b", status=2)
    assert run("vault", "restore", tmp_path / "r", "--from", tmp_path / "b")["ok"] is True


def test_a_place_that_no_file_can_have(
    passphrase_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for action in ("create", "verify"):
        long = str(tmp_path / ("n" * 300))
        assert cli.main(["vault", action, long, "--passphrase-file", str(passphrase_file)]) == 3
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert "fault" not in said.err


@pytest.mark.parametrize("limit", ["0", "-1", "99999999999999999999", "many"])
def test_how_many_visits_to_list_is_a_possible_number(
    vault: Path, passphrase_file: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["vault", "list", str(vault), "--limit", limit, "--passphrase-file", str(passphrase_file)])
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_no_vault_without_a_recovery_key_that_was_shown(tmp_path: Path, passphrase_file: Path) -> None:
    command = [sys.executable, "-m", "desktop", "vault", "create", str(tmp_path / "v"), "--passphrase-file"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, str(passphrase_file)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "barefoot: The answer could not be written: No space left on device, so no vault was made.\n"
    assert not (tmp_path / "v").exists()


def test_two_who_create_the_same_vault(tmp_path: Path) -> None:
    from desktop.vault.errors import VaultExists
    from desktop.vault.opening import whole_folder

    building = whole_folder(tmp_path / "v")
    (building.__enter__() / "mine").touch()
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "theirs").touch()
    with pytest.raises(VaultExists):
        building.__exit__(None, None, None)
    assert [p.name for p in tmp_path.rglob("*")] == ["v", "theirs"]


def test_wrong_options_get_one_sentence_without_what_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["assess", "--text", "fever", "and", "secret"], ["assess", "--text", "x", "--sex", "secret 'person'"],
        ["assess", "--text", "x", "--age-years", "secret\nage"], ["secret"], ["assess"], ["vault"], ["--json"],
    ):  # fmt: skip
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert end.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith("barefoot: ")
        assert said.count("\n") == 1
        assert "secret" not in said
