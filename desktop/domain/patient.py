"""A patient and the three lists that must say whether they were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from modelzoo.contract.case import ListStatus


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One allergy, medicine or problem as the clinician writes it; ``note`` is the reaction, directions or remark."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list and its status. ``items`` is empty unless the status is ``known``."""

    status: ListStatus = ListStatus.NOT_ASKED
    items: tuple[ListedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Patient:
    """One person. ``birth_date_is_estimate`` marks a date worked out from a stated age."""

    id: str
    name: str
    sex: str | None = None  # "female" | "male"
    birth_date: date | None = None
    birth_date_is_estimate: bool = False
    village: str = ""
    phone: str = ""
    local_number: str = ""
    allergies: StatusList = field(default_factory=StatusList)
    medicines: StatusList = field(default_factory=StatusList)
    problems: StatusList = field(default_factory=StatusList)
    created_at: datetime | None = None
    updated_at: datetime | None = None
