"""Keeps the model as the live picture is; reads nothing for it once that is loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from izzitup_desktop.desktop.board.arranged import Arranged, arrange
from izzitup_desktop.desktop.board.arrangement import Arrangement
from izzitup_desktop.desktop.board.rows import Row, row_of, rows_of
from izzitup_desktop.desktop.start.bridge import News
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.groups import Group

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.journal import Entry

_SINGLY_MOST = 500
"""More changed services than this are arranged anew, all of them, off the GUI thread."""

_AGAIN_MS = 2_000
"""After a reading that failed; somebody who asks for it does not wait."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows there are, arranged; or `rows` that changed and the ids of those that `gone`."""

    arranged: Arranged | None
    rows: tuple[Row, ...] = ()
    gone: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()
    """The services whose own change is durable, and is shown by now."""


class ServiceReader(QObject):
    """Makes rows of the picture: of all of it off the GUI thread, of what changed at once.

    All rows are arranged in the order of `arrangement`. `read` carries a `Reading`,
    `failed` the exception. What failed is tried again by and by.
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
        self._principal: Principal | None = None
        self._groups: tuple[Group, ...] = ()
        self._by_id: dict[int, Group] = {}
        self._busy = False
        self._all = False
        self._reload = False
        self._is_read = False
        self._ids: set[int] = set()
        self._settling: dict[int, int] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._read_all)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups as last read, in the order of the board."""
        return self._groups

    def names_of(self, group_ids: Collection[int]) -> str:
        """What these groups are called, in one line; those that are gone are left out."""
        return ", ".join(group.name for group in self._groups if group.id in group_ids)

    def attach(self, board: Board, principal: Principal) -> None:
        """Show this board to this principal from now on, beginning with all of it."""
        self._board, self._principal = board, principal
        self._is_read = False
        self._all = True
        self._read_all()

    def read_all(self) -> None:
        """Read the whole board again, whatever is known of it."""
        self._all = self._reload = True
        self._read_all()

    def arrange_all(self) -> None:
        """Have all rows arranged anew, of what is known already."""
        self._all = True
        self._read_all()

    def on_news(self, news: News) -> None:
        """Show what changed."""
        if news.groups_changed or len(news.service_ids) > _SINGLY_MOST:
            self._all = True
            self._read_all()
        elif news.service_ids or self._settling:
            self._show(news.service_ids)

    def wrote(self, entries: Sequence[Entry]) -> None:
        """Show what this window itself changed: the picture has it by now."""
        self._show({entry.subject_id for entry in entries if entry.kind.subject == "service"})

    def settle(self, service_ids: Iterable[int], entry_id: int) -> None:
        """Their own change is durable, as this entry: pending until the picture has it."""
        ids = frozenset(service_ids)
        self._settling |= dict.fromkeys(ids, entry_id)
        self._show(ids)

    def _show(self, service_ids: Iterable[int]) -> None:
        board, principal = self._board, self._principal
        if board is None or principal is None:
            return
        if not self._is_read or self._busy:
            # What is being arranged may be older.
            self._ids.update(service_ids)
            return
        shown_until = board.live.journal_id
        may_see_hidden = allowed(principal, Action.SERVICE_LIST_HIDDEN)
        known, rows, gone = self._arrangement.rows, [], set()
        for id_ in service_ids:
            # As it is now, which may be newer than the news.
            service = board.live.service(id_)
            if service is None or (service.hidden and not may_see_hidden):
                gone.add(id_)
            else:
                rows.append(row_of(service, self._by_id, known.get(id_)))
        settled = frozenset(id_ for id_, at in self._settling.items() if at <= shown_until)
        for id_ in settled:
            del self._settling[id_]
        self.read.emit(Reading(None, tuple(rows), frozenset(gone), settled))

    def _read_all(self) -> None:
        if self._busy or self._board is None or not self._all:
            return
        work = self._work(reload=self._reload)
        self._busy, self._all, self._reload = True, False, False
        self._again.stop()
        self._runner.run(
            work, then=self._on_read, failed=self._on_failed, owner=self, lane=Lane.READING
        )

    def _work(self, *, reload: bool) -> Callable[[], tuple[tuple[Group, ...], Arranged, Principal]]:
        board, principal = self._board, self._principal
        order, before = self._arrangement.wanted, self._arrangement.rows
        assert board is not None
        assert principal is not None

        def work() -> tuple[tuple[Group, ...], Arranged, Principal]:
            if reload:
                board.live.reload()
            picture = board.live.picture().seen_by(principal)
            rows = rows_of(picture.services.values(), _by_id(picture.groups))
            return picture.groups, arrange(rows, order, before), principal

        return work

    def _on_read(self, found: tuple[tuple[Group, ...], Arranged, Principal]) -> None:
        self._busy = False
        self._groups, arranged, principal = found
        self._by_id = _by_id(self._groups)
        if principal is not self._principal:
            # Somebody else may see other things.
            self._all = True
        else:
            self._is_read = True
            self.read.emit(Reading(arranged))
            changed, self._ids = self._ids, set()
            self._show(changed)
        self._read_all()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._all = True
        self._again.start()
        self.failed.emit(error)


def _by_id(groups: Iterable[Group]) -> dict[int, Group]:
    return {group.id: group for group in groups}
