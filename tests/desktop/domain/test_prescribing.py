"""Prescriptions against recorded allergies, as a readable table."""

from __future__ import annotations

import pytest

from desktop.domain.encounter import Prescription
from desktop.domain.medicines import families, families_of
from desktop.domain.patient import ListedItem, StatusList
from desktop.domain.prescribing import ClashKind, allergy_clashes, unchecked
from modelzoo.contract.case import ListStatus


def against(medicine: str, allergy: str) -> ClashKind | None:
    found = allergy_clashes([Prescription(medicine)], StatusList(ListStatus.KNOWN, (ListedItem(allergy),)))
    return found[0].kind if found else None


@pytest.mark.parametrize(
    ("medicine", "allergy", "kind"),
    [
        ("amoxicillin", "amoxicillin", ClashKind.SAME),
        ("Amoxicillin capsules", "amoxicillin", ClashKind.SAME),
        ("阿莫西林胶囊", "阿莫西林", ClashKind.SAME),
        ("amoxicillin", "penicillin", ClashKind.FAMILY),
        ("amoxicilin", "penicilin", ClashKind.FAMILY),
        ("ampicillin", "青霉素过敏", ClashKind.FAMILY),
        ("阿莫西林", "Penicillin G", ClashKind.FAMILY),
        ("co-amoxiclav", "ampicillin", ClashKind.FAMILY),
        ("Co Amoxiclav", "penicillins", ClashKind.FAMILY),
        ("ceftriaxone", "penicillin", ClashKind.RELATED),
        ("头孢克肟", "青霉素", ClashKind.RELATED),
        ("amoxicillin", "头孢", ClashKind.RELATED),
        ("cotrimoxazole", "sulfa drugs", ClashKind.FAMILY),
        ("复方新诺明", "磺胺", ClashKind.FAMILY),
        ("Fansidar", "sulfonamide", ClashKind.FAMILY),
        ("ibuprofen", "aspirin", ClashKind.FAMILY),
        ("布洛芬缓释胶囊", "阿司匹林", ClashKind.FAMILY),
        ("diclofenac injection", "NSAIDs", ClashKind.FAMILY),
        ("azithromycin", "erythromycine", ClashKind.FAMILY),
        ("左氧氟沙星", "ciprofloxacin", ClashKind.FAMILY),
        ("brand-x herbal", "Brand X herbal", ClashKind.SAME),
        ("paracetamol", "aspirin", None),
        ("azithromycin", "penicillin", None),
        ("doxycycline", "penicillin", None),
        ("ferrous sulfate", "sulfa", None),
        ("magnesium sulphate", "sulphonamide", None),
        ("metformin", "metronidazole", None),
        ("prednisolone", "penicillin", None),
        ("chlorpromazine", "chloroquine", None),
        ("ciprofloxacin", "cephalexin", None),
        ("阿奇霉素", "青霉素", None),
        ("", "penicillin", None),
    ],
)
def test_clashes(medicine: str, allergy: str, kind: ClashKind | None) -> None:
    assert against(medicine, allergy) == kind


def test_gravest_first_in_both_languages() -> None:
    allergies = StatusList(ListStatus.KNOWN, (ListedItem("penicillin", "rash"),))
    found = allergy_clashes([Prescription("cefalexin"), Prescription("ampicillin")], allergies)
    assert [clash.medicine for clash in found] == ["ampicillin", "cefalexin"]
    assert found[0].text("en") == "ampicillin is one of the penicillins, and an allergy to penicillin is recorded."
    assert "青霉素类" in found[0].text("zh")


def test_medicine_named_in_the_note_counts() -> None:
    allergies = StatusList(ListStatus.KNOWN, (ListedItem("an antibiotic", "after penicillin injection"),))
    assert [c.kind for c in allergy_clashes([Prescription("ampicillin")], allergies)] == [ClashKind.FAMILY]


def test_what_could_not_be_checked_is_named() -> None:
    given = [Prescription("amoxicillin"), Prescription("brand-x")]
    known = StatusList(ListStatus.KNOWN, (ListedItem("aspirin"),))
    assert unchecked(given, known) == ["brand-x"]
    assert unchecked(given, StatusList(ListStatus.NONE_KNOWN)) == []
    assert unchecked(given, StatusList()) == ["amoxicillin", "brand-x"]


def test_table_is_consistent() -> None:
    table = families()
    for family in table.values():
        assert family.label_en
        assert family.label_zh
        for other in family.related:
            assert family.id in table[other].related
        for member in family.members:
            assert family in families_of(member)
