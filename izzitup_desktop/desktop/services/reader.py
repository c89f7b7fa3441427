"""Keeps the model as fresh as the journal: reads changed rows off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from izzitup_desktop.desktop.runner import Lane, Runner
from izzitup_desktop.desktop.services.arrangement import Arranged, Arrangement, arrange
from izzitup_desktop.desktop.services.rows import Row, rows_of
from izzitup_desktop.domain.accounts import Actor
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_SINGLY_MOST = 500
"""More changed services than this are read as the whole list."""

_AGAIN_MS = 2_000
"""After a reading that failed; somebody who asks for it does not wait."""

_ALL_AGAIN = ("group", "board")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading found: `rows` of the `ids` asked for, or all there are, arranged."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...] | None
    ids: frozenset[int]
    arranged: Arranged | None
    settled: frozenset[int]


class ServiceReader(QObject):
    """Reads services one reading at a time, so that the newest is always the last.

    All of them are arranged where they are read, in the order of `arrangement`.
    `read` carries a `Reading`, `failed` the exception. `settled` of a reading are
    the services whose own change was durable when the reading began. What a reading
    that failed was to find stays to be read, and is tried again by and by.
    """

    read = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: Runner, arrangement: Arrangement, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._arrangement = arrangement
        self._board: Board | None = None
        self._actor: Actor | None = None
        self._groups: tuple[Group, ...] = ()
        self._busy = False
        self._all = False
        self._ids: set[int] = set()
        self._settling: set[int] = set()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._next)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups as last read, in the order of the board."""
        return self._groups

    def attach(self, board: Board, actor: Actor) -> None:
        """Read this board as this actor from now on, beginning with all of it."""
        self._board, self._actor = board, actor
        self.read_all()

    def read_all(self) -> None:
        """Read all services and groups again."""
        self._all = True
        self._next()

    def read_again(self, service_ids: Iterable[int], *, settle: bool = False) -> None:
        """Read some services again; with `settle` their own change is durable."""
        ids = set(service_ids)
        self._ids |= ids
        if settle:
            self._settling |= ids
        self._next()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Read again what these journal entries are about."""
        ids = {entry.subject_id for entry in entries if entry.kind.subject == "service"}
        self._ids |= ids
        if any(entry.kind.subject in _ALL_AGAIN for entry in entries):
            self._all = True
        if ids or self._all:
            self._next()

    def _next(self) -> None:
        if self._busy or self._board is None or not (self._all or self._ids):
            return
        everything = self._all or len(self._ids) > _SINGLY_MOST
        ids = None if everything else frozenset(self._ids)
        settling = frozenset(self._settling)
        work = self._work(ids, settling)
        self._busy, self._all = True, False
        self._ids, self._settling = set(), set()
        self._again.stop()

        def failed(error: Exception) -> None:
            self._busy = False
            self._all = self._all or everything
            self._ids |= ids or frozenset()
            self._settling |= settling
            self._again.start()
            self.failed.emit(error)

        self._runner.run(work, then=self._on_read, failed=failed, owner=self, lane=Lane.READING)

    def _work(self, ids: frozenset[int] | None, settled: frozenset[int]) -> Callable[[], Reading]:
        board, actor, groups = self._board, self._actor, self._groups
        order, before = self._arrangement.order, self._arrangement.rows
        assert board is not None
        assert actor is not None

        def work() -> Reading:
            if ids is not None:
                found = board.services.many(actor, sorted(ids))
                return Reading(rows_of(found, _by_id(groups)), None, ids, None, settled)
            now = board.groups.list(actor)
            rows = rows_of(board.services.list(actor), _by_id(now))
            return Reading((), now, frozenset(), arrange(rows, order, before), settled)

        return work

    def _on_read(self, reading: Reading) -> None:
        self._busy = False
        if reading.groups is not None:
            self._groups = reading.groups
        self.read.emit(reading)
        self._next()


def _by_id(groups: Iterable[Group]) -> dict[int, Group]:
    return {group.id: group for group in groups}
