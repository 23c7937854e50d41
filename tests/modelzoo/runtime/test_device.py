"""Threads that fit the machine, and a device that is only named after it has run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnxruntime
import pytest

from modelzoo.contract.errors import ArtefactCorrupt, BadInput
from modelzoo.runtime import device


def test_threads_fit_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(device.THREADS_VARIABLE, raising=False)
    for cores, expected in ((1, 1), (2, 2), (4, 4), (16, 4)):
        monkeypatch.setattr(device, "physical_cores", lambda cores=cores: cores)
        assert device.fitted_threads() == expected


@pytest.mark.parametrize(("asked", "expected"), [("1", 1), ("8", 8), ("64", 64)])
def test_threads_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, asked: str, expected: int) -> None:
    monkeypatch.setenv(device.THREADS_VARIABLE, asked)
    assert device.fitted_threads() == expected


@pytest.mark.parametrize("asked", ["", "0", "-1", "65", "two", "1.5", "٣", "9" * 5000])
def test_wrong_number_of_threads_is_refused(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv(device.THREADS_VARIABLE, asked)
    with pytest.raises(BadInput) as caught:
        device.fitted_threads()
    assert device.THREADS_VARIABLE in caught.value.message
    assert "1 to 64" in caught.value.message


def test_cores_are_counted() -> None:
    assert device.physical_cores() >= 1


def test_file_that_is_no_model_is_damaged(tmp_path: Path) -> None:
    model = tmp_path / "encoder.onnx"
    model.write_bytes(b"no model at all")
    with pytest.raises(ArtefactCorrupt):
        device.open_session(model)


class FakeSession:
    """Stands where a graphics card would be needed. ``works`` says whether its first run succeeds."""

    def __init__(self, providers: list[str], works: bool) -> None:
        self.providers = providers
        self.works = works

    def get_providers(self) -> list[str]:
        return self.providers

    def run(self, names: object, feeds: object) -> list[Any]:
        if not self.works:
            raise RuntimeError("no kernel image is available")
        return []


@pytest.mark.parametrize(
    ("works", "granted", "name", "because"),
    [
        (True, "CUDAExecutionProvider", "cuda", "ran on the graphics card"),
        (False, "CUDAExecutionProvider", "cpu", "a trial run failed (RuntimeError)"),
        (True, "CPUExecutionProvider", "cpu", "no usable graphics card"),
    ],
    ids=["runs", "fails_at_first_run", "not_granted"],
)
def test_cuda_is_used_only_after_it_ran(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, works: bool, granted: str, name: str, because: str
) -> None:
    monkeypatch.setattr(
        onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )

    def session(model: Path, providers: list[str], threads: int) -> FakeSession:
        on_card = providers[0] == "CUDAExecutionProvider"
        return FakeSession([granted if on_card else providers[0]], works or not on_card)

    monkeypatch.setattr(device, "_session", session)
    opened, chosen = device.open_session(tmp_path / "encoder.onnx")
    assert chosen.name == name
    assert because in chosen.because
    assert (opened.get_providers()[0] == "CUDAExecutionProvider") is (name == "cuda")
