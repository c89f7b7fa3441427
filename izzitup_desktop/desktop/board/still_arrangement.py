"""An arrangement in which nothing moves for a while; no Qt in here.

While it is still, a row that changes is shown as it is now, where it was: its place is
found by what it was. So stays what is gone, or what the filter would leave out; what is
new is not shown yet. `apply()` has all of it stand where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from izzitup_desktop.desktop.board.arranged import Arranged, Change
from izzitup_desktop.desktop.board.arrangement import Arrangement
from izzitup_desktop.desktop.board.rows import Row


class StillArrangement(Arrangement):
    """Holds back what would move rows, as long as it is `still`."""

    def __init__(self) -> None:
        super().__init__()
        self.still = False
        """Whether all that is shown stays where it is."""
        self.held: set[int] = set()
        """What is to be shown elsewhere, or not any more, or is not shown yet."""

    def row(self, service_id: int) -> Row | None:
        """A service's row, also of one that is gone and still stands there."""
        return self.rows.get(service_id) or self._placed.get(service_id)

    def placed_group_of(self, service_id: int) -> int:
        """The group (0: no group) in whose section a service stands."""
        return self._placed[service_id].service.group_id or 0

    def found_in(self, group_id: int) -> list[int]:
        """The services of a group (0: no group) that the filter leaves, shown or collapsed."""
        rows = self.rows
        begin, end = self._span_of(group_id) if self.sectioned else (0, len(self._found))
        ids = (id_ for id_ in self._found[begin:end] if id_ in rows)
        return [id_ for id_ in ids if (rows[id_].service.group_id or 0) == group_id]

    def is_leaving(self, service_id: int) -> bool:
        """Whether what is shown of a service is not to be shown any more."""
        if service_id not in self.held:
            return False
        row = self.rows.get(service_id)
        return row is None or not self._filter.matches(row)

    def take(self, arranged: Arranged) -> None:
        """Hold what was arranged, and no other rows; nothing is held back any more."""
        self.held = set()
        super().take(arranged)

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> Change:
        """Take rows in, drop others."""
        holds_back = self.held or (self.still and self.shown)
        if not holds_back:
            return super().change(rows, gone)
        new, old = self._differing(rows, gone)
        return self._hold_back(new, old) if new or old else Change()

    def apply(self) -> Change:
        """Have what was held back while it was still stand where it belongs."""
        now, placed, held = self.rows, self._placed, self.held
        new = [now[id_] for id_ in held if id_ in now]
        # Everything is once more as it is placed; then it changes all at once.
        for id_ in held:
            self._tally(now.get(id_), -1)
            self._tally(placed.get(id_), 1)
        self.rows, self.held = placed, set()
        still, self.still = self.still, False
        change = self.change(new, held - now.keys())
        self.still = still
        return change

    def _hold_back(self, new: Mapping[int, Row], old: Mapping[int, Row]) -> Change:
        """Hold `new` instead of `old` rows; all that is shown stays where it is."""
        groups = {row.service.group_id or 0 for row in (*old.values(), *new.values())}
        gone = old.keys() - new.keys()
        for id_, row in new.items():
            placed = self._placed.get(id_)
            if placed is not None and self._stays(placed, row):
                self._placed[id_] = row
                self.held.discard(id_)
            else:
                self._part()
                self.held.add(id_)
            self._tally(old.get(id_), -1)
            self._tally(row, 1)
            self.rows[id_] = row
            if (group_id := row.service.group_id or 0) in self._group_places:
                self._group_names[group_id] = row.group
        for id_ in gone:
            self._part()
            self._tally(self.rows.pop(id_), -1)
            if id_ in self._placed:
                self.held.add(id_)
            else:
                self.held.discard(id_)
        if not self.held:
            self._placed = self.rows
        headings = (-1 - group_id for group_id in groups if group_id in self._group_places)
        return Change([*new, *gone, *headings])

    def _part(self) -> None:
        """From now on rows are not placed by what they are."""
        if self._placed is self.rows:
            self._placed = self.rows.copy()

    def _stays(self, placed: Row, row: Row) -> bool:
        """Whether a row that is placed by another one belongs there as well."""
        group_id = row.service.group_id or 0
        return (
            (placed.service.group_id or 0) == group_id
            and self._group_places.get(group_id) == row.group_place
            and placed.name_key == row.name_key
            and self._key(placed) == self._key(row)
            and self._filter.matches(placed) == self._filter.matches(row)
        )
