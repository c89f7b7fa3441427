"""All rows arranged at once, on any thread, and what a change does to them; no Qt in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from izzitup_desktop.desktop.board.order import Order, by_name, ordered
from izzitup_desktop.desktop.board.rows import Row


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows by id, their ids by name and in an order, and how many have each status."""

    order: Order
    rows: dict[int, Row]
    named: list[int]
    ids: list[int]
    counts: dict[int, Counter[int]]
    """By group's id, 0: no group."""
    group_places: dict[int, int]
    """Where each group stands among the others."""
    changed: frozenset[int]
    """The ids of rows that were not there before, or differ."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of rows does to what is shown."""

    changed: Sequence[int] = ()
    """The services that are new or differ, and the headings that count them."""
    leaving: Sequence[int] = ()
    """The places, ascending, of what is no longer shown there."""
    coming: Sequence[tuple[int, int]] = ()
    """Where, ascending, which number is shown when all is done."""
    is_whole: bool = False
    """All is arranged anew instead."""


def arrange(rows: Iterable[Row], order: Order, before: Mapping[int, Row]) -> Arranged:
    """Arrange rows; `before` holds those that were shown until now."""
    held = {row.service.id: row for row in rows}
    counts: dict[int, Counter[int]] = {}
    group_places: dict[int, int] = {}
    for row in held.values():
        group_id = row.service.group_id or 0
        group = counts.get(group_id)
        if group is None:
            group = counts[group_id] = Counter()
        group[row.service.status_id] += 1
        group_places[group_id] = row.group_place
    changed = frozenset(id_ for id_, row in held.items() if before.get(id_) != row)
    named = by_name(held)
    ids = ordered(held, named, order, group_places)
    return Arranged(order, held, named, ids, counts, group_places, changed)
