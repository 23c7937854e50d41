"""The knowledge as matrices: how often each condition shows each finding, and how often a clinic's patients do.

P(finding | condition) is the graded frequency joined with the background of the finding (noisy or); where a condition
says nothing of a finding, the background alone. P(finding) is the mixture over all conditions by prevalence, which
makes the likelihood ratio of a finding the one against "any other patient of this clinic".
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from modelzoo.knowledge.model import Knowledge

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# What speaks against a condition is met with this share of what it is met with otherwise: however rare the finding,
# it never speaks for the condition, and one wrong reading does not rule the condition out.
_AGAINST = 0.1
_LEAST, _MOST = 0.0005, 0.985


class Tables:
    """Arrays over conditions (rows, id order) and findings (columns, id order); read-only after construction."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.conditions = tuple(knowledge.conditions)
        self.findings = tuple(knowledge.findings)
        self.row = {c: i for i, c in enumerate(self.conditions)}
        self.column = {f: i for i, f in enumerate(self.findings)}
        self.background = np.array([knowledge.findings[f].background for f in self.findings])
        self.listed = np.zeros((len(self.conditions), len(self.findings)), dtype=bool)
        self.chance = np.tile(self.background, (len(self.conditions), 1))
        self._fill()
        prevalence = np.array([knowledge.conditions[c].prevalence for c in self.conditions])
        share = prevalence / max(prevalence.sum(), 1e-12)
        half = 0.5 * self.background + 0.5 * (share @ self.chance)
        self.marginal = np.clip(half, _LEAST, _MOST)
        self.chance = np.clip(self.chance, _LEAST, _MOST)

    def _fill(self) -> None:
        for row, condition in enumerate(self.conditions):
            record = self.knowledge.conditions[condition]
            for finding, strength in record.risk_factors.items():
                column = self.column[finding]
                b = self.background[column]
                self.chance[row, column] = strength * b / (1 - b + strength * b)
                self.listed[row, column] = True
            for finding, frequency in record.findings.items():
                column = self.column[finding]
                b = self.background[column]
                against = frequency < 0.01  # graded "excluded": seen less than in people without the condition
                self.chance[row, column] = min(frequency, _AGAINST * b) if against else 1 - (1 - frequency) * (1 - b)
                self.listed[row, column] = True
        self._lift_parents()

    def _lift_parents(self) -> None:
        """A general finding is at least as frequent as a special one that implies it."""
        for row, condition in enumerate(self.conditions):
            record = self.knowledge.conditions[condition]
            for finding in record.findings:
                for parent in self.knowledge.ancestors(finding):
                    column, child = self.column[parent], self.column[finding]
                    if self.chance[row, child] > self.chance[row, column]:
                        self.chance[row, column] = self.chance[row, child]
                        self.listed[row, column] = True

    @cached_property
    def urgent_rows(self) -> tuple[Flags, Flags]:
        """Which conditions need care at once, and which today."""
        urgency = np.array([self.knowledge.conditions[c].urgency for c in self.conditions])
        return urgency == "emergency", urgency == "urgent"

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """Finding id -> all more general findings."""
        return {f: self.knowledge.ancestors(f) for f in self.findings}

    @cached_property
    def descendants(self) -> dict[str, frozenset[str]]:
        """Finding id -> all more special findings."""
        out: dict[str, set[str]] = {f: set() for f in self.findings}
        for finding, above in self.ancestors.items():
            for parent in above:
                out[parent].add(finding)
        return {f: frozenset(s) for f, s in out.items()}

    @cached_property
    def unsaid(self) -> Floats:
        """Natural-log weight ``(conditions, findings)`` of each symptom that nobody mentions; 0 for all else."""
        said = self.knowledge.numbers["scoring"]["mention"]
        weight: Floats = np.log((1 - said * self.chance) / (1 - said * self.marginal))
        symptom = np.array([self.knowledge.findings[f].kind == "symptom" for f in self.findings])
        weight[:, ~(symptom & self.listed.any(axis=0))] = 0.0
        return weight

    def present_weight(self, finding: str) -> Floats:
        """Natural-log likelihood ratio of the finding being there, one a condition."""
        column = self.column[finding]
        weight: Floats = np.log(self.chance[:, column] / self.marginal[column])
        return weight

    def absent_weight(self, finding: str) -> Floats:
        """Natural-log likelihood ratio of the finding being absent, one a condition."""
        column = self.column[finding]
        weight: Floats = np.log((1 - self.chance[:, column]) / (1 - self.marginal[column]))
        return weight
