"""What happens to the account that acts in the window: it is obeyed at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.domain.accounts import Account, Origin, Principal
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
        self._principal: Principal | None = None
        self._asks_again = False
        self._reading = False
        self._unsure = False
        """Whether something may have happened that was not read yet."""

    def attach(self, board: Board, principal: Principal) -> None:
        """Follow this principal's account from now on."""
        if self._principal is None or self._principal.account_uid != principal.account_uid:
            self._asks_again = False
        self._board, self._principal = board, principal
        # What happened since the account was read came to nobody's ears.
        self._read()

    def look(self) -> None:
        """Look at the account now: it may be another database's."""
        self._read()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        principal = self._principal
        if principal is None:
            return
        self._asks_again |= any(_asks_again(entry, principal) for entry in entries)
        if self._unsure or any(_concerns(entry, principal) for entry in entries):
            self._read()

    def _read(self) -> None:
        """Read the account; one at a time, so that an older state never comes last."""
        board, principal = self._board, self._principal
        if board is None or principal is None or principal.account_id is None:
            return
        if self._reading:
            self._unsure = True
            return
        self._reading, self._unsure = True, False

        def then(account: Account | None) -> None:
            self._reading = False
            if self._principal is principal:
                self._obey(account, principal)
            else:
                self._unsure = True
            if self._unsure:
                self._read()

        def failed(error: Exception) -> None:
            # Whatever is heard next says that the database is there again.
            self._reading, self._unsure = False, True
            self.failed.emit(error)

        self._runner.run(
            lambda: board.accounts.acting_account(principal), then=then, failed=failed, owner=self
        )

    def _obey(self, account: Account | None, principal: Principal) -> None:
        if account is None or self._asks_again:
            self._asks_again = False
            self.ended.emit()
        elif Principal.of(account, Origin.DESKTOP) != principal:
            self.changed.emit(account)


def _concerns(entry: Entry, principal: Principal) -> bool:
    if entry.kind == BOARD_RESTORED:
        return True
    return entry.kind.subject == "account" and entry.subject_id == principal.account_id


def _asks_again(entry: Entry, principal: Principal) -> bool:
    """Whether somebody else gave the account another password, or restored the board."""
    mine = (entry.account_id, entry.origin) == (principal.account_id, Origin.DESKTOP)
    return not mine and (
        entry.kind == BOARD_RESTORED
        or (entry.kind == ACCOUNT_PASSWORD and entry.subject_id == principal.account_id)
    )
