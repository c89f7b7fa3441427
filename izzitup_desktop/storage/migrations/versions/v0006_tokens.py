"""Tokens of accounts and of automation, with the services and groups they are limited to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("ending", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("limited", sa.Boolean, nullable=False),
        sa.Column("account_id", _Id, sa.ForeignKey("accounts.id", ondelete="CASCADE")),
        sa.Column("group_id", _Id, sa.ForeignKey("groups.id", ondelete="CASCADE")),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=True),
        sa.Column("revoked", sa.BigInteger, nullable=True),
        sa.Column("used", sa.BigInteger, nullable=True),
        sa.Column("used_address", sa.Text, nullable=False),
        sa.Column("used_route", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("uq_tokens_digest"), "tokens", ["digest"], unique=True)
    op.create_index(op.f("ix_tokens_account_id"), "tokens", ["account_id"])
    op.create_index(op.f("ix_tokens_group_id"), "tokens", ["group_id"])
    _limits("token_services", "service_id", "services.id")
    _limits("token_groups", "group_id", "groups.id")


def _limits(table: str, column: str, named: str) -> None:
    op.create_table(
        table,
        sa.Column(
            "token_id", _Id, sa.ForeignKey("tokens.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(column, _Id, sa.ForeignKey(named, ondelete="CASCADE"), primary_key=True),
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
