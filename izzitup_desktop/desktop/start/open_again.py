"""Going on with what is in the lost database's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.access.own_account import OwnAccount
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.domain.accounts import Principal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board


def open_again(
    runner: Runner, board: Board, principal: Principal, window: MainWindow, own: OwnAccount
) -> None:
    """Open it anew; the window stays as it is, with all that was typed in it.

    Whose account it doesn't have signs in again. Where it can't be opened the window says why.
    """

    def then(_: None) -> None:
        own.look()
        # What can be undone is in its journal, or not at all.
        window.commands.attach(board, principal)
        window.read_all()

    what = QCoreApplication.translate("Session", "The board could not be opened again.")
    runner.run(
        board.open_again,
        then=then,
        failed=lambda error: window.show_problem(problem_of(error, what)),
        owner=window,
    )
