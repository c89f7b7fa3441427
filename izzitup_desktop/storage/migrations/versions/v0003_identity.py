"""Accounts with an identity of their own, the check address, indexes of periods."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EMPTY = sa.text("''")


def upgrade() -> None:
    with op.batch_alter_table("services") as services:
        services.alter_column("curl", new_column_name="check_url")
    # A quote inside a value is written \", so that this finds keys alone.
    op.execute(
        """UPDATE journal SET before = replace(before, '"curl":', '"check_url":'), """
        """after = replace(after, '"curl":', '"check_url":') WHERE subject = 'service'"""
    )
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("uid", sa.Text, nullable=False, server_default=_EMPTY))
    _name_accounts()
    op.create_index(op.f("uq_accounts_uid"), "accounts", ["uid"], unique=True)
    op.create_index(op.f("ix_status_periods_journal_id"), "status_periods", ["journal_id"])
    op.create_index(op.f("ix_status_periods_to_time"), "status_periods", ["to_time"])


def _name_accounts() -> None:
    connection = op.get_bind()
    accounts = sa.table("accounts", sa.column("id"), sa.column("uid"))
    for account_id in connection.execute(sa.select(accounts.c.id)).scalars().all():
        connection.execute(
            sa.update(accounts).where(accounts.c.id == account_id).values(uid=secrets.token_hex(16))
        )
