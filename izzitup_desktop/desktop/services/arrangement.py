"""Which rows are shown, and in what order; no Qt in here.

The order of all rows is kept, so that typing in the search only leaves rows out,
and a change of a few rows sorts a list that is nearly sorted already. In what is
shown a number above 0 is a service's id, one below 0 the heading of a section.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from izzitup_desktop.desktop.services.rows import Column, Row, Section
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import search_fold

OWN_ORDER = -1
"""Stands for a column: the order that services were dragged into."""

_WORST_FIRST = {
    StatusId.OUTAGE: 0,
    StatusId.IMPAIRED: 1,
    StatusId.OPERATIONAL: 2,
    StatusId.CLOSED: 3,
}


class Arrangement:
    """All rows, the filter, the sort and the sections; `shown()` is what comes of them."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.sectioned = False
        self.collapsed: frozenset[int] = frozenset()
        """The groups (0: no group) of which only the heading is shown."""
        self._keys: dict[int, Any] = {}
        self._ordered: list[int] | None = None
        self._sorted = False
        self._words: tuple[str, ...] = ()
        self._statuses: frozenset[int] = frozenset()
        self._column: int = Column.STATUS
        self._descending = False
        self._counts: Counter[int] = Counter()
        self._group_counts: dict[int, Counter[int]] = {}
        self._group_names: dict[int, str] = {}

    @property
    def filtered(self) -> bool:
        """Whether a search or a status filter is on."""
        return bool(self._words or self._statuses)

    def replace(self, rows: Iterable[Row]) -> None:
        """Hold these rows and no others."""
        self.rows = {row.service.id: row for row in rows}
        self._counts.clear()
        self._group_counts.clear()
        self._group_names.clear()
        for row in self.rows.values():
            self._count(row, 1)
        self._make_keys()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> list[int]:
        """Take rows in, drop others; the ids of those that are new or differ."""
        changed = []
        for row in rows:
            id_ = row.service.id
            old = self.rows.get(id_)
            if old == row:
                continue
            if old is not None:
                self._count(old, -1)
            self._count(row, 1)
            self.rows[id_] = row
            key = self._key(row)
            if self._keys.get(id_) != key:
                if id_ not in self._keys and self._ordered is not None:
                    self._ordered.append(id_)
                self._keys[id_] = key
                self._sorted = False
            changed.append(id_)
        dropped = set()
        for id_ in gone:
            left = self.rows.pop(id_, None)
            if left is not None:
                self._count(left, -1)
                del self._keys[id_]
                dropped.add(id_)
        if dropped and self._ordered is not None:
            self._ordered = [id_ for id_ in self._ordered if id_ not in dropped]
        return changed

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`; accents and case do not count."""
        self._words = tuple(search_fold(text).split())

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses; of all when there are none."""
        self._statuses = frozenset(statuses)

    def sort(self, column: int, *, descending: bool) -> None:
        """Order by a column, ties by name; `STATUS` ascending is worst first."""
        if (column, descending) != (self._column, self._descending):
            self._column, self._descending = column, descending
            self._make_keys()

    def section(self, sectioned: bool) -> None:
        """Put the rows under a heading for each group, or take the headings away."""
        if sectioned != self.sectioned:
            self.sectioned = sectioned
            self._make_keys()

    def shown(self) -> list[int]:
        """What to show, in order: ids of services, and numbers of sections."""
        if self._ordered is None:
            self._ordered = list(self.rows)
            self._sorted = False
        if not self._sorted:
            self._ordered.sort(key=self._keys.__getitem__, reverse=self._descending)
            self._sorted = True
        found = self._matching(self._ordered) if self.filtered else list(self._ordered)
        return self._with_headings(found) if self.sectioned else found

    def counts(self) -> Counter[int]:
        """How many services have each status, filtered or not."""
        return +self._counts

    def section_of(self, number: int) -> Section:
        """The section that a number below 0 stands for."""
        group_id = -1 - number
        counts = +self._group_counts.get(group_id, Counter())
        worst_first = sorted(counts.items(), key=lambda item: _place(item[0]))
        name = self._group_names.get(group_id, "")
        return Section(group_id, name, tuple(worst_first), group_id in self.collapsed)

    def _matching(self, ordered: list[int]) -> list[int]:
        words, statuses, rows = self._words, self._statuses, self.rows
        found = []
        for id_ in ordered:
            row = rows[id_]
            if statuses and row.service.status_id not in statuses:
                continue
            if all(word in row.folded for word in words):
                found.append(id_)
        return found

    def _with_headings(self, found: list[int]) -> list[int]:
        if not any(group_id for group_id, counts in self._group_counts.items() if +counts):
            # Nothing is in a group: a heading above everything says nothing.
            return found
        # What was searched for is shown, collapsed or not.
        hidden = frozenset() if self.filtered else self.collapsed
        shown: list[int] = []
        last = -1
        rows = self.rows
        for id_ in found:
            group_id = rows[id_].service.group_id or 0
            if group_id != last:
                shown.append(-1 - group_id)
                last = group_id
            if group_id not in hidden:
                shown.append(id_)
        return shown

    def _count(self, row: Row, by: int) -> None:
        group_id, status_id = row.service.group_id or 0, row.service.status_id
        self._counts[status_id] += by
        self._group_counts.setdefault(group_id, Counter())[status_id] += by
        if by > 0:
            self._group_names[group_id] = row.group

    def _make_keys(self) -> None:
        self._keys = {id_: self._key(row) for id_, row in self.rows.items()}
        self._ordered = None

    def _key(self, row: Row) -> Any:
        key = _key(row, self._column)
        if not self.sectioned:
            return key
        group_id = row.service.group_id or 0
        if self._descending:
            # Sections stay in their order, whichever way their rows are sorted.
            return (-row.group_place, -group_id, key)
        return (row.group_place, group_id, key)


def _place(status_id: int) -> int:
    return _WORST_FIRST.get(StatusId(status_id), 9)


def _key(row: Row, column: int) -> Any:
    service = row.service
    tie = (row.name_key, service.id)
    match column:
        case Column.STATUS | Column.BUTTONS:
            return (_place(service.status_id), *tie)
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
        case -1:
            return (service.position, *tie)
        case _:
            return tie
