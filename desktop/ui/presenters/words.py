"""Words for the values of the contract, marked for translation."""

from __future__ import annotations

from desktop.domain.encounter import EncounterKind
from desktop.resources.translatable import Text, translatable
from modelzoo.contract.assessment import Band, TriageLevel
from modelzoo.contract.case import Assertion, ListStatus

ASSERTION: dict[Assertion, Text] = {
    Assertion.PRESENT: translatable("words", "Present"),
    Assertion.ABSENT: translatable("words", "Absent"),
    Assertion.POSSIBLE: translatable("words", "Possible"),
    Assertion.HYPOTHETICAL: translatable("words", "Only if it happens"),
    Assertion.HISTORICAL: translatable("words", "In the past"),
    Assertion.FAMILY: translatable("words", "In the family"),
}
ASSERTION_MARK: dict[Assertion, Text] = {
    Assertion.PRESENT: translatable("words", "+ {finding}"),
    Assertion.ABSENT: translatable("words", "– {finding}"),
    Assertion.POSSIBLE: translatable("words", "? {finding}"),
    Assertion.HYPOTHETICAL: translatable("words", "if: {finding}"),
    Assertion.HISTORICAL: translatable("words", "past: {finding}"),
    Assertion.FAMILY: translatable("words", "family: {finding}"),
}
BAND: dict[Band, Text] = {
    Band.LIKELY: translatable("words", "likely"),
    Band.POSSIBLE: translatable("words", "possible"),
    Band.NOT_EXCLUDED: translatable("words", "not excluded"),
}
DOTS: dict[Band, str] = {Band.LIKELY: "●●●", Band.POSSIBLE: "●●○", Band.NOT_EXCLUDED: "●○○"}
TRIAGE: dict[TriageLevel, Text] = {
    TriageLevel.EMERGENCY: translatable("words", "Emergency: act now"),
    TriageLevel.URGENT: translatable("words", "Urgent: today"),
    TriageLevel.ROUTINE: translatable("words", "Routine"),
    TriageLevel.SELF_CARE: translatable("words", "Care at home may do"),
}
KIND: dict[EncounterKind, Text] = {
    EncounterKind.COMPLAINT: translatable("words", "Complaint"),
    EncounterKind.DRESSING: translatable("words", "Dressing"),
    EncounterKind.REPEAT: translatable("words", "Repeat prescription"),
    EncounterKind.CERTIFICATE: translatable("words", "Certificate"),
    EncounterKind.OTHER: translatable("words", "Other"),
}
LIST_STATUS: dict[ListStatus, Text] = {
    ListStatus.NOT_ASKED: translatable("words", "Not asked"),
    ListStatus.NONE_KNOWN: translatable("words", "None known"),
    ListStatus.KNOWN: translatable("words", "Known"),
}
SEX: dict[str, Text] = {"female": translatable("words", "Female"), "male": translatable("words", "Male")}
CONSCIOUSNESS: dict[str, Text] = {
    "alert": translatable("words", "Alert"),
    "confused": translatable("words", "Confused"),
    "voice": translatable("words", "Responds to voice"),
    "pain": translatable("words", "Responds to pain"),
    "unresponsive": translatable("words", "Unresponsive"),
}
RESULT: dict[str, Text] = {
    "negative": translatable("words", "negative"),
    "positive": translatable("words", "positive"),
    "invalid": translatable("words", "invalid"),
    "trace": translatable("words", "trace"),
    "reactive": translatable("words", "reactive"),
    "non_reactive": translatable("words", "not reactive"),
}
