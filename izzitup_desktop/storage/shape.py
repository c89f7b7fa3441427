"""The shape of a SQLite file: its tables and indexes, as our migrations make them."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache

from sqlalchemy import create_engine, event

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import schema

_OWN_OF_SQLITE = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})
_QUOTES = re.compile(r"[\"`\[\]]")
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(r" ?([(),]) ?")

_Shape = dict[tuple[str, str, str], str]
"""(type, name, table) -> the statement that makes it, quotes and blanks left out."""


def problems_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What differs from the schema of the version the file says it is of.

    A trigger, a view, a rule or a column of somebody else would run or be read with
    every query, so none is taken. Raises sqlite3.Error.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 1 <= version <= schema.VERSION:
        return (msg("it is of no version that was ever made"),)
    expected, found = _expected(version), _shape(connection)
    problems = [
        msg("the %1 %2 does not belong there", type_, name)
        for type_, name, _ in sorted(found.keys() - expected.keys())
    ]
    problems += [
        msg("the %1 %2 is missing", type_, name)
        for type_, name, _ in sorted(expected.keys() - found.keys())
    ]
    problems += [
        msg("the %1 %2 is not as IzzitUp makes it", *key[:2])
        for key in sorted(expected.keys() & found.keys())
        if expected[key] != found[key]
    ]
    if not problems:
        revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if revisions != [(f"{version:04}",)]:
            problems.append(msg("it is of two versions at once"))
    return tuple(problems)


@lru_cache
def _expected(version: int) -> _Shape:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=OFF"))
    try:
        with engine.begin() as connection:
            schema.migrate(connection, target=f"{version:04}")
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            return _shape(raw)
    finally:
        engine.dispose()


def _shape(connection: sqlite3.Connection) -> _Shape:
    # The first page's own table can't be hidden by one of that name in another schema.
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_master")
    return {
        (str(type_), str(name), str(table)): _plain(sql)
        for type_, name, table, sql in rows
        if name not in _OWN_OF_SQLITE
    }


def _plain(sql: object) -> str:
    blanks = _BLANKS.sub(" ", _QUOTES.sub("", str(sql or "")))
    head, bracket, body = _AROUND.sub(r"\1", blanks).casefold().partition("(")
    # Where a table was made anew its constraints stand in any order.
    return head + bracket + ",".join(sorted(_parts(body), key=_is_constraint))


def _parts(body: str) -> list[str]:
    """What stands between the commas that no bracket holds."""
    parts, depth = [""], 0
    for char in body:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    # The last bracket closes the body, and belongs to no part.
    return [*parts[:-1], *parts[-1].rsplit(")", 1)]


def _is_constraint(part: str) -> tuple[bool, str]:
    names = part.startswith(("constraint ", "primary key(", "foreign key("))
    return names, part if names else ""
