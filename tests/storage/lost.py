"""Databases that go away while they are open, and come back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@contextmanager
def moved_away(path: Path) -> Iterator[Path]:
    """The file has another name inside, and its own again afterwards."""
    aside = path.with_name("aside.db")
    path.rename(aside)
    try:
        yield aside
    finally:
        aside.rename(path)


def replaced_by_copy(path: Path) -> None:
    """Put a copy of the file in its place, as a restore by hand does."""
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    copy.replace(path)  # at no moment is there none


@contextmanager
def nobody_may_connect(url: str) -> Iterator[None]:
    """The shared database ends its connections, and takes none inside."""
    shared = make_url(url).set(drivername="postgresql")
    name = shared.database or ""
    address = shared.set(database="postgres").render_as_string(hide_password=False)
    allow = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    with psycopg.connect(address, autocommit=True) as connection:

        def set_allowed(*, allowed: bool) -> None:
            value = sql.SQL("true" if allowed else "false")
            connection.execute(allow.format(sql.Identifier(name), value))

        set_allowed(allowed=False)
        try:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE datname = %s",
                [name],
            )
            yield
        finally:
            set_allowed(allowed=True)
