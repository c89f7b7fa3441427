"""The tables as queries see them; migrations alone create them.

Times are whole microseconds since 1970 in UTC. SQLAlchemy quotes names that a
database reserves (`then`, `by`). An index says for SQLite alone which rows are in it:
PostgreSQL's dialect would load to hear the same.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives AUTOINCREMENT to INTEGER alone; PostgreSQL wants 64 bits.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _of_service() -> Column[int]:
    """The key of what a service has one of at most."""
    return Column(
        "service_id",
        _Id,
        ForeignKey("services.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )


statuses = Table(
    "statuses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("for_services", Boolean, nullable=False),
    Column("for_events", Boolean, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("removed", BigInteger, nullable=True),
    Index("uq_groups_name_folded", "name_folded", unique=True,
          sqlite_where=text("removed IS NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

services = Table(
    "services",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("key_folded", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("check_url", Text, nullable=False),
    Column("status_id", Integer, ForeignKey("statuses.id"), nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("group_id", _Id, ForeignKey("groups.id"), nullable=True),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("removed", BigInteger, nullable=True),
    Column("confirmed", BigInteger, nullable=False),
    Column("stale_minutes", Integer, nullable=False),
    Column("stale", Boolean, nullable=False),
    Column("comment", Text, nullable=False),
    Column("comment_public", Boolean, nullable=False),
    Index("uq_services_key_folded", "key_folded", unique=True,
          sqlite_where=text("removed IS NULL AND key_folded <> ''")),
    Index("ix_services_group_id", "group_id"),
    sqlite_autoincrement=True,
)  # fmt: skip

expiries = Table(
    "expiries",
    metadata,
    _of_service(),
    Column("until", BigInteger, nullable=False),
    Column("then", Integer, nullable=True),
    Column("asked", Boolean, nullable=False),
)

holds = Table(
    "holds",
    metadata,
    _of_service(),
    Column("by", Text, nullable=False),
)

proposals = Table(
    "proposals",
    metadata,
    _of_service(),
    Column("status_id", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("name_folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Index("uq_accounts_uid", "uid", unique=True),
    sqlite_autoincrement=True,
)

account_groups = Table(
    "account_groups",
    metadata,
    Column("account_id", _Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", _Id, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_account_groups_group_id", "group_id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("limited", Boolean, nullable=False),
    Column("account_id", _Id, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True),
    Column("group_id", _Id, ForeignKey("groups.id", ondelete="CASCADE"), nullable=True),
    Column("created", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires", BigInteger, nullable=True),
    Column("revoked", BigInteger, nullable=True),
    Column("used", BigInteger, nullable=True),
    Column("used_address", Text, nullable=False),
    Column("used_route", Text, nullable=False),
    Index("uq_tokens_digest", "digest", unique=True),
    Index("ix_tokens_account_id", "account_id"),
    Index("ix_tokens_group_id", "group_id"),
    sqlite_autoincrement=True,
)

token_services = Table(
    "token_services",
    metadata,
    Column("token_id", _Id, ForeignKey("tokens.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", _Id, ForeignKey("services.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_token_services_service_id", "service_id"),
)

token_groups = Table(
    "token_groups",
    metadata,
    Column("token_id", _Id, ForeignKey("tokens.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", _Id, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_token_groups_group_id", "group_id"),
)

journal = Table(
    "journal",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("time", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("account_id", _Id, nullable=True),
    Column("origin", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_id", _Id, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("undoes", _Id, nullable=True),
    Column("step", _Id, nullable=False),
    Index("ix_journal_subject_subject_id_id", "subject", "subject_id", "id"),
    Index("ix_journal_account_id_id", "account_id", "id"),
)

status_periods = Table(
    "status_periods",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("service_id", _Id, ForeignKey("services.id", ondelete="CASCADE"), nullable=False),
    Column("status_id", Integer, ForeignKey("statuses.id"), nullable=False),
    Column("from_time", BigInteger, nullable=False),
    Column("to_time", BigInteger, nullable=True),
    Column("journal_id", _Id, ForeignKey("journal.id"), nullable=False),
    Column("mistake", Boolean, nullable=False),
    Index("ix_status_periods_journal_id", "journal_id"),
    Index("ix_status_periods_to_time", "to_time"),
    Index("ix_status_periods_service_id_from_time", "service_id", "from_time"),
    Index("uq_status_periods_service_id", "service_id", unique=True,
          sqlite_where=text("to_time IS NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

runs = Table(
    "runs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("begin_time", BigInteger, nullable=False),
    Column("seen_time", BigInteger, nullable=False),
    Index("ix_runs_seen_time", "seen_time"),
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=True),
    Column("last_run", BigInteger, nullable=True),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("asker", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Index("ix_idempotency_keys_expires", "expires"),
)
