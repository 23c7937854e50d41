"""A short form of the torture, and proof that it would notice a loss."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.torture.kill_saves import PASSPHRASE, Tally, _check, run


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_no_saved_encounter_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    tally = run(tmp_path, rounds=3, seed=7, longest_s=0.4)
    assert tally.ok, tally
    assert tally.rounds == 3

    seen = Tally(reported={**tally.reported, ("never-saved", 1): 5})
    _check(tmp_path / "clinic.barefoot", seen, last_draft="no-such-draft")
    assert seen.lost == [("never-saved", 1)]
    assert seen.drafts_lost == 1
    assert not seen.ok
    assert PASSPHRASE.encode() not in (tmp_path / "clinic.barefoot" / "vault.db").read_bytes()
