"""Who acts in the window: found, asked for, changed, locked out until back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QMainWindow,
    QMessageBox,
    QWidget,
)

from izzitup_desktop.desktop.access.lock import Cover, IdleWatch, UnlockPanel
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.accounts import Account, Principal
from izzitup_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.access.sign_in import SignInDialog
    from izzitup_desktop.desktop.access.unlock_form import UnlockForm


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
        self._panel: UnlockPanel | None = None
        self._hidden: list[QDialog] = []
        self._had_keys: list[QWidget] = []
        """What had the keys in the window before it was locked, and what that lies in."""
        self.dialog: SignInDialog | None = None
        self._idle = IdleWatch(app, self)
        self._idle.idle.connect(self.lock)
        self._principal: Principal | None = None
        self.is_first = False
        """Whether it was asked for want of an account of this desk that may act."""

    @property
    def is_locked(self) -> bool:
        """Whether the window is locked."""
        return self._cover is not None

    @property
    def hidden_dialogs(self) -> list[QDialog]:
        """The dialogs that were open when the window was locked."""
        return [dialog for dialog in self._hidden if shiboken6.isValid(dialog)]

    def begin(self, board: Board, name: str, *, ask: bool) -> None:
        """Find out who acts: the account `name`, asked for its password or not."""
        self._board = board
        self.is_first = not name
        if ask or not name:
            self.ask(name)
            return

        def ask_anew() -> None:
            self.is_first = True
            self.ask("")

        def failed(error: Exception) -> None:
            if isinstance(error, NotFound):
                ask_anew()
            else:
                self.ask(name)

        def then(account: Account) -> None:
            if account.active:
                self.signed_on.emit(account)
            else:
                ask_anew()

        self._runner.run(
            lambda: board.accounts.find(name),
            then=then,
            failed=failed,
            owner=self,
        )

    def attach(self, board: Board, principal: Principal) -> None:
        """This principal acts from now on."""
        self._board, self._principal = board, principal

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
        if self._cover is not None or self._principal is None:
            return
        if self.dialog is not None:
            # Hidden, it would keep the one that unlocks from being opened.
            self.dialog.reject()
        window = self._window()
        # What is open would stand before the cover.
        self._hidden = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        for dialog in self._hidden:
            dialog.setVisible(False)
        self._had_keys = _with_parents(window.focusWidget())
        self._cover_window(self._principal)
        self.locked.emit(True)

    def cover_again(self) -> None:
        """Cover the window that took the place of a covered one."""
        if self._cover is not None and self._principal is not None:
            self._cover.deleteLater()
            self._cover_window(self._principal)

    def _cover_window(self, principal: Principal) -> None:
        self._set_reachable(reachable=False)
        self._cover = Cover(self._theme, principal.name, self._window())
        self._serve(self._cover.form, lambda: None)

    def ask_over(self, wall: QWidget, then: Callable[[], object]) -> None:
        """Ask for the password over what stays while the window is locked; `then` unlocked."""
        if self._cover is None or self._principal is None or self._panel is not None:
            return
        panel = self._panel = UnlockPanel(self._theme, self._principal.name, wall)
        panel.left.connect(self._drop_panel)
        panel.destroyed.connect(self._forget_panel)
        self._serve(panel.form, then)

    def _drop_panel(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None and shiboken6.isValid(panel):
            panel.hide()
            panel.deleteLater()

    def _forget_panel(self) -> None:
        self._panel = None

    def _serve(self, form: UnlockForm, then: Callable[[], object]) -> None:
        def unlocked(account: Account) -> None:
            self._unlock(account)
            self.signed_on.emit(account)
            then()

        form.submitted.connect(
            lambda name, password: self._check(name, password, form, unlocked, form.refused)
        )

    def _check(
        self,
        name: str,
        password: str,
        owner: QObject,
        then: Callable[[Account], object],
        failed: Callable[[Exception], object],
    ) -> None:
        board = self._board
        if board is not None:
            self._runner.run(
                lambda: board.accounts.sign_in(name, password, source="console"),
                then=then,
                failed=failed,
                owner=owner,
            )

    def _unlock(self, account: Account) -> None:
        if self._cover is None:
            return
        self._drop_panel()
        self._cover.deleteLater()
        self._cover = None
        self._set_reachable(reachable=True)
        same = self._principal is not None and account.uid == self._principal.account_uid
        hidden, self._hidden = self._hidden, []
        for dialog in filter(shiboken6.isValid, hidden):
            # What was typed is there again for who typed it; a question is asked anew.
            if same and not isinstance(dialog, QMessageBox):
                dialog.open()
            else:
                dialog.done(0)
        self._give_keys_back()
        self.locked.emit(False)

    def _give_keys_back(self) -> None:
        # A cell's editor is gone by now, and the whole window after another language.
        lists = self._window().findChildren(QAbstractItemView)
        had_keys, self._had_keys = self._had_keys, []
        for widget in filter(shiboken6.isValid, (*had_keys, *lists)):
            if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                widget.setFocus()
                return

    def _set_reachable(self, *, reachable: bool) -> None:
        # Focus and keys reach what is disabled neither below the cover nor by Tab.
        window = self._window()
        for part in (window.menuBar(), window.centralWidget(), window.statusBar()):
            if part is not None:
                part.setEnabled(reachable)

    def _open(self, name: str, leave: Callable[[], object] | None) -> None:
        board = self._board
        if board is None or self.dialog is not None:
            return
        from izzitup_desktop.desktop.access.sign_in import SignInDialog  # when it is asked for

        dialog = SignInDialog(
            self._theme, board.location, name, self._window(), quits=leave is not None
        )

        def then(account: Account) -> None:
            if self.dialog is not dialog:
                return  # it was left while the password was checked
            dialog.accept()
            self.signed_on.emit(account)

        dialog.submitted.connect(
            lambda name, password: self._check(name, password, dialog, then, dialog.refused)
        )
        dialog.finished.connect(self._forget)
        if leave is not None:
            dialog.rejected.connect(leave)
        self.dialog = dialog
        self._show_window()
        dialog.open()

    def _show_window(self) -> None:
        # It began in the tray: a question alone would not say whose it is.
        if not self._window().isVisible():
            self._window().show()

    def _forget(self) -> None:
        self.dialog = None


def _with_parents(widget: QWidget | None) -> list[QWidget]:
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found
