"""A plain warning where a prescription clashes with a recorded allergy. No doses, no blocking: the clinician decides.

It knows the families in the resources' table and otherwise compares names. Silence is not safety: a medicine that
neither the table nor the allergy names is not checked, and ``unchecked`` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.encounter import Prescription
from desktop.domain.medicines import Family, families_of, names, plain
from desktop.domain.patient import ListedItem, StatusList
from modelzoo.contract.case import ListStatus


class ClashKind(StrEnum):
    """How a prescription meets an allergy, the gravest first."""

    SAME = "same"
    FAMILY = "family"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Clash:
    """One prescribed medicine against one recorded allergy; ``text_en`` and ``text_zh`` say it in one sentence."""

    medicine: str
    allergy: str
    kind: ClashKind
    text_en: str
    text_zh: str

    def text(self, language: str) -> str:
        """Return the sentence in ``en`` or ``zh``."""
        return self.text_zh if language == "zh" else self.text_en


def allergy_clashes(prescriptions: Sequence[Prescription], allergies: StatusList) -> list[Clash]:
    """Return the clashes, one for each pair of prescription and allergy, the gravest first."""
    found = [clash for p in prescriptions for a in allergies.items if (clash := _clash(p.medicine, a)) is not None]
    return sorted(found, key=lambda clash: list(ClashKind).index(clash.kind))


def unchecked(prescriptions: Sequence[Prescription], allergies: StatusList) -> list[str]:
    """Return the prescribed medicines for which no warning could be given, because their family is not known."""
    if allergies.status is not ListStatus.KNOWN:
        return [p.medicine for p in prescriptions] if allergies.status is ListStatus.NOT_ASKED else []
    return [p.medicine for p in prescriptions if not families_of(p.medicine)]


def _clash(medicine: str, allergy: ListedItem) -> Clash | None:
    # a note may hold the medicine where the name is vague ("antibiotic": "after penicillin")
    recorded = f"{allergy.name} {allergy.note}"
    mine, theirs = plain(medicine), plain(allergy.name)
    if not mine or not theirs:
        return None
    if names(mine, theirs) or names(theirs, mine):
        return _sentence(medicine, allergy.name, ClashKind.SAME, None)
    prescribed, allergic = families_of(medicine), families_of(recorded)
    for family in prescribed:
        if family in allergic:
            return _sentence(medicine, allergy.name, ClashKind.FAMILY, family)
    for family in prescribed:
        if any(family.id in other.related for other in allergic):
            return _sentence(medicine, allergy.name, ClashKind.RELATED, family)
    return None


def _sentence(medicine: str, allergy: str, kind: ClashKind, family: Family | None) -> Clash:
    if kind is ClashKind.SAME or family is None:
        en = f"{medicine}: an allergy to {allergy} is recorded."
        zh = f"{medicine}：已记录对{allergy}过敏。"
    elif kind is ClashKind.FAMILY:
        en = f"{medicine} is one of the {family.label_en}, and an allergy to {allergy} is recorded."
        zh = f"{medicine}属于{family.label_zh}，已记录对{allergy}过敏。"
    else:
        en = f"{medicine} ({family.label_en}) is related to a recorded allergy to {allergy}: caution."
        zh = f"{medicine}（{family.label_zh}）与已记录的{allergy}过敏有交叉可能：请谨慎。"
    return Clash(medicine, allergy, kind, en, zh)
