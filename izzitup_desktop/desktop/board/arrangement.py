"""Which rows are shown, and where; no Qt in here.

All rows are arranged by `arrange()`, on any thread. What is arranged stays so: a row
that changes leaves its place and finds its new one among the others, and typing in
the search only leaves rows out. In what is shown a number above 0 is a service's id,
one below 0 the heading of a section.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from izzitup_desktop.desktop.board.arranged import Arranged, Change
from izzitup_desktop.desktop.board.filter import Filter
from izzitup_desktop.desktop.board.order import (
    Key,
    Order,
    by_name,
    key_of,
    name_key_of,
    ordered,
    place_of_status,
    places_for,
    put_in,
    take_out,
)
from izzitup_desktop.desktop.board.query import Query, parsed
from izzitup_desktop.desktop.board.rows import Row, Section

_FEW = 4
"""A row after row of all is read so many times as fast as rows here and there."""


class Arrangement:
    """All rows, the filter, the order and the sections; `shown` is what comes of them."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        """As they are now."""
        self._placed = self.rows
        """The rows by which places are found."""
        self.wanted = Order()
        """The order that was asked for last: `order` once all rows are sorted by it."""
        self.shown: list[int] = []
        self.collapsed: frozenset[int] = frozenset()
        """The groups (0: no group) of which only the heading is shown."""
        self._named: list[int] = []
        self._ids: list[int] = []
        self._found = self._ids
        """What the filter leaves of them; the same list where there is none."""
        self._filter = Filter()
        self.query = Query()
        """What is searched for."""
        self._counts: dict[int, Counter[int]] = {}
        self._total: Counter[int] = Counter()
        self._grouped = 0
        self._group_places: dict[int, int] = {}
        self._group_names: dict[int, str] = {}
        self.order = self.wanted
        """In which all rows stand."""
        self._key = key_of(self.order, self._group_places)

    @property
    def sectioned(self) -> bool:
        """Whether rows stand under a heading for each group."""
        return self.order.sectioned

    @property
    def filtered(self) -> bool:
        """Whether a search or a status filter is on."""
        return self._filter.is_on

    @property
    def found_count(self) -> int:
        """How many services the filter leaves, shown or in a collapsed section."""
        return len(self._found)

    def counts(self) -> Counter[int]:
        """How many services have each status, filtered or not."""
        return +self._total

    def headings(self) -> list[int]:
        """The numbers of all sections there may be."""
        return [-1 - group_id for group_id in self._group_places]

    def section_of(self, number: int) -> Section:
        """The section that a number below 0 stands for."""
        group_id = -1 - number
        counts = +self._counts.get(group_id, Counter())
        worst_first = sorted(counts.items(), key=lambda item: place_of_status(item[0]))
        name = self._group_names.get(group_id, "")
        # A heading is still asked for while it goes, and rows have no sections any more.
        counted = self.filtered and self.sectioned
        begin, end = self._span_of(group_id) if counted else (0, counts.total())
        left_out = max(0, counts.total() - (end - begin))
        return Section(group_id, name, tuple(worst_first), group_id in self.collapsed, left_out)

    def place_in(self, shown: Sequence[int], number: int) -> int:
        """Where a number stands in what is shown, -1 where it does not."""
        known = number in self._placed
        if number < 0:
            known = self._has_headings and -1 - number in self._group_places
        if not known:
            return -1
        place = bisect_left(shown, self._key_at(number), key=self._key_at)
        return place if place < len(shown) and shown[place] == number else -1

    # All rows at once

    def take(self, arranged: Arranged) -> None:
        """Hold what was arranged, and no other rows."""
        self.rows = self._placed = arranged.rows
        self._counts = arranged.counts
        self._named, self._ids = arranged.named, arranged.ids
        self._group_places = arranged.group_places
        self._group_names.clear()
        self._total = Counter()
        for counts in self._counts.values():
            self._total.update(counts)
        self._grouped = sum(sum(of.values()) for group_id, of in self._counts.items() if group_id)
        self._stand_in(arranged.order)
        if arranged.order != self.wanted:
            # Somebody sorted while it was arranged.
            self._arrange_again()
        self._find()

    def sorter(self, order: Order) -> Callable[[], list[int]]:
        """What sorts the rows as they are now, on any thread."""
        rows, named, places = self.rows.copy(), self._named.copy(), self._group_places.copy()
        return lambda: ordered(rows, named, order, places)

    def put_in(self, order: Order, ids: list[int], since: Iterable[int] = ()) -> None:
        """Have all rows stand in `order`, as sorted in `ids` before those of `since` changed."""
        moved = set(since)
        if moved:
            ids = [id_ for id_ in ids if id_ not in moved]
        self._ids = ids
        self._stand_in(order)
        self._insert(ids, moved & self.rows.keys())
        self._found_again()

    def search(self, text: str) -> None:
        """Show rows that `text` (a `Query`) asks for; accents and case do not count."""
        self.query = query = parsed(text, datetime.now().astimezone())
        self._filter_by(replace(self._filter, words=query.words, terms=query.terms))

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses; of all when there are none."""
        self._filter_by(replace(self._filter, statuses=frozenset(statuses)))

    def collapse(self, group_ids: Iterable[int]) -> None:
        """Show only the headings of these groups (0: no group)."""
        self.collapsed = frozenset(group_ids)
        self._show()

    # Some rows

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> Change:
        """Take rows in, drop others."""
        new, old = self._differing(rows, gone)
        if not new and not old:
            return Change()
        groups = {row.service.group_id or 0 for part in (old, new) for row in part.values()}
        changed = [*new, *(-1 - group_id for group_id in groups)]
        had_headings = self._has_headings
        if self._moves_groups(new.values()):
            self._exchange(old, new)
            self._named = by_name(self.rows)
            self._arrange_again()
            self._find()
            return Change([*changed, *self.headings()], is_whole=True)
        found, finds = self._matching(old), self._matching(new)
        shown, shows = self._visible(found), self._visible(finds)
        stay = {i for i, row in new.items() if i in old and self._key(old[i]) == self._key(row)}
        leaving = self._places(_moving(shown, shows, stay))
        headings = {number: self._places([number])[0] for number in self._headings(groups)}
        if self._found is not self._ids:
            self._remove(self._found, _moving(found, finds, stay))
        self._take_over(old, new, stay)
        if self._found is not self._ids:
            self._insert(self._found, _moving(finds, found, stay))
        if self._has_headings != had_headings:
            self._show()
            return Change(changed, is_whole=True)
        remaining = self._headings(groups)
        leaving = sorted([*leaving, *(headings[n] for n in headings.keys() - remaining)])
        take_out(self.shown, leaving)
        numbers = [*_moving(shows, shown, stay), *(remaining - headings.keys())]
        keyed = [(self._key_at(number), number) for number in numbers]
        coming = places_for(self.shown, keyed, self._key_at)
        put_in(self.shown, coming)
        return Change(changed, leaving, coming)

    def _differing(
        self, rows: Iterable[Row], gone: Iterable[int]
    ) -> tuple[dict[int, Row], dict[int, Row]]:
        """Of these rows those that are not held so; and what is held in place of what."""
        known = self.rows
        new = {row.service.id: row for row in rows}
        new = {id_: row for id_, row in new.items() if known.get(id_) != row}
        return new, {id_: known[id_] for id_ in (*new, *gone) if id_ in known}

    def _take_over(self, old: Mapping[int, Row], new: Mapping[int, Row], stay: set[int]) -> None:
        """Hold `new` instead of `old` rows; those of `stay` have the same place among all."""
        named = {i for i in old.keys() & new if old[i].name_key == new[i].name_key}
        self._remove(self._named, old.keys() - named, name_key_of)
        self._remove(self._ids, old.keys() - stay)
        self._exchange(old, new)
        self._insert(self._named, new.keys() - named, name_key_of)
        self._insert(self._ids, new.keys() - stay)

    def _exchange(self, old: Mapping[int, Row], new: Mapping[int, Row]) -> None:
        for id_, row in old.items():
            self._count(row, -1)
            if id_ not in new:
                del self.rows[id_]
        for row in new.values():
            self._count(row, 1)
        self.rows |= new

    def _moves_groups(self, rows: Iterable[Row]) -> bool:
        """Whether a section of these rows stands elsewhere than it did; it does from now on."""
        moves = False
        for row in rows:
            group_id = row.service.group_id or 0
            self._group_names[group_id] = row.group
            known = self._group_places.setdefault(group_id, row.group_place)
            if known != row.group_place:
                self._group_places[group_id] = row.group_place
                moves = True
        return moves

    def _remove(self, ids: list[int], gone: Iterable[int], key: Key | None = None) -> None:
        at, rows = key or self._key, self.rows
        places = [bisect_left(ids, at(rows[i]), key=lambda n: at(rows[n])) for i in gone]
        take_out(ids, sorted(places))

    def _insert(self, ids: list[int], new: Iterable[int], key: Key | None = None) -> None:
        at, rows = key or self._key, self.rows
        keyed = [(at(rows[i]), i) for i in new]
        put_in(ids, places_for(ids, keyed, lambda n: at(rows[n])))

    def _places(self, numbers: Iterable[int]) -> list[int]:
        return sorted(bisect_left(self.shown, self._key_at(n), key=self._key_at) for n in numbers)

    def _count(self, row: Row, by: int) -> None:
        self._tally(row, by)
        self._grouped += by if row.service.group_id else 0

    def _tally(self, row: Row | None, by: int) -> None:
        if row is not None:
            status_id = row.service.status_id
            self._counts.setdefault(row.service.group_id or 0, Counter())[status_id] += by
            self._total[status_id] += by

    # What the filter leaves, and the sections

    def _filter_by(self, wanted: Filter) -> None:
        before, self._filter = self._filter, wanted
        if wanted == before:
            return
        words = wanted.words_beyond(before)
        if words is not None and len(self._found) * _FEW < len(self._ids):
            rows = self.rows
            for word in words:
                self._found = [id_ for id_ in self._found if word in rows[id_].folded]
            self._show()
        else:
            self._find()

    def _find(self) -> None:
        """Find what the filter leaves of all rows."""
        if self.filtered:
            self._keep_found(self._filter.matching(self.rows))
        else:
            self._found = self._ids
            self._show()

    def _found_again(self) -> None:
        """What was found stays found, in another order."""
        if self.filtered:
            self._keep_found(set(self._found))
        else:
            self._find()

    def _keep_found(self, found: set[int]) -> None:
        self._found = list(filter(found.__contains__, self._ids))
        self._show()

    @property
    def _has_headings(self) -> bool:
        # While nothing is in a group, a heading above everything says nothing.
        return self.order.sectioned and self._grouped > 0

    @property
    def _hidden(self) -> frozenset[int]:
        # What was searched for is shown, collapsed or not.
        collapses = self._has_headings and not self.filtered
        return self.collapsed if collapses else frozenset()

    def _matching(self, rows: Mapping[int, Row]) -> dict[int, Row]:
        return {id_: row for id_, row in rows.items() if self._filter.matches(row)}

    def _visible(self, rows: Mapping[int, Row]) -> dict[int, Row]:
        hidden = self._hidden
        return {id_: r for id_, r in rows.items() if (r.service.group_id or 0) not in hidden}

    def _headings(self, group_ids: Iterable[int]) -> set[int]:
        """The headings that are shown of these groups."""
        if not self._has_headings:
            return set()
        spans = {group_id: self._span_of(group_id) for group_id in group_ids}
        return {-1 - group_id for group_id, (begin, end) in spans.items() if begin < end}

    def _span_of(self, group_id: int) -> tuple[int, int]:
        """Where the rows of a group begin in what was found, and where they end."""
        place = self._group_places.get(group_id, 0)
        begin = bisect_left(self._found, (place, group_id), key=self._key_at)
        return begin, bisect_left(self._found, (place, group_id + 1), key=self._key_at)

    def _show(self) -> None:
        if not self._has_headings:
            self.shown = self._found.copy()
            return
        shown: list[int] = []
        hidden = self._hidden
        for _place, group_id in sorted((at, of) for of, at in self._group_places.items()):
            begin, end = self._span_of(group_id)
            if begin < end:
                self._group_names[group_id] = self.rows[self._found[begin]].group
                shown.append(-1 - group_id)
                if group_id not in hidden:
                    shown += self._found[begin:end]
        self.shown = shown

    # The order

    def _stand_in(self, order: Order) -> None:
        self.order = order
        self._key = key_of(order, self._group_places)

    def _key_at(self, number: int) -> Any:
        if number > 0:
            return self._key(self._placed[number])
        group_id = -1 - number
        return (self._group_places[group_id], group_id)

    def _arrange_again(self) -> None:
        self._ids = ordered(self.rows, self._named, self.wanted, self._group_places)
        self._stand_in(self.wanted)


def _moving(before: Mapping[int, Row], after: Mapping[int, Row], stay: set[int]) -> list[int]:
    """The rows of `before` that `after` has not, or has at another place."""
    return [id_ for id_ in before if id_ not in after or id_ not in stay]
