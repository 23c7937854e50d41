"""A clinic, a reader with keys, and a sealed visit; made once, since sealing draws fonts."""

from __future__ import annotations

from types import SimpleNamespace

import pyrage
import pytest

from desktop.casefile import sealing
from desktop.casefile.bundle import Visit, build_bundle
from desktop.casefile.identity import ClinicIdentity


@pytest.fixture(scope="session")
def clinic() -> ClinicIdentity:
    return ClinicIdentity.generate("Riverside clinic 河边诊所")


@pytest.fixture(scope="session")
def reader() -> SimpleNamespace:
    key = pyrage.x25519.Identity.generate()
    return SimpleNamespace(secret=str(key), recipient=str(key.to_public()))


@pytest.fixture(scope="session")
def content(clinic: ClinicIdentity, visit: SimpleNamespace) -> dict[str, bytes]:
    made = Visit(visit.patient(), visit.encounter(), clinic.card, visit.started, "0.1.0")
    return {"bundle.json": build_bundle(made), "summary.html": b"<p>page</p>", "summary.pdf": b"%PDF-" + bytes(5000)}


@pytest.fixture(scope="session")
def inner(content: dict[str, bytes], clinic: ClinicIdentity, reader: SimpleNamespace, visit: SimpleNamespace) -> bytes:
    return sealing.build_inner(
        content,
        clinic,
        sealed_for=(reader.recipient,),
        created_at=visit.started,
        program_version="0.1.0",
        language="en",
    )


@pytest.fixture(scope="session")
def sealed(inner: bytes, reader: SimpleNamespace) -> bytes:
    return sealing.seal_for_recipients(inner, [reader.recipient])
