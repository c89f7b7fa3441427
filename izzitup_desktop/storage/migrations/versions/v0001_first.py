"""The first schema: statuses, groups, services, accounts, journal, periods."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_STATUSES = (
    (1, "To Do", False, True),
    (2, "Scheduled", False, True),
    (3, "In Progress", False, True),
    (4, "Done", False, True),
    (5, "Operational", True, False),
    (6, "Impaired", True, False),
    (7, "Outage", True, False),
    (8, "Closed", True, True),
)


def upgrade() -> None:
    statuses = op.create_table(
        "statuses",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("for_services", sa.Boolean, nullable=False),
        sa.Column("for_events", sa.Boolean, nullable=False),
    )
    columns = ("id", "name", "for_services", "for_events")
    op.bulk_insert(statuses, [dict(zip(columns, row, strict=True)) for row in _STATUSES])
    op.create_table(
        "groups",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_folded", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.BigInteger, nullable=True),
        sqlite_autoincrement=True,
    )
    _unique_where("groups", "name_folded", "removed IS NULL")
    op.create_table(
        "services",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("key_folded", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("curl", sa.Text, nullable=False),
        sa.Column("status_id", sa.Integer, sa.ForeignKey("statuses.id"), nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("group_id", _Id, sa.ForeignKey("groups.id"), nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.BigInteger, nullable=True),
        sqlite_autoincrement=True,
    )
    _unique_where("services", "key_folded", "removed IS NULL AND key_folded <> ''")
    op.create_index(op.f("ix_services_group_id"), "services", ["group_id"])
    op.create_table(
        "accounts",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_folded", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account_groups",
        sa.Column(
            "account_id", _Id, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "group_id", _Id, sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
        ),
    )
    op.create_index(op.f("ix_account_groups_group_id"), "account_groups", ["group_id"])
    op.create_table(
        "journal",
        sa.Column("id", _Id, primary_key=True, autoincrement=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("account_id", _Id, nullable=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_id", _Id, nullable=False),
        sa.Column("subject_name", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("undoes", _Id, nullable=True),
    )
    op.create_index(
        op.f("ix_journal_subject_subject_id_id"), "journal", ["subject", "subject_id", "id"]
    )
    op.create_table(
        "status_periods",
        sa.Column("id", _Id, primary_key=True),
        sa.Column(
            "service_id", _Id, sa.ForeignKey("services.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("status_id", sa.Integer, sa.ForeignKey("statuses.id"), nullable=False),
        sa.Column("from_time", sa.BigInteger, nullable=False),
        sa.Column("to_time", sa.BigInteger, nullable=True),
        sa.Column("journal_id", _Id, sa.ForeignKey("journal.id"), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_status_periods_service_id_from_time"),
        "status_periods",
        ["service_id", "from_time"],
    )
    _unique_where("status_periods", "service_id", "to_time IS NULL")


def _unique_where(table: str, column: str, condition: str) -> None:
    op.create_index(
        op.f(f"uq_{table}_{column}"),
        table,
        [column],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
