"""Which rows are shown, and in what order; no Qt in here.

The order of all rows is kept, so that typing in the search only leaves rows out,
and a change of a few rows sorts a list that is nearly sorted already. All rows are
arranged by `arrange()`, on any thread. In what is shown a number above 0 is a
service's id, one below 0 the heading of a section.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from izzitup_desktop.desktop.board.rows import Column, Row, Section
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


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are sorted by; ties by name. `STATUS` ascending is worst first."""

    column: int = Column.STATUS
    descending: bool = False
    sectioned: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows by id, their keys and ids in an order, and how many have each status."""

    order: Order
    rows: dict[int, Row]
    keys: dict[int, Any]
    ids: list[int]
    counts: dict[int, Counter[int]]
    """By group's id, 0: no group."""
    changed: frozenset[int]
    """The ids of rows that were not there before, or differ."""


def arrange(rows: Iterable[Row], order: Order, before: Mapping[int, Row]) -> Arranged:
    """Arrange rows; `before` holds those that were shown until now."""
    held = {row.service.id: row for row in rows}
    counts: dict[int, Counter[int]] = {}
    for row in held.values():
        group = counts.get(row.service.group_id or 0)
        if group is None:
            group = counts[row.service.group_id or 0] = Counter()
        group[row.service.status_id] += 1
    changed = frozenset(id_ for id_, row in held.items() if before.get(id_) != row)
    keys, ids = _ordered(held, order)
    return Arranged(order, held, keys, ids, counts, changed)


