"""The live log of requests: newest first, in batches, no more than so many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal

from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel
from izzitup_desktop.server.embedded import KEPT, HeardRequest


class RequestModel(ListModel[HeardRequest]):
    """Takes batches by `add`; `came` carries how many rows stand above the others now.

    Rows that come and go move no selection, and cost what they are, not what is there.
    """

    came = Signal(int)

    def __init__(
        self, columns: Sequence[ListColumn[HeardRequest]], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, lambda heard: heard.number, parent)
        self._is_wanted: Callable[[HeardRequest], bool] = _all

    def want(self, is_wanted: Callable[[HeardRequest], bool]) -> None:
        """Show those alone of which this is true."""
        self._is_wanted = is_wanted
        self._show()

    def add(self, heard: Iterable[HeardRequest]) -> None:
        """Put requests, oldest first, above all others; the oldest go where there are too many."""
        newest = tuple(heard)[::-1]
        if not newest:
            return
        self._items = (newest + self._items)[:KEPT]
        oldest = self._items[-1].number
        self._drop_before(oldest)
        shown = [one for one in newest if one.number >= oldest and self._matches(one)]
        if shown:
            self.beginInsertRows(QModelIndex(), 0, len(shown) - 1)
            self._shown[:0] = shown
            self.endInsertRows()
            self.came.emit(len(shown))

    def _drop_before(self, number: int) -> None:
        count = len(self._shown)
        gone = next((at for at in range(count) if self._shown[-1 - at].number >= number), count)
        if gone:
            self.beginRemoveRows(QModelIndex(), count - gone, count - 1)
            del self._shown[count - gone :]
            self.endRemoveRows()

    def _matches(self, item: HeardRequest) -> bool:
        return self._is_wanted(item) and super()._matches(item)


def _all(_heard: HeardRequest) -> bool:
    return True
