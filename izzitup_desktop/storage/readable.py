"""Rows that can be read: a damaged one is left out, and must not spoil the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, Row, Select, Text
from sqlalchemy.exc import OperationalError

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R", bound=Sequence[Any])

_KINDS: tuple[tuple[type, tuple[type, ...]], ...] = (
    (Boolean, (bool, int)),
    (Text, (str,)),
    (Integer, (int,)),
    (BigInteger, (int,)),
)
_TOLD_MOST = 1_000
_NO_TEXT = "Could not decode to UTF-8"


class Readable:
    """Reads the rows of one table; `read` makes of a row what it stands for.

    SQLite keeps any value in any column. A row whose values are not of their columns'
    types, or that `read` fails on, can't be read; the log says so once.
    """

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self._columns = tuple(columns)
        self._name = columns[0].table.name
        self._types = tuple(map(_types_of, self._columns))
        self._fitting: set[tuple[type, ...]] = set()
        self._told: set[object] = set()

    def all(
        self, rows: Iterable[Row[Any]], read: Callable[[Row[Any]], T]
    ) -> Iterator[tuple[Row[Any], T]]:
        """The rows that can be read, with what they stand for."""
        for row in rows:
            found = self.one(row, read)
            if found is not None:
                yield row, found

    def fit(self, values: Sequence[Sequence[Any]]) -> bool:
        """Whether each value, given column by column, is of its column's type."""
        return all(
            types.issuperset(map(type, of_column))
            for types, of_column in zip(self._types, values, strict=True)
        )

    def one(self, row: R, read: Callable[[R], T]) -> T | None:
        """What the row stands for, None where it can't be read."""
        try:
            self._assert_fits(row)
            return read(row)
        except (TypeError, ValueError, OverflowError) as error:
            if row[0] not in self._told and len(self._told) < _TOLD_MOST:
                self._told.add(row[0])
                log.warning("row %r of %s can't be read: %s", row[0], self._name, error)
            return None

    def _assert_fits(self, row: Sequence[Any]) -> None:
        types = tuple(map(type, row))
        if types in self._fitting:
            return
        for column, allowed, type_ in zip(self._columns, self._types, types, strict=False):
            if type_ not in allowed:
                raise TypeError(f"{column.name} is {type_.__name__}")
        self._fitting.add(types)


def _types_of(column: Column[Any]) -> frozenset[type]:
    """What the column's values may be."""
    kinds = {type_ for kind, types in _KINDS if isinstance(column.type, kind) for type_ in types}
    return frozenset(kinds | {type(None)} if column.nullable else kinds)


def fetched(
    connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None
) -> Sequence[Row[Any]]:
    """All rows of a query; text that is no UTF-8 with a mark where it can't be read."""
    try:
        return connection.execute(query, values or {}).all()
    except OperationalError as error:
        if _NO_TEXT not in str(error.orig):
            raise
    driver: Any = connection.connection.driver_connection
    # From now on, on this connection: it costs a little, and such a file is rare.
    driver.text_factory = lambda stored: stored.decode("utf-8", "replace")
    return connection.execute(query, values or {}).all()
