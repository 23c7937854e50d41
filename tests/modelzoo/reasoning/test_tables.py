"""What the grades of the records become in the arrays of the reasoning."""

from __future__ import annotations

import numpy as np

from modelzoo.knowledge.model import Knowledge
from modelzoo.reasoning.tables import Tables


def test_what_speaks_against_a_condition_never_speaks_for_it(knowledge: Knowledge) -> None:
    tables = Tables(knowledge)
    against = [
        (row, tables.column[finding])
        for row, condition in enumerate(tables.conditions)
        for finding, frequency in knowledge.conditions[condition].findings.items()
        if frequency < 0.01
    ]
    assert len(against) > 300
    rows, columns = np.array(against).T
    lifted = tables.chance[rows, columns] > tables.marginal[columns]
    # A general finding that a special one of the same condition implies is as frequent as that one, whatever it says.
    assert lifted.mean() < 0.05


def test_a_general_finding_is_at_least_as_frequent_as_the_special_one(knowledge: Knowledge) -> None:
    tables = Tables(knowledge)
    for row, condition in enumerate(tables.conditions[::25]):
        row *= 25
        for finding in tables.knowledge.conditions[condition].findings:
            for parent in tables.ancestors[finding]:
                assert tables.chance[row, tables.column[parent]] >= tables.chance[row, tables.column[finding]] - 1e-9
