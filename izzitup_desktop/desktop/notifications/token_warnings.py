"""Tells whoever has tokens that one of them ends soon, once for each time ahead.

The journal says when that is (`token.expiring`), so that one process looks at the clock for
all desks. What came while this desk was off, or muted, is told later: what it told each account
is kept in the window's state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.notifications.notifications import Notifications
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.runner import Lane
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import long_and_exactly

if TYPE_CHECKING:
    # Entries and tokens come with the board, after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.accounts import Principal
    from izzitup_desktop.domain.journal import Entry

KEY = "tokens"
"""The key of its notifications."""

_NAMES_MOST = 5
_AGAIN_MS = 10 * 60_000
"""So often it is tried again while notifications are muted."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A token that ends, and how many days ahead that is told."""

    token_id: int
    name: str
    expires: datetime
    days: int

    @property
    def numbers(self) -> tuple[int, int, int]:
        """By what it is kept that it was told."""
        return self.token_id, int(self.expires.timestamp()), self.days


def warned(board: Board, me: Principal) -> list[Warned]:
    """What `me` is to be told: of own tokens, and who manages tokens of automation's too.

    Waits; raises as the board does.
    """
    from izzitup_desktop.domain.tokens import warning_of  # with the board, as above

    now = board.clock.now()
    groups = {group.id for group in board.live.picture().groups}
    found = []
    for token in board.tokens.list(me):
        is_mine = token.account_id == me.account_id or token.group_id in groups
        days = warning_of(token, now) if is_mine else None
        if days is not None and token.expires is not None:
            found.append(Warned(token.id, token.name, token.expires, days))
    return found


class TokenWarnings(QObject):
    """Looks when somebody begins to act, and whenever the journal has one that ends."""

    def __init__(self, context: Context, notifications: Notifications, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._notifications = context.runner, notifications
        self._state = WindowState(context.paths.config)
        self._board: Board | None = None
        self._me: Principal | None = None
        self._is_begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        context.bridge.entries.connect(self.on_entries)

    def begin(self) -> None:
        """Tell from now on: what notifies was looked for."""
        self._is_begun = True
        self.look()

    def attach(self, board: Board, me: Principal) -> None:
        """Tell `me` from now on."""
        self._board, self._me = board, me
        self.look()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        from izzitup_desktop.domain.kinds.tokens import TOKEN_EXPIRING  # entries come late

        if any(entry.kind == TOKEN_EXPIRING for entry in entries):
            self.look()

    def look(self) -> None:
        """Look what is to be told, and tell what was not."""
        board, me = self._board, self._me
        if not self._is_begun or board is None or me is None or me.account_id is None:
            return
        self._timer.stop()
        self._runner.run(
            lambda: warned(board, me),
            then=lambda found: self._take(found, me),
            # Whatever is heard next says that the database is there again.
            failed=lambda _error: self._timer.start(),
            owner=self,
            lane=Lane.READING,
        )

    def _take(self, found: Sequence[Warned], me: Principal) -> None:
        board = self._board
        if me is not self._me or board is None:
            return
        known = self._told(me)
        new = [one for one in found if one.numbers not in known]
        if not new:
            return
        if not self._notifications.tell(KEY, *self._words(new), self._locked_title(len(new))):
            self._timer.start()
            return
        now = int(board.clock.now().timestamp())
        kept = {one for one in known if one[1] > now} | {one.numbers for one in new}
        self._state.put(_key(me), [number for one in sorted(kept) for number in one])

    def _told(self, me: Principal) -> set[tuple[int, int, int]]:
        kept = self._state.numbers(_key(me))
        return set(zip(kept[::3], kept[1::3], kept[2::3], strict=False))

    def _words(self, found: Sequence[Warned]) -> tuple[str, str]:
        if len(found) == 1:
            (one,) = found
            title = filled(self.tr("The token %1 ends soon"), one.name)
            text = self.tr("It holds until %1. Make another one, and give it to its program.")
            return title, filled(text, long_and_exactly(one.expires))
        names = [filled("%1", one.name) for one in found[:_NAMES_MOST]]
        if more := len(found) - len(names):
            names.append(filled(self.tr("and %1 more"), more))
        return filled(self.tr("%1 tokens end soon"), len(found)), ", ".join(names)

    def _locked_title(self, count: int) -> str:
        if count == 1:
            return self.tr("A token ends soon")
        return filled(self.tr("%1 tokens end soon"), count)


def _key(me: Principal) -> str:
    return f"notices/tokens_{me.account_id}"