class Arrangement:
    """All rows, the filter, the sort and the sections; `shown()` is what comes of them."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.order = Order()
        self.collapsed: frozenset[int] = frozenset()
        """The groups (0: no group) of which only the heading is shown."""
        self._keys: dict[int, Any] = {}
        self._ids: list[int] = []
        self._texts: list[str] | None = None
        self._sorted = True
        self._words: tuple[str, ...] = ()
        self._statuses: frozenset[int] = frozenset()
        self._counts: dict[int, Counter[int]] = {}
        self._group_names: dict[int, str] = {}

    @property
    def sectioned(self) -> bool:
        """Whether rows stand under a heading for each group."""
        return self.order.sectioned

    @property
    def filtered(self) -> bool:
        """Whether a search or a status filter is on."""
        return bool(self._words or self._statuses)

    def take(self, arranged: Arranged) -> None:
        """Hold what was arranged, and no other rows."""
        self.rows, self._counts = arranged.rows, arranged.counts
        self._keys, self._ids = arranged.keys, arranged.ids
        self._texts, self._sorted = None, True
        self._group_names.clear()
        if arranged.order != self.order:
            # Somebody sorted while it was arranged.
            self._arrange_again()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> list[int]:
        """Take rows in, drop others; the ids of those that are new or differ."""
        changed = []
        key_of = _key_of(self.order)
        for row in rows:
            id_ = row.service.id
            old = self.rows.get(id_)
            if old == row:
                continue
            if old is not None:
                self._count(old, -1)
            self._count(row, 1)
            self.rows[id_] = row
            key = key_of(row)
            if self._keys.get(id_) != key:
                if id_ not in self._keys:
                    self._ids.append(id_)
                self._keys[id_] = key
                self._sorted = False
            self._texts = None
            changed.append(id_)
        dropped = set()
        for id_ in gone:
            left = self.rows.pop(id_, None)
            if left is not None:
                self._count(left, -1)
                del self._keys[id_]
                dropped.add(id_)
        if dropped:
            self._ids = [id_ for id_ in self._ids if id_ not in dropped]
            self._texts = None
        return changed

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`; accents and case do not count."""
        self._words = tuple(search_fold(text).split())

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses; of all when there are none."""
        self._statuses = frozenset(statuses)

    def put_in(self, order: Order) -> None:
        """Put all rows in this order."""
        if order != self.order:
            self.order = order
            self._arrange_again()

    def shown(self) -> list[int]:
        """What to show, in order: ids of services, and numbers of sections."""
        if not self._sorted:
            self._ids.sort(key=self._keys.__getitem__, reverse=self.order.descending)
            self._texts, self._sorted = None, True
        found = self._matching() if self.filtered else list(self._ids)
        return self._with_headings(found) if self.sectioned else found

    def counts(self) -> Counter[int]:
        """How many services have each status, filtered or not."""
        total: Counter[int] = Counter()
        for counts in self._counts.values():
            total.update(counts)
        return +total

    def section_of(self, number: int) -> Section:
        """The section that a number below 0 stands for."""
        group_id = -1 - number
        counts = +self._counts.get(group_id, Counter())
        worst_first = sorted(counts.items(), key=lambda item: _place(item[0]))
        name = self._group_names.get(group_id, "")
        return Section(group_id, name, tuple(worst_first), group_id in self.collapsed)

    def _matching(self) -> list[int]:
        ids, rows, statuses = self._ids, self.rows, self._statuses
        if self._texts is None:
            self._texts = [rows[id_].folded for id_ in ids]
        texts = self._texts
        places: Iterable[int] = range(len(ids))
        # The longest word leaves the fewest rows to the others.
        for word in sorted(self._words, key=len, reverse=True):
            places = [place for place in places if word in texts[place]]
        found = [ids[place] for place in places]
        if statuses:
            found = [id_ for id_ in found if rows[id_].service.status_id in statuses]
        return found

    def _with_headings(self, found: list[int]) -> list[int]:
        if not any(group_id for group_id, counts in self._counts.items() if +counts):
            # Nothing is in a group: a heading above everything says nothing.
            return found
        # What was searched for is shown, collapsed or not.
        hidden = frozenset() if self.filtered else self.collapsed
        shown: list[int] = []
        rows = self.rows
        for group_id, ids in groupby(found, lambda id_: rows[id_].service.group_id or 0):
            members = list(ids)
            self._group_names[group_id] = rows[members[0]].group
            shown.append(-1 - group_id)
            if group_id not in hidden:
                shown += members
        return shown

    def _count(self, row: Row, by: int) -> None:
        group_id, status_id = row.service.group_id or 0, row.service.status_id
        self._counts.setdefault(group_id, Counter())[status_id] += by

    def _arrange_again(self) -> None:
        self._keys, self._ids = _ordered(self.rows, self.order)
        self._texts, self._sorted = None, True


def _ordered(rows: Mapping[int, Row], order: Order) -> tuple[dict[int, Any], list[int]]:
    key_of = _key_of(order)
    keys = {id_: key_of(row) for id_, row in rows.items()}
    return keys, sorted(keys, key=keys.__getitem__, reverse=order.descending)


def _key_of(order: Order) -> Callable[[Row], Any]:
    key_of = _KEYS.get(order.column, _by_name)
    if not order.sectioned:
        return key_of
    # Sections stay in their order, whichever way their rows are sorted.
    sign = -1 if order.descending else 1
    return lambda row: (
        sign * row.group_place,
        sign * (row.service.group_id or 0),
        key_of(row),
    )


def _place(status_id: int) -> int:
    return _WORST_FIRST.get(StatusId(status_id), 9)


_PLACES = {int(status): _place(status) for status in StatusId}


def _by_name(row: Row) -> Any:
    return (row.name_key, row.service.id)


def _by_status(row: Row) -> Any:
    return (_PLACES[row.service.status_id], row.name_key, row.service.id)


def _by_key(row: Row) -> Any:
    key = row.service.key
    return (not key, key.casefold(), row.name_key, row.service.id)


def _by_group(row: Row) -> Any:
    return (not row.group, row.group_key, row.name_key, row.service.id)


def _by_since(row: Row) -> Any:
    return (-row.service.since.timestamp(), row.name_key, row.service.id)


def _by_actor(row: Row) -> Any:
    return (row.service.changed_by.casefold(), row.name_key, row.service.id)


def _by_note(row: Row) -> Any:
    note = row.service.note
    return (not note, note.casefold(), row.name_key, row.service.id)


def _by_position(row: Row) -> Any:
    return (row.service.position, row.name_key, row.service.id)


_KEYS: dict[int, Callable[[Row], Any]] = {
    Column.STATUS: _by_status,
    Column.BUTTONS: _by_status,
    Column.KEY: _by_key,
    Column.GROUP: _by_group,
    Column.SINCE: _by_since,
    Column.CHANGED_BY: _by_actor,
    Column.NOTE: _by_note,
    OWN_ORDER: _by_position,
}
