"""PostgreSQL connections: how long each side waits for the other.

A desk that falls asleep in a transaction (a closed laptop) would stop all others:
the server ends its transaction after `IDLE_SECONDS`, and nobody waits longer than
`LOCK_SECONDS` for a lock. What a URL says itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.silent_server import Watch

APPLICATION_NAME = "izzitup"
"""What our sessions are called in `pg_stat_activity`."""

WRITE_LOCK = 0x495A5A55
"""Taken first, so that one desk writes at a time and ids appear in order."""

LOCK_SECONDS = 4.5
IDLE_SECONDS = 4.0
STATEMENT_SECONDS = 5.0
SLOW_SECONDS = 120.0
"""What one statement of a report, a backup, an import or a restore may take."""

WHOLE_SECONDS = 1_800.0
"""What all of it may take."""

POOL_SECONDS = 4.0
_CONNECT_SECONDS = 4
_CONNECT_LEAST_SECONDS = 2
_LOCK_NOT_AVAILABLE = "55P03"
_QUERY_CANCELED = "57014"

_NETWORK = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}


def engine_of(url: URL, watch: Watch, *, writing: bool) -> Engine:
    """An engine whose connections wait for nobody without end."""
    engine = create_engine(
        url,
        pool_size=1 if writing else 4,
        max_overflow=1 if writing else 12,
        pool_timeout=POOL_SECONDS,
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        connect_args=connect_arguments(url),
    )

    # psycopg is loaded by now, and only where PostgreSQL is used.
    from izzitup_desktop.storage.server_cursor import QuietServerCursor

    def prepare(connection: Any, _record: object) -> None:
        connection.server_cursor_factory = QuietServerCursor
        with watch.limit(connection, STATEMENT_SECONDS):
            _prepare(connection, writing=writing)

    event.listen(engine, "connect", prepare)
    if writing:
        # Many rows are one INSERT, and no pipeline of them; see `_one_by_one`.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(engine, "do_executemany", _one_by_one)
    return engine


def _one_by_one(cursor: Any, statement: str, rows: Sequence[Any], _context: object) -> bool:
    """Execute a statement for each row by itself.

    psycopg's own `executemany` is a pipeline, whose end is sent last. To the server a
    desk that falls asleep before that is at work, not idle: no timeout would end its
    transaction.
    """
    for row in rows:
        cursor.execute(statement, row)
    return True


def allow(connection: Connection, seconds: float) -> None:
    """Let each statement of this transaction take so long."""
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {_milliseconds(seconds)}")


def lock(connection: Connection, seconds: float, *keys: int) -> None:
    """Take the locks `keys` until the transaction's end, waiting so long for each.

    Raises SQLAlchemy's errors; `is_busy` tells those of a lock that others hold.
    """
    # Plain text, because several statements in one round trip take no parameters.
    taken = "".join(f"; SELECT pg_advisory_xact_lock({key})" for key in keys)
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_milliseconds(seconds)}{taken}")


def is_busy(error: BaseException) -> bool:
    """Whether it says that others hold what we wait for."""
    return isinstance(error, DBAPIError) and _state(error) == _LOCK_NOT_AVAILABLE


def is_disconnect(error: BaseException) -> bool:
    """Whether the connection is gone, and another one may do."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def explained(error: SQLAlchemyError) -> BoardError | None:
    """What a timeout means to the person; None for any other error."""
    if is_busy(error):
        return busy()
    if isinstance(error, DBAPIError) and _state(error) == _QUERY_CANCELED:
        return silent()
    return None


def busy() -> Unavailable:
    """Another desk has the lock."""
    return Unavailable(msg("Another desk keeps the shared database locked. Try again in a moment."))


def silent() -> Unavailable:
    """The server took too long."""
    return Unavailable(msg("The shared database does not answer in time. Try again in a moment."))


def connect_arguments(url: URL) -> dict[str, Any]:
    """What libpq is told; the URL's own options win."""
    wanted = {
        "connect_timeout": _connect_seconds(url),
        "application_name": APPLICATION_NAME,
        **_NETWORK,
    }
    return {name: value for name, value in wanted.items() if name not in url.query}


def _connect_seconds(url: URL) -> int:
    """The time for each host: libpq tries one after the other."""
    named = url.query.get("host", ())
    names = [named] if isinstance(named, str) else list(named)
    hosts = sum(name.count(",") + 1 for name in names) or 1
    return max(_CONNECT_LEAST_SECONDS, _CONNECT_SECONDS // hosts)


def _prepare(connection: Any, *, writing: bool) -> None:
    """Set the session's timeouts, but those that the URL's `options` set.

    Not by `options` of our own: pgbouncer refuses them.
    """
    wanted = {"lock_timeout": LOCK_SECONDS, "statement_timeout": STATEMENT_SECONDS}
    # Who reads stops nobody; a backup writes its file between two statements.
    wanted["idle_in_transaction_session_timeout"] = IDLE_SECONDS if writing else SLOW_SECONDS
    given = connection.execute("SELECT name FROM pg_settings WHERE source = 'client'").fetchall()
    for name in wanted.keys() - {row[0] for row in given}:
        connection.execute(f"SET {name} = {_milliseconds(wanted[name])}")
    connection.commit()


def _milliseconds(seconds: float) -> int:
    # 0 would be no limit at all.
    return max(1, round(seconds * 1_000))


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")
