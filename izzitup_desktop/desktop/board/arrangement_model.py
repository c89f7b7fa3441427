"""A table model of what an arrangement shows: what leaves, moves and comes is told to views.

What is selected, edited and scrolled to stays where it was. Where a number stands is
looked for by its order: nothing is noted of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count, islice, pairwise
from operator import ne

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex

from izzitup_desktop.desktop.board.arranged import Change
from izzitup_desktop.desktop.board.order import take_out
from izzitup_desktop.desktop.board.rows import COLUMNS
from izzitup_desktop.desktop.board.still_arrangement import StillArrangement

Index = QModelIndex | QPersistentModelIndex

_RUNS_MOST = 64
"""Inserting or removing in more places than this, a reset is cheaper."""

_ROWS_MOST = 5_000
"""When a longer part of what is shown changes, looking for the places costs more than a reset."""

_SINGLY_MOST = 50
"""Of how many numbers the place is looked for, rather than all places noted."""


class ArrangementModel(QAbstractTableModel):
    """Has a row for each number that `arrangement` shows, once that was told to views."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = StillArrangement()
        self._shown: list[int] = []
        self._telling = False
        """Whether what is shown is neither as it was nor as it will be."""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def id_at(self, place: int) -> int:
        """The id of the service shown at `place`; below 0 for a section's heading."""
        return self._shown[place]

    def shown_ids(self, most: int | None = None) -> list[int]:
        """The services shown, from top to bottom; the first `most` of them."""
        rows = self.arrangement.rows
        return list(islice((id_ for id_ in self._shown if id_ > 0 and id_ in rows), most))

    def place_of(self, number: int) -> int:
        """Where a service or a heading is shown, -1 when it is not."""
        if self._telling:
            return self._shown.index(number) if number in self._shown else -1
        return self.arrangement.place_in(self._shown, number)

    def places_of(self, numbers: Sequence[int]) -> list[int]:
        """Where these are shown, from top to bottom; those that are not are left out."""
        if len(numbers) > _SINGLY_MOST:
            wanted = set(numbers)
            return [place for place, number in enumerate(self._shown) if number in wanted]
        return sorted(place for number in numbers if (place := self.place_of(number)) >= 0)

    # How it gets from one list to the next

    def _show(self) -> bool:
        """Show what the arrangement shows; whether that took a reset."""
        old, new = self._shown, self.arrangement.shown
        if old == new:
            return False
        least = min(len(old), len(new))
        begin = _first_difference(old, new, least)
        end = _first_difference(reversed(old), reversed(new), least - begin)
        leaves, comes = old[begin : len(old) - end], new[begin : len(new) - end]
        is_long = max(len(leaves), len(comes)) > _ROWS_MOST
        if is_long and len(leaves) != len(comes):
            return self._reset()
        before, after = set(leaves), set(comes)
        if before == after:
            self._reorder(new.copy())
            return False
        if is_long:
            return self._reset()
        leaving = [place for place, number in enumerate(leaves, begin) if number not in after]
        coming = [place for place, number in enumerate(comes, begin) if number not in before]
        if len(runs(leaving)) + len(runs(coming)) > _RUNS_MOST:
            return self._reset()
        self._telling = True
        self._take_out(leaving)
        kept = [number for number in comes if number in before]
        self._reorder(new[:begin] + kept + new[len(new) - end :])
        self._put_in([(place, new[place]) for place in coming])
        self._telling = False
        return False

    def _follow(self, change: Change) -> bool:
        """Show what a change of rows came to; whether that took a reset."""
        if change.is_whole:
            return self._show()
        coming = {number for _place, number in change.coming}
        leaving = [place for place in change.leaving if self._shown[place] not in coming]
        moved = {self._shown[place] for place in change.leaving} & coming
        new = [(place, number) for place, number in change.coming if number not in moved]
        inserted = [place for place, _number in new]
        if len(runs(leaving)) + len(runs(inserted)) > _RUNS_MOST:
            return self._show()
        self._telling = True
        self._take_out(leaving)
        if moved:
            shown = self.arrangement.shown.copy()
            take_out(shown, inserted)
            self._reorder(shown)
        self._put_in(new)
        self._telling = False
        return False

    def _take_out(self, places: Sequence[int]) -> None:
        for first, last in reversed(runs(places)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()

    def _put_in(self, coming: Sequence[tuple[int, int]]) -> None:
        numbers = dict(coming)
        for first, last in runs(list(numbers)):
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown[first:first] = [numbers[place] for place in range(first, last + 1)]
            self.endInsertRows()

    def _reset(self) -> bool:
        self.beginResetModel()
        self._shown = self.arrangement.shown.copy()
        self.endResetModel()
        return True

    def _reorder(self, new: list[int]) -> None:
        if new == self._shown:
            return
        # With its arguments this signal can't be emitted from Python.
        self.layoutAboutToBeChanged.emit()
        indexes = self.persistentIndexList()
        numbers = [self._shown[index.row()] for index in indexes]
        self._shown = new
        places = self._noted(numbers)
        moved = [
            self.index(places[number], index.column())
            for number, index in zip(numbers, indexes, strict=True)
        ]
        self.changePersistentIndexList(indexes, moved)
        self.layoutChanged.emit()

    def _noted(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """The places of all these, which are shown."""
        if len(numbers) <= _SINGLY_MOST:
            found = {n: self.arrangement.place_in(self._shown, n) for n in numbers}
            if -1 not in found.values():
                return found
        return dict(zip(self._shown, range(len(self._shown)), strict=True))

    def _emit_changed(self, numbers: Sequence[int]) -> None:
        for first, last in runs(self.places_of(numbers)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted places as (first, last) of each unbroken run."""
    if not places:
        return []
    breaks = [here for here, (a, b) in enumerate(pairwise(places), 1) if b != a + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(places)]
    return [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)]


def _first_difference(old: Iterable[int], new: Iterable[int], most: int) -> int:
    """How many of both are the same before the first that is not; `most` is the limit."""
    return min(most, next(compress(count(), map(ne, old, new)), most))
