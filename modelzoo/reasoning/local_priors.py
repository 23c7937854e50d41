"""What a clinic's own diagnoses say of how often each condition is met there: bounded, and for the list alone.

The share of a condition among ``counts`` is weighed against the share that its prevalence leads to expect, with so many
made-up visits on the side of the latter (``strength``) that a few entries move little, and never by more than
``most``. Triage and what must not be missed are worked out without it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from modelzoo.reasoning.tables import Floats, Tables


def local_weights(tables: Tables, counts: Mapping[str, int]) -> Floats | None:
    """Natural-log weight of each condition; None where too little was confirmed to learn from.

    ``counts``: confirmed diagnoses by condition; ids that the knowledge lacks are left out.
    """
    numbers = tables.knowledge.numbers["local"]
    seen = np.array([float(max(0, counts.get(condition, 0))) for condition in tables.conditions])
    total = seen.sum()
    if total < numbers["least"]:
        return None
    prevalence = np.array([tables.knowledge.conditions[c].prevalence for c in tables.conditions])
    expected = numbers["strength"] * np.maximum(prevalence, 1e-9) / prevalence.sum()
    ratio = (seen + expected) / expected * numbers["strength"] / (total + numbers["strength"])
    weight: Floats = np.clip(np.log(ratio), -numbers["most"], numbers["most"])
    return weight
