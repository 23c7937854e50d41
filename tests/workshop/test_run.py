"""A run that is stopped goes on as if it never had been; two processes give what one gives."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))

from small_run import train

from modelzoo.recipes.run import Stopped

ROOT = Path(__file__).parents[2]


def test_a_stopped_run_resumes_where_it_was(tmp_path: Path) -> None:
    straight = train(tmp_path / "a", 8, 8)
    with pytest.raises(Stopped, match="stopped after 3 of 8 steps"):
        train(tmp_path / "b", 3, 8)
    assert torch.equal(train(tmp_path / "b", 8, 8), straight)
    lines = (tmp_path / "b" / "small.log").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["step"] for line in lines] == [2, 4, 6, 8]


def test_a_checkpoint_of_other_settings_is_refused(tmp_path: Path) -> None:
    train(tmp_path, 4, 4)
    with pytest.raises(ValueError, match="belongs to a run with other settings; move it away"):
        train(tmp_path, 5, 5)


def test_two_processes_agree_with_one(tmp_path: Path) -> None:
    def weights(*command: str) -> list[float]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        answer = subprocess.run(
            [sys.executable, *command], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
        )
        found = re.search(r"^weights (.*)$", answer.stdout, re.MULTILINE)
        assert found, answer.stderr
        return [float(value) for value in found[1].split()]

    script = "tests/workshop/small_run.py"
    launch = ["-m", "accelerate.commands.launch", "--cpu", "--num_processes", "2", "--num_machines", "1",
              "--mixed_precision", "no", "--dynamo_backend", "no"]  # fmt: skip
    alone = weights(script, str(tmp_path / "one"))
    together = weights(*launch, script, str(tmp_path / "two"))
    assert together == pytest.approx(alone, abs=2e-3)
    assert max(abs(value) for value in alone) > 0.1
