"""Every change of the schema, in order; a released one is never edited."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from desktop.vault.migrations import m0001_first

Step = Callable[[Operations], None]

STEPS: tuple[Step, ...] = (m0001_first.upgrade,)
