"""Accounts with an identity of their own, the check address, ids that are given once."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EMPTY = sa.text("''")


_IDS_GIVEN_ONCE = ("services", "accounts", "status_periods")
"""Tables that lost AUTOINCREMENT when SQLite had to make them anew."""


_BEGIN_NUMBERS = sa.text(
    "INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0 "
    "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
)
_GO_ON_NUMBERS = sa.text(
    "UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(subject_id), 0) FROM journal "
    "WHERE subject = :subject AND subject_id < 1 << 52)) WHERE name = :name"
)


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
    if op.get_bind().dialect.name == "sqlite":
        _give_ids_once()
    op.create_index(op.f("uq_accounts_uid"), "accounts", ["uid"], unique=True)
    op.create_index(op.f("ix_status_periods_journal_id"), "status_periods", ["journal_id"])
    op.create_index(op.f("ix_status_periods_to_time"), "status_periods", ["to_time"])


def _give_ids_once() -> None:
    for name in _IDS_GIVEN_ONCE:
        with op.batch_alter_table(
            name, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
    # What was deleted for good has its id in the journal.
    connection = op.get_bind()
    for name, subject in (("services", "service"), ("accounts", "account")):
        connection.execute(_BEGIN_NUMBERS, {"name": name})
        connection.execute(_GO_ON_NUMBERS, {"name": name, "subject": subject})


def _name_accounts() -> None:
    connection = op.get_bind()
    accounts = sa.table("accounts", sa.column("id"), sa.column("uid"))
    for account_id in connection.execute(sa.select(accounts.c.id)).scalars().all():
        connection.execute(
            sa.update(accounts).where(accounts.c.id == account_id).values(uid=secrets.token_hex(16))
        )
