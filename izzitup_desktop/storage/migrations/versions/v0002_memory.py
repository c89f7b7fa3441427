"""Statuses with a memory, mistakes, runs of the application, steps, an own order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NO = sa.text("false")
_ZERO = sa.text("0")
_EMPTY = sa.text("''")


def upgrade() -> None:
    with op.batch_alter_table("services") as services:
        services.add_column(
            sa.Column("confirmed", sa.BigInteger, nullable=False, server_default=_ZERO)
        )
        services.add_column(
            sa.Column("stale_minutes", sa.Integer, nullable=False, server_default=_ZERO)
        )
        services.add_column(sa.Column("stale", sa.Boolean, nullable=False, server_default=_NO))
        services.add_column(sa.Column("until", sa.BigInteger, nullable=True))
        services.add_column(sa.Column("until_status", sa.Integer, nullable=True))
        services.add_column(sa.Column("asked", sa.Boolean, nullable=False, server_default=_NO))
        services.add_column(sa.Column("held_by", sa.Text, nullable=False, server_default=_EMPTY))
        services.add_column(sa.Column("wish_status", sa.Integer, nullable=True))
        services.add_column(sa.Column("wish_by", sa.Text, nullable=False, server_default=_EMPTY))
        services.add_column(sa.Column("wish_time", sa.BigInteger, nullable=True))
    # There is room between positions for what is dragged there.
    op.execute("UPDATE services SET confirmed = updated, position = position * 1024")
    op.execute("UPDATE groups SET position = position * 1024")
    with op.batch_alter_table("status_periods") as periods:
        periods.add_column(sa.Column("mistake", sa.Boolean, nullable=False, server_default=_NO))
    with op.batch_alter_table("journal") as journal:
        journal.add_column(sa.Column("step", _Id, nullable=False, server_default=_ZERO))
    op.execute("UPDATE journal SET step = id")
    op.create_index(op.f("ix_journal_account_id_id"), "journal", ["account_id", "id"])
    op.create_table(
        "runs",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("begin_time", sa.BigInteger, nullable=False),
        sa.Column("seen_time", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_runs_seen_time"), "runs", ["seen_time"])
