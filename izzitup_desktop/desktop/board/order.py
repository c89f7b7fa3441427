"""In what order rows stand, and where one of them belongs; no Qt in here.

All rows are sorted by `ordered()`, on any thread: those by name once, and kept, so
that any other order is one stable sort by a single text or number of each row. It
is done piece by piece, so that other threads have their turn. What changes later
finds its place among them by `key_of()`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from izzitup_desktop.desktop.board.rows import Column, Row
from izzitup_desktop.domain.statuses import StatusId

OWN_ORDER = -1
"""Stands for a column: the order that services were dragged into."""

_LAST = "\U0010ffff"
"""Stands for what is empty: it comes after all texts."""

_PIECE = 4_096
"""So many rows are sorted in one call, during which no other thread runs."""

_SINGLY_MOST = 16
"""More places than this are taken out of a list by making it anew."""

_WORST_FIRST = {
    StatusId.OUTAGE: 0,
    StatusId.IMPAIRED: 1,
    StatusId.OPERATIONAL: 2,
    StatusId.CLOSED: 3,
}
_PLACES = {int(status): _WORST_FIRST.get(status, 9) for status in StatusId}


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are sorted by; ties by name. `STATUS` ascending is worst first."""

    column: int = Column.STATUS
    descending: bool = False
    sectioned: bool = False


Key = Callable[[Row], Any]


def place_of_status(status_id: int) -> int:
    """Where a status stands among the others: the worst first."""
    return _PLACES.get(status_id, 9)


def by_name(rows: Mapping[int, Row]) -> list[int]:
    """The ids of rows in the order of their names."""
    names = {id_: row.name_key for id_, row in rows.items()}
    return _sorted(sorted(names), names)


def ordered(
    rows: Mapping[int, Row], named: Sequence[int], order: Order, group_places: Mapping[int, int]
) -> list[int]:
    """The ids of rows in this order; `named` are all of them by name."""
    # As new numbers, which lie side by side in memory: they are read several times as fast.
    return array("q", _ordered(rows, named, order, group_places)).tolist()


def key_of(order: Order, group_places: Mapping[int, int]) -> Key:
    """What rows in this order compare by; in sections (place, group's id) goes before them."""
    first = _KEYS.get(order.column, _nothing)

    def ascending(row: Row) -> Any:
        return (first(row), row.name_key, row.service.id)

    key = (lambda row: _Down(ascending(row))) if order.descending else ascending
    if not order.sectioned:
        return key
    return lambda row: (
        group_places[row.service.group_id or 0],
        row.service.group_id or 0,
        key(row),
    )


def name_key_of(row: Row) -> Any:
    """What rows in the order of their names compare by."""
    return (row.name_key, row.service.id)


def take_out(ids: list[int], places: Sequence[int]) -> None:
    """Take what stands at these places, which ascend, out of `ids`."""
    if len(places) <= _SINGLY_MOST:
        for place in reversed(places):
            del ids[place]
        return
    kept: list[int] = []
    begin = 0
    for place in places:
        kept += ids[begin:place]
        begin = place + 1
    ids[:] = kept + ids[begin:]


def put_in(ids: list[int], coming: Sequence[tuple[int, int]]) -> None:
    """Put (place, id) into `ids`; the places ascend, and are where they stand in the end."""
    if len(coming) <= _SINGLY_MOST:
        for place, id_ in coming:
            ids.insert(place, id_)
        return
    made: list[int] = []
    begin = 0
    for place, id_ in coming:
        end = begin + place - len(made)
        made += ids[begin:end]
        made.append(id_)
        begin = end
    ids[:] = made + ids[begin:]


def places_for(
    ids: Sequence[int], coming: Sequence[tuple[Any, int]], key: Callable[[int], Any]
) -> list[tuple[int, int]]:
    """Where each of (key, id) will stand in `ids`, in ascending order, for `put_in`."""
    found = sorted(coming, key=lambda item: item[0])
    return [(bisect_left(ids, at, key=key) + before, id_) for before, (at, id_) in enumerate(found)]


class _Down:
    """Compares the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: Any) -> None:
        self.key = key

    def __lt__(self, other: _Down) -> bool:
        return bool(other.key < self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and bool(self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)


def _ordered(
    rows: Mapping[int, Row], named: Sequence[int], order: Order, group_places: Mapping[int, int]
) -> list[int]:
    key = _KEYS.get(order.column)
    if key is None:
        ids = list(named)
    else:
        ids = _sorted(named, {id_: key(row) for id_, row in rows.items()})
    if not order.sectioned or len(group_places) < 2:
        return ids[::-1] if order.descending else ids
    groups = {id_: row.service.group_id or 0 for id_, row in rows.items()}
    sections: dict[int, list[int]] = {group_id: [] for group_id in group_places}
    for id_ in ids:
        sections[groups[id_]].append(id_)
    # Sections stay in their order, whichever way their rows are sorted.
    step = -1 if order.descending else 1
    places = sorted((place, group_id) for group_id, place in group_places.items())
    return [id_ for _place, group_id in places for id_ in sections[group_id][::step]]


def _sorted(ids: Sequence[int], keys: Mapping[int, Any]) -> list[int]:
    found: list[int] = []
    for begin in range(0, len(ids), _PIECE):
        found += sorted(ids[begin : begin + _PIECE], key=keys.__getitem__)
    # Of what is sorted piece by piece this only merges.
    found.sort(key=keys.__getitem__)
    return found


def _nothing(_row: Row) -> Any:
    return 0


def _by_status(row: Row) -> Any:
    return _PLACES[row.service.status_id]


def _by_key(row: Row) -> Any:
    return row.service.key.casefold() or _LAST


def _by_group(row: Row) -> Any:
    return row.group_key if row.group else _LAST


def _by_since(row: Row) -> Any:
    return -row.service.since.timestamp()


def _by_actor(row: Row) -> Any:
    return row.service.changed_by.casefold()


def _by_note(row: Row) -> Any:
    return row.service.note.casefold() or _LAST


def _by_position(row: Row) -> Any:
    return row.service.position


_KEYS: dict[int, Key] = {
    Column.STATUS: _by_status,
    Column.BUTTONS: _by_status,
    Column.KEY: _by_key,
    Column.GROUP: _by_group,
    Column.SINCE: _by_since,
    Column.CHANGED_BY: _by_actor,
    Column.NOTE: _by_note,
    OWN_ORDER: _by_position,
}
