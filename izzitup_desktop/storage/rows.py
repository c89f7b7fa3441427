"""Rows read as they are stored, and what is found wrong with them.

SQLite keeps any value in any column, so that a type is a rule too. Rows are
streamed: a journal of any length needs no more memory than the board itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects import sqlite

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import times

TOLD_MOST = 20
"""So many problems are told one by one; the others are counted."""

BYTES_MOST = 8 * 1024 * 1024
"""No row of ours is larger; SQLite gives up reading one that is."""

_ROWS_AT_ONCE = 1_000
_TIMES = frozenset(
    {
        *("created", "updated", "since", "removed", "confirmed", "until"),
        *("time", "from_time", "to_time", "begin_time", "seen_time", "last_run"),
        *("expires", "revoked", "used", "made"),
    }
)
_DIALECT = sqlite.dialect()

Reader = Callable[[Select[Any] | Table], Iterator[Sequence[Any]]]
"""Streams what a query finds, or all rows of a table by its key, each value as it is stored."""

Progress = Callable[[str, int], None]
"""Hears of which table how many rows are read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which field of which row ("" for a whole table or row)."""

    table: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        if not self.row:
            return msg("Table %1: %2", self.table, self.reason)
        where = f"{self.row}, {self.field}" if self.field else self.row
        return msg("Table %1, row %2: %3", self.table, where, self.reason)


@dataclass(slots=True)
class Findings:
    """The first problems that were found, and how many there are."""

    first: list[Problem] = field(default_factory=list)
    count: int = 0
    nobody_administers: bool = False

    def add(self, table: str, row: object, name: str, reason: str) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.first) < TOLD_MOST:
            self.first.append(Problem(table, str(row), name, reason))

    def lines(self, most: int = TOLD_MOST) -> tuple[str, ...]:
        """The first problems, a line each, and how many more there are."""
        told = tuple(str(problem) for problem in self.first[:most])
        more = self.count - len(told)
        return (*told, msg("and %1 more", more)) if more else told


class _NotText:
    """Bytes in a text's place that are no UTF-8."""


def of_file(connection: sqlite3.Connection) -> Reader:
    """Reads from a SQLite connection that serves nothing else."""
    connection.text_factory = _decoded
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, BYTES_MOST)

    def read(query: Select[Any] | Table) -> Iterator[Sequence[Any]]:
        if isinstance(query, Table):
            return connection.execute(_all_of(query))
        sql = query.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
        return connection.execute(str(sql))

    return read


def of_connection(connection: Connection) -> Reader:
    """Reads from a database whose columns have types (PostgreSQL)."""

    def read(query: Select[Any] | Table) -> Iterator[Sequence[Any]]:
        if isinstance(query, Table):
            query = _by_key(query)
        with connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}) as result:
            yield from result

    return read


def _by_key(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns)


def _all_of(table: Table) -> str:
    """`_by_key` for a file; SQLAlchemy takes a third of the time of opening to say so little."""
    quoted = _DIALECT.identifier_preparer.quote
    names, key = (
        ", ".join(quoted(column.name) for column in columns)
        for columns in (table.columns, table.primary_key.columns)
    )
    return f"SELECT {names} FROM {quoted(table.name)} ORDER BY {key}"  # noqa: S608 (names of ours)


def _decoded(stored: bytes) -> str | _NotText:
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return _NotText()


def rows_of(
    read: Reader,
    table: Table,
    findings: Findings,
    progress: Progress | None = None,
    *,
    only: ColumnElement[bool] | None = None,
) -> Iterator[dict[str, Any]]:
    """The table's rows (`only` those) whose values are of their columns' types, by id."""
    names = [column.name for column in table.columns]
    types = _Types(table)
    query = table if only is None else _by_key(table).where(only)
    for count, row in enumerate(read(query), 1):
        if progress is not None and count % _ROWS_AT_ONCE == 0:
            progress(table.name, count)
        values = dict(zip(names, row, strict=True))
        try:
            types.check(values)
        except Invalid as error:
            findings.add(table.name, _name_of(table, values), error.field, error.reason)
        else:
            yield values


def wrong_numbers(table: Table) -> ColumnElement[bool]:
    """What holds for the rows of a SQLite file's `table` with a number or time that is none."""
    return or_(*(_is_wrong(column) for column in table.columns))


def _is_wrong(column: Column[Any]) -> ColumnElement[bool]:
    wrong = func.typeof(column) != "integer"
    if isinstance(column.type, Boolean):
        wrong |= type_coerce(column, Integer).not_in((0, 1))
    elif column.name in _TIMES:
        wrong |= (column < times.LEAST) | (column >= times.MOST)
    return and_(column.is_not(None), wrong) if column.nullable else wrong


def _name_of(table: Table, values: Mapping[str, Any]) -> str:
    ids = [values[column.name] for column in table.primary_key.columns]
    return "/".join(str(id_) if isinstance(id_, int) else "?" for id_ in ids)


class _Types:
    """Checks rows of one table, most of them by a look."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._flags = [column.name for column in table.columns if isinstance(column.type, Boolean)]
        self._times = [column.name for column in table.columns if column.name in _TIMES]
        self._fitting: set[tuple[type, ...]] = set()

    def check(self, values: dict[str, Any]) -> None:
        """Raise `Invalid` unless each value is of its column's type; flags become bool."""
        types = tuple(map(type, values.values()))
        if types not in self._fitting or not self._in_bounds(values):
            _assert_types(self._table, values)
            self._fitting.add(types)
            return
        for name in self._flags:
            values[name] = bool(values[name])

    def _in_bounds(self, values: Mapping[str, Any]) -> bool:
        for name in self._flags:
            if values[name] not in (0, 1):
                return False
        for name in self._times:
            time = values[name]
            if time is not None and not times.LEAST <= time < times.MOST:
                return False
        return True


def _assert_types(table: Table, values: dict[str, Any]) -> None:
    """Raise `Invalid` unless each value is of its column's type; flags become bool."""
    for column in table.columns:
        name, value = column.name, values[column.name]
        if value is None:
            if not column.nullable:
                raise Invalid(name, msg("It is missing."))
        elif isinstance(column.type, Boolean):
            if type(value) not in (int, bool) or value not in (0, 1):
                raise Invalid(name, msg("It is neither yes nor no."))
            values[name] = bool(value)
        elif isinstance(column.type, Text):
            if isinstance(value, _NotText):
                raise Invalid(name, msg("It is no UTF-8 text."))
            if type(value) is not str:
                raise Invalid(name, msg("It is no text."))
        elif isinstance(column.type, Integer | BigInteger):
            if type(value) is not int:
                raise Invalid(name, msg("It is no whole number."))
            if name in _TIMES and not times.LEAST <= value < times.MOST:
                raise Invalid(name, msg("This is no time of a board."))


class Noting:
    """Notes an `Invalid` of its block as a problem of one row."""

    def __init__(self, findings: Findings, table: str, row: object) -> None:
        self._findings, self._table, self._row = findings, table, row

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> bool:
        if not isinstance(error, Invalid):
            return False
        self._findings.add(self._table, self._row, error.field, error.reason)
        return True


class Unique:
    """Notes values that occur twice."""

    def __init__(self, findings: Findings, table: str, name: str) -> None:
        self._findings, self._table, self._name = findings, table, name
        self._seen: set[object] = set()

    def add(self, row: object, value: object) -> None:
        if value in self._seen:
            self._findings.add(self._table, row, self._name, msg("Another row has the same."))
        self._seen.add(value)


def summed_up(lines: Iterable[str]) -> str:
    """Problems as one sentence."""
    return "; ".join(line.rstrip(".") for line in lines)
