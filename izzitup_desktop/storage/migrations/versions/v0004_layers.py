"""Expiries, holds and proposals by themselves; jobs that one process has at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# Half of a layer (a status without a time) is none, and was not shown as one.
_MOVED = (
    """INSERT INTO expiries (service_id, until, "then", asked)
    SELECT id, until, until_status, asked FROM services WHERE until IS NOT NULL""",
    """INSERT INTO holds (service_id, "by")
    SELECT id, held_by FROM services WHERE held_by <> ''""",
    """INSERT INTO proposals (service_id, status_id, "by", time)
    SELECT id, wish_status, wish_by, wish_time FROM services
    WHERE wish_status IS NOT NULL AND wish_time IS NOT NULL""",
)
_LEFT = ("until", "until_status", "asked", "held_by", "wish_status", "wish_by", "wish_time")


def upgrade() -> None:
    op.create_table(
        "expiries",
        _of_service(),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("then", sa.Integer, nullable=True),
        sa.Column("asked", sa.Boolean, nullable=False),
    )
    op.create_table("holds", _of_service(), sa.Column("by", sa.Text, nullable=False))
    op.create_table(
        "proposals",
        _of_service(),
        sa.Column("status_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
    )
    for statement in _MOVED:
        op.execute(statement)
    # In place: a table that is made anew loses AUTOINCREMENT, and gives ids again.
    for column in _LEFT:
        op.drop_column("services", column)
    op.create_table(
        "jobs",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=True),
        sa.Column("last_run", sa.BigInteger, nullable=True),
    )


def _of_service() -> sa.Column[int]:
    return sa.Column(
        "service_id",
        _Id,
        sa.ForeignKey("services.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
