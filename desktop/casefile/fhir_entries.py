"""Entries of a FHIR document: stable ``urn:uuid`` addresses, codes, and narrative that can hold any text safely."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import Any

Resource = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_NAMESPACE = uuid.UUID("5d5a9c0e-6a5e-5c0b-9a53-0f6f3f3f8f7e")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entries:
    """Collects resources. The address of each follows from the visit and a role, so that a re-seal gives the same."""

    def __init__(self, visit: str) -> None:
        self._visit = visit
        self.entries: list[Resource] = []

    def address(self, role: str) -> str:
        """Return the ``urn:uuid`` of a role (version 5 UUID), whether or not it was added yet."""
        return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{self._visit}/{role}')}"

    def add(self, role: str, resource: Resource) -> Resource:
        """Add a resource under a role and return a reference to it."""
        address = self.address(role)
        self.entries.append({"fullUrl": address, "resource": resource})
        return {"reference": address}

    def reference(self, role: str) -> Resource:
        """Return a reference to a role."""
        return {"reference": self.address(role)}


def clean(text: str) -> str:
    """Return text as FHIR and XML allow it: control characters become U+FFFD; never empty."""
    return _NOT_IN_XML.sub("\ufffd", text).strip() or "-"


def concept(text: str, *codings: tuple[str, str] | tuple[str, str, str]) -> Resource:
    """Return a CodeableConcept from words and (system, code[, display]) codings."""
    result: Resource = {"text": clean(text)}
    if codings:
        result["coding"] = [dict(zip(("system", "code", "display"), c, strict=False)) for c in codings]
    return result


def quantity(value: float, unit: str, ucum: str) -> Resource:
    """Return a Quantity: ``unit`` for people, ``ucum`` for programs."""
    number: float | int = int(value) if value == int(value) else value
    return {"value": number, "unit": unit, "system": UCUM, "code": ucum}


def narrative(paragraphs: Iterable[str]) -> Resource:
    """Return a Narrative with one escaped paragraph each; line feeds inside become line breaks."""
    blocks = "".join(
        "<p>" + escape(clean(p)).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br/>") + "</p>"
        for p in paragraphs
    )
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{blocks or "<p>-</p>"}</div>'}


def instant(moment: datetime) -> str:
    """Return a time in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
