"""What happens to the account that acts in the window: it is obeyed at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.domain.accounts import Account, Actor, Origin
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.accounts import ACCOUNT_PASSWORD
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board


class OwnAccount(QObject):
    """`changed` carries the account as it is now; `ended` comes when nobody acts by it
    any more, when somebody else set its password, or when another's restore put other
    accounts under the window: whoever goes on signs in first."""

    changed = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._board: Board | None = None
        self._actor: Actor | None = None

    def attach(self, board: Board, actor: Actor) -> None:
        """Follow this actor's account from now on."""
        self._board, self._actor = board, actor

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        board, actor = self._board, self._actor
        if board is None or actor is None or not any(_concerns(e, actor) for e in entries):
            return
        asks_again = any(_asks_again(entry, actor) for entry in entries)

        def then(account: Account | None) -> None:
            if self._actor is not actor:
                return
            if account is None or asks_again:
                self.ended.emit()
            elif Actor.of(account, Origin.DESKTOP) != actor:
                self.changed.emit(account)

        self._runner.run(
            lambda: board.accounts.acting(actor),
            then=then,
            failed=self.failed.emit,
            owner=self,
        )


def _concerns(entry: Entry, actor: Actor) -> bool:
    if entry.kind == BOARD_RESTORED:
        return True
    return entry.kind.subject == "account" and entry.subject_id == actor.account_id


def _asks_again(entry: Entry, actor: Actor) -> bool:
    """Whether somebody else gave the account another password, or restored the board."""
    mine = (entry.account_id, entry.origin) == (actor.account_id, Origin.DESKTOP)
    return not mine and (
        entry.kind == BOARD_RESTORED
        or (entry.kind == ACCOUNT_PASSWORD and entry.subject_id == actor.account_id)
    )
