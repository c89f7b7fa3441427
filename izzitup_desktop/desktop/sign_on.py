"""Who acts in the window: found, asked for, changed, locked out until back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from izzitup_desktop.desktop.lock import Cover, IdleWatch
from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.accounts import Account, Actor

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.sign_in import SignInDialog


class SignOn(QObject):
    """`signed_on` carries the account that acts from now on; `locked` says whether the
    window is locked; `left` comes when the person rather quits."""

    signed_on = Signal(object)
    locked = Signal(bool)
    left = Signal()

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        runner: Runner,
        window: Callable[[], QMainWindow],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme, self._runner, self._window = theme, runner, window
        self._board: Board | None = None
        self._cover: Cover | None = None
        self.dialog: SignInDialog | None = None
        self._idle = IdleWatch(app, self)
        self._idle.idle.connect(self.lock)
        self._actor: Actor | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the window is locked."""
        return self._cover is not None

    def begin(self, board: Board, name: str, *, ask: bool) -> None:
        """Find out who acts: the account `name`, asked for its password or not."""
        self._board = board
        if ask or not name:
            self.ask(name)
            return

        def then(account: Account) -> None:
            if account.active:
                self.signed_on.emit(account)
            else:
                self.ask("")

        self._runner.run(
            lambda: board.accounts.find(name),
            then=then,
            failed=lambda _error: self.ask(""),
            owner=self,
        )

    def attach(self, board: Board, actor: Actor) -> None:
        """This actor acts from now on."""
        self._board, self._actor = board, actor

    def ask(self, name: str) -> None:
        """Ask for name and password; leaving it quits."""
        self._open(name, self.left.emit)

    def switch(self) -> None:
        """Ask who acts from now on; leaving it changes nothing."""
        self._open("", None)

    def lock_after(self, minutes: int) -> None:
        """Lock the window after so many idle minutes; 0 is never."""
        self._idle.watch(minutes * 60_000)

    def lock(self) -> None:
        """Cover the window until somebody signs in."""
        if self._cover is not None or self._actor is None:
            return
        for dialog in self._window().findChildren(QDialog):
            # What is open would stand before the cover; what was typed there is lost to none
            # but who walks up to this desk.
            dialog.setVisible(False)
        self._cover = Cover(self._theme, self._actor.name, self._window())
        self._window().menuBar().setEnabled(False)
        self._cover.unlock_wanted.connect(self._ask_to_unlock)
        self.locked.emit(True)

    def _ask_to_unlock(self) -> None:
        if self._actor is not None:
            self._open(self._actor.name, None)

    def _unlock(self) -> None:
        if self._cover is not None:
            self._cover.deleteLater()
            self._cover = None
            self._window().menuBar().setEnabled(True)
            self.locked.emit(False)

    def _open(self, name: str, leave: Callable[[], object] | None) -> None:
        board = self._board
        if board is None or self.dialog is not None:
            return
        from izzitup_desktop.desktop.sign_in import SignInDialog  # when it is asked for

        dialog = SignInDialog(
            self._theme, board.location, name, self._window(), quits=leave is not None
        )

        def submitted(name: str, password: str) -> None:
            def then(account: Account) -> None:
                self._unlock()
                dialog.accept()
                self.signed_on.emit(account)

            self._runner.run(
                lambda: board.accounts.sign_in(name, password, source="console"),
                then=then,
                failed=dialog.refused,
                owner=dialog,
            )

        dialog.submitted.connect(submitted)
        dialog.finished.connect(self._forget)
        if leave is not None:
            dialog.rejected.connect(leave)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
