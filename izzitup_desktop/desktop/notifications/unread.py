"""Which journal entries are notices, and which of them nobody looked at yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.runner import Lane
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.domain.accounts import Action, Origin, Principal, allowed

if TYPE_CHECKING:
    # Entries come with the board, after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.concepts import Vocabulary
    from izzitup_desktop.domain.journal import Entry, Kind

NOTICES_MOST = 200
"""So many of the newest notices are kept, read or not."""

READ_MOST = 2_000
"""So many entries are looked through for them."""


def kinds_told(vocabulary: Vocabulary) -> frozenset[Kind]:
    """The kinds of entries that are notices."""
    return vocabulary.kinds(lambda spec: spec.notifies)


def is_notice(entry: Entry, me: Principal, kinds: frozenset[Kind]) -> bool:
    """Whether it is of one of the kinds, and somebody else than `me` in a window did it."""
    mine = entry.origin is Origin.DESKTOP and entry.account_id == me.account_id
    return entry.kind in kinds and not mine


def newest_notices(
    board: Board, me: Principal, kinds: frozenset[Kind], after_id: int = 0
) -> list[Entry]:
    """The newest notices after an entry, newest first."""
    from izzitup_desktop.domain.journal import Search  # with the board, after the first paint

    found = board.journal.search(me, Search(kinds=kinds), limit=READ_MOST)
    return [e for e in found if e.id > after_id and is_notice(e, me, kinds)][:NOTICES_MOST]


class Unread(QObject):
    """Keeps which notices are unread, for each account of this desk, also over a restart.

    `changed` carries how many there are.
    """

    changed = Signal(int)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._state = WindowState(context.paths.config)
        self._me: Principal | None = None
        self._kinds: frozenset[Kind] = frozenset()
        self._last_id = 0
        """What came after this entry was not counted yet."""
        self._heard_from: int | None = None
        """The first entry that was heard of since somebody acts; before it was read."""
        self._ids: dict[int, int] = {}
        """The unread ones, oldest first, and which service each is about (0: none)."""

    @property
    def count(self) -> int:
        """How many are unread."""
        return len(self._ids)

    def is_unread(self, entry_id: int) -> bool:
        """Whether nobody looked at this one yet."""
        return entry_id in self._ids

    def attach(self, board: Board, me: Principal) -> None:
        """Count what others than `me` do, and did since this account was last here."""
        self._kinds, self._me = kinds_told(board.vocabulary), me
        kept = self._state.numbers(self._key(me))
        last_id = board.last_id()
        if not kept or kept[0] > last_id:
            # Here for the first time, or on another board: nothing was missed.
            kept = [last_id]
        self._last_id, self._heard_from = kept[0], None
        before, self._ids = self.count, dict(zip(kept[1::2], kept[2::2], strict=False))
        if self.count != before:
            self.changed.emit(self.count)
        if not allowed(me, Action.JOURNAL_READ):
            return
        kinds, after_id = self._kinds, self._last_id
        self._context.runner.run(
            lambda: newest_notices(board, me, kinds, after_id),
            then=lambda found: self._take_missed(found, me),
            owner=self,
            lane=Lane.READING,
        )

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        me = self._me
        if me is None or not entries:
            return
        if self._heard_from is None:
            self._heard_from = entries[0].id
        self._take(e for e in entries if is_notice(e, me, self._kinds))
        if self._last_id < entries[-1].id:
            self._last_id = entries[-1].id
            self._keep()

    def mark_read(self, entry_ids: Iterable[int]) -> None:
        """These were looked at."""
        found = [id_ for id_ in entry_ids if id_ in self._ids]
        for id_ in found:
            del self._ids[id_]
        if found:
            self._keep()
            self.changed.emit(self.count)

    def mark_service_read(self, service_id: int) -> None:
        """What is told of this service was looked at."""
        self.mark_read([id_ for id_, about in self._ids.items() if about == service_id])

    def mark_all_read(self) -> None:
        """All were looked at."""
        self.mark_read(list(self._ids))

    def _take_missed(self, newest_first: Sequence[Entry], me: Principal) -> None:
        if me is self._me:
            # What was heard of meanwhile may be read by now.
            heard = self._heard_from
            self._take(e for e in reversed(newest_first) if heard is None or e.id < heard)

    def _take(self, notices: Iterable[Entry]) -> None:
        new = {
            entry.id: entry.subject_id if entry.kind.subject == "service" else 0
            for entry in notices
            if entry.id not in self._ids
        }
        if new:
            together = sorted({**self._ids, **new}.items())
            self._ids = dict(together[-NOTICES_MOST:])
            self._last_id = max(self._last_id, *new)
            self._keep()
            self.changed.emit(self.count)

    def _keep(self) -> None:
        if self._me is not None:
            pairs = [number for pair in self._ids.items() for number in pair]
            self._state.put(self._key(self._me), [self._last_id, *pairs])

    def _key(self, me: Principal) -> str:
        return f"notices/unread_{me.account_id or 0}"
