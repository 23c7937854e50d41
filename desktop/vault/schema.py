"""The tables, as the newest migration leaves them; ``migrations`` says how they came to be."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_VERSION = 1
STATUSES = "('known', 'none_known', 'not_asked')"

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", String, nullable=False),
)

patients = Table(
    "patients",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sex", String, CheckConstraint("sex IN ('female', 'male')", name="sex_known")),
    Column("birth_date", String),
    Column("birth_date_is_estimate", Boolean, nullable=False),
    Column("village", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("local_number", Text, nullable=False),
    Column(
        "allergies_status",
        String,
        CheckConstraint(f"allergies_status IN {STATUSES}", name="allergies_status_known"),
        nullable=False,
    ),
    Column(
        "medicines_status",
        String,
        CheckConstraint(f"medicines_status IN {STATUSES}", name="medicines_status_known"),
        nullable=False,
    ),
    Column(
        "problems_status",
        String,
        CheckConstraint(f"problems_status IN {STATUSES}", name="problems_status_known"),
        nullable=False,
    ),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("revision", Integer, nullable=False),
)
Index("patients_updated_at", patients.c.updated_at)

patient_items = Table(
    "patient_items",
    metadata,
    Column("patient_id", String, ForeignKey("patients.id"), primary_key=True),
    Column("list", String, primary_key=True),  # allergies | medicines | problems
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
)

patient_revisions = Table(
    "patient_revisions",
    metadata,
    Column("patient_id", String, ForeignKey("patients.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("saved_at", String, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, codec.patient_to_mapping
)

encounters = Table(
    "encounters",
    metadata,
    Column("id", String, primary_key=True),
    Column("patient_id", String, ForeignKey("patients.id"), nullable=False),
    Column("started_at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("saved_at", String, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)
Index("encounters_patient_id", encounters.c.patient_id, encounters.c.started_at)
Index("encounters_started_at", encounters.c.started_at)

encounter_revisions = Table(
    "encounter_revisions",
    metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("saved_at", String, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, codec.encounter_to_mapping
    Column("sha256", String, nullable=False),  # of body
)

drafts = Table(
    "drafts",
    metadata,
    Column("encounter_id", String, primary_key=True),
    Column("patient_id", String, ForeignKey("patients.id"), nullable=False),
    Column("saved_at", String, nullable=False),
    Column("body", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("mac", String, nullable=False),  # HMAC-SHA256 over the row and the mac before it
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("mac", String, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("updated_at", String, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("recipient", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("signing_key", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("added_at", String, nullable=False),
)
