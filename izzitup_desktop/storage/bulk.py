"""One statement for many rows, without building its parameters row by row.

SQLAlchemy prepares each row's parameters in Python, which takes longer than SQLite
takes to store them. Here the statement is compiled once a dialect, and the rows go to
the driver as they are: values must be what drivers take (int, str, bool, None).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Update

from izzitup_desktop.storage import direct

_Rows = Sequence[Mapping[str, Any]]


class Bulk:
    """An INSERT, UPDATE or DELETE whose parameters are `names`."""

    def __init__(self, statement: Insert | Update | Delete, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = list(names)
        self._compiled: dict[str, tuple[str, Callable[[Any], Any] | None]] = {}

    def execute(self, connection: Connection, rows: _Rows) -> None:
        """Run it for all rows, each with all of the names; nothing where there are none."""
        if not rows:
            return
        text, ordered = self._for(connection)
        if ordered is None:
            connection.exec_driver_sql(text, list(rows))
        else:
            direct.run_many(connection, text, list(map(ordered, rows)))

    def _for(self, connection: Connection) -> tuple[str, Callable[[Any], Any] | None]:
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._names)
            # SQLite's are in places, psycopg's have names.
            places = compiled.positiontup
            found = str(compiled), None if places is None else _in_order(places)
            self._compiled[dialect.name] = found
        return found


def _in_order(places: Sequence[str]) -> Callable[[Any], Any]:
    if len(places) > 1:
        return itemgetter(*places)
    # Of one name itemgetter makes no tuple, which a driver needs.
    (place,) = places
    return lambda row: (row[place],)
