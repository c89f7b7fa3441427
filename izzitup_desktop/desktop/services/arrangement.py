"""Which rows are shown, and in what order; no Qt in here.

The order of all rows is kept, so that typing in the search only leaves rows out,
and a change of a few rows sorts a list that is nearly sorted already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from izzitup_desktop.desktop.services.rows import Column, Row
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import search_fold

_WORST_FIRST = {
    StatusId.OUTAGE: 0,
    StatusId.IMPAIRED: 1,
    StatusId.OPERATIONAL: 2,
    StatusId.CLOSED: 3,
}


class Arrangement:
    """All rows, the filter and the sort; `shown()` is what comes of them."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self._keys: dict[int, Any] = {}
        self._ordered: list[int] | None = None
        self._sorted = False
        self._words: tuple[str, ...] = ()
        self._statuses: frozenset[int] = frozenset()
        self._column = Column.STATUS
        self._descending = False

    @property
    def filtered(self) -> bool:
        """Whether a search or a status filter is on."""
        return bool(self._words or self._statuses)

    def replace(self, rows: Iterable[Row]) -> None:
        """Hold these rows and no others."""
        self.rows = {row.service.id: row for row in rows}
        self._keys = {id_: _key(row, self._column) for id_, row in self.rows.items()}
        self._ordered = None

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> list[int]:
        """Take rows in, drop others; the ids of those that are new or differ."""
        changed = []
        for row in rows:
            id_ = row.service.id
            if self.rows.get(id_) == row:
                continue
            self.rows[id_] = row
            key = _key(row, self._column)
            if self._keys.get(id_) != key:
                if id_ not in self._keys and self._ordered is not None:
                    self._ordered.append(id_)
                self._keys[id_] = key
                self._sorted = False
            changed.append(id_)
        dropped = {id_ for id_ in gone if self.rows.pop(id_, None) is not None}
        for id_ in dropped:
            del self._keys[id_]
        if dropped and self._ordered is not None:
            self._ordered = [id_ for id_ in self._ordered if id_ not in dropped]
        return changed

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`; accents and case do not count."""
        self._words = tuple(search_fold(text).split())

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses; of all when there are none."""
        self._statuses = frozenset(statuses)

    def sort(self, column: Column, *, descending: bool) -> None:
        """Order by a column, ties by name; `STATUS` ascending is worst first."""
        if column is not self._column:
            self._column = column
            self._keys = {id_: _key(row, column) for id_, row in self.rows.items()}
        self._descending = descending
        self._ordered = None

    def shown(self) -> list[int]:
        """The ids of the rows to show, in order."""
        if self._ordered is None:
            self._ordered = list(self.rows)
            self._sorted = False
        if not self._sorted:
            self._ordered.sort(key=self._keys.__getitem__, reverse=self._descending)
            self._sorted = True
        if not self.filtered:
            return list(self._ordered)
        words, statuses, rows = self._words, self._statuses, self.rows
        found = []
        for id_ in self._ordered:
            row = rows[id_]
            if statuses and row.service.status_id not in statuses:
                continue
            if all(word in row.folded for word in words):
                found.append(id_)
        return found

    def counts(self) -> Counter[int]:
        """How many services have each status, filtered or not."""
        return Counter(row.service.status_id for row in self.rows.values())


def _key(row: Row, column: Column) -> Any:
    service = row.service
    tie = (row.name_key, service.id)
    match column:
        case Column.STATUS | Column.BUTTONS:
            return (_WORST_FIRST.get(StatusId(service.status_id), 9), *tie)
        case Column.KEY:
            return (not service.key, service.key.casefold(), *tie)
        case Column.GROUP:
            return (not row.group, row.group_key, *tie)
        case Column.SINCE:
            return (-service.since.timestamp(), *tie)
        case Column.CHANGED_BY:
            return (service.changed_by.casefold(), *tie)
        case Column.NOTE:
            return (not service.note, service.note.casefold(), *tie)
        case _:
            return tie
