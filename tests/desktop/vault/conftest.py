"""A small vault to work on, made once and copied for each test; a clock that only moves when told to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.vault import Vault
from desktop.vault.kdf import KdfCost

PASSPHRASE = "correct horse battery"
QUICK = KdfCost(32 * 1024, 2, 1)


@dataclass
class FakeClock:
    """Time that stands still; calling it returns the time."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Clinic:
    """A closed vault on disk with what opens it."""

    path: Path
    recovery_key: str
    clock: FakeClock
    passphrase: str = PASSPHRASE

    def open(self) -> Vault:
        return Vault.open(self.path, self.passphrase, clock=self.clock)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("template") / "clinic.barefoot"
    vault, recovery_key = Vault.create(path, "Amina", PASSPHRASE, clock=FakeClock(), cost=QUICK)
    vault.close()
    return path, recovery_key


@pytest.fixture
def clinic(template: tuple[Path, str], tmp_path: Path, clock: FakeClock) -> Clinic:
    path = tmp_path / "clinic.barefoot"
    shutil.copytree(template[0], path)
    return Clinic(path, template[1], clock)


@pytest.fixture
def vault(clinic: Clinic) -> Iterator[Vault]:
    with clinic.open() as opened:
        yield opened
