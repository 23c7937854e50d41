"""The engine over the shipped pack, opened once."""

from __future__ import annotations

import pytest

import modelzoo
from modelzoo.contract.engine import Engine
from modelzoo.knowledge.model import Knowledge
from modelzoo.knowledge.reader import read_knowledge


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The real engine; opening it verifies every file of the pack."""
    return modelzoo.open_engine()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped knowledge."""
    return read_knowledge((modelzoo.PACK / "knowledge.json").read_bytes())
