"""Which database is meant: read from a URL, made for a file, shown to people."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from izzitup_desktop.domain.errors import BoardError, Invalid
from izzitup_desktop.domain.messages import msg

_HOST = re.compile(r"[\w.:%-]*")
_SHOWN = frozenset({
    "host", "hostaddr", "port", "dbname", "sslmode", "connect_timeout", "application_name",
    "target_session_attrs",
})  # fmt: skip
"""The parameters of a PostgreSQL URL that hold no secret, whatever is in the others."""


def parse_url(text: str) -> URL:
    """The database URL `text`. Raises `Invalid` for what we can't open.

    No part of the text is in the error: it may hold a password, in any place.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise Invalid(
            "database", msg("This is no database URL; see --help for examples.")
        ) from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        # What stands behind a ? would be dropped in silence where it is no parameter, and so
        # would another driver's wish to encrypt the file.
        is_file = url.database not in (None, "", ":memory:") and "\0" not in (url.database or "")
        has_more = "?" in text or url.host or url.username or url.password or url.port
        if not is_file or has_more or url.drivername not in ("sqlite", "sqlite+pysqlite"):
            raise Invalid(
                "database",
                msg("A SQLite URL names a file: sqlite:////folder/izzitup.db (%3F stands for ?)"),
            )
        return url.set(drivername="sqlite", query={})
    if backend == "postgresql":
        if not _HOST.fullmatch(url.host or ""):
            raise Invalid(
                "database",
                msg("The host in the database URL can't be read. Write @ in a password as %40."),
            )
        return url.set(drivername="postgresql+psycopg")
    raise Invalid("database", msg("IzzitUp opens SQLite and PostgreSQL, not %1.", backend))


def url_of(path: Path) -> str:
    """The URL of the SQLite file at `path`, whatever characters that has."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def shown(url: URL) -> str:
    """`url` for people: without password, and without parameters that may hold one."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    kept = {key: value for key, value in url.query.items() if key.lower() in _SHOWN}
    return url.set(query=kept).render_as_string(hide_password=True)


def shown_text(text: str) -> str:
    """The URL `text` for people, "" for one that can't be read."""
    try:
        return shown(parse_url(text))
    except BoardError:
        return ""
