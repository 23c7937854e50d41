"""Schema 1: the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_STATUSES = "('known', 'none_known', 'not_asked')"
_NEVER_CHANGED = ("patient_revisions", "encounter_revisions", "audit")


def upgrade(op: Operations) -> None:
    """Create every table of the first release."""
    _people(op)
    _encounters(op)
    _audit(op)
    _keepsakes(op)
    op.execute(
        "CREATE VIRTUAL TABLE patient_words USING fts5(patient_id UNINDEXED, words, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
    for table in _NEVER_CHANGED:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )


def _people(op: Operations) -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sex", sa.String),
        sa.Column("birth_date", sa.String),
        sa.Column("birth_date_is_estimate", sa.Boolean, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("local_number", sa.Text, nullable=False),
        *(sa.Column(f"{name}_status", sa.String, nullable=False) for name in ("allergies", "medicines", "problems")),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.CheckConstraint("sex IN ('female', 'male')", name="sex_known"),
        *(
            sa.CheckConstraint(f"{name}_status IN {_STATUSES}", name=f"{name}_status_known")
            for name in ("allergies", "medicines", "problems")
        ),
    )
    op.create_index("patients_updated_at", "patients", ["updated_at"])
    op.create_table(
        "patient_items",
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), primary_key=True),
        sa.Column("list", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "patient_revisions",
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("saved_at", sa.String, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _encounters(op: Operations) -> None:
    op.create_table(
        "encounters",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("saved_at", sa.String, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("encounters_patient_id", "encounters", ["patient_id", "started_at"])
    op.create_index("encounters_started_at", "encounters", ["started_at"])
    op.create_table(
        "encounter_revisions",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("saved_at", sa.String, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("encounter_id", sa.String, primary_key=True),
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("saved_at", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _audit(op: Operations) -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject_id", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("mac", sa.String, nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("mac", sa.String, nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )


def _keepsakes(op: Operations) -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
    )
    op.create_table(
        "contacts",
        sa.Column("recipient", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("signing_key", sa.String, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
    )
