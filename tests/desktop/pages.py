"""Pages, dialogs and windows on an open board, without a whole session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.board import Board
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.reader import ServiceReader
from izzitup_desktop.desktop.start.bridge import LiveBridge
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.theme.stylesheet import stylesheet
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.window.tools import WindowTools
from izzitup_desktop.desktop.window.undo import UndoSteps
from izzitup_desktop.desktop.window.views import all_views
from izzitup_desktop.desktop.words.errors import Problem
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.platform.paths import find_paths
from tests.builders import ALICE, GOOD_PASSWORD, board_made_by
from tests.desktop.sessions import wait

SOON_MS = 150
"""A page of a test reads again after so long, not about once a second as people's do."""


@dataclass
class Desk:
    """What a part of the window stands on, and who sits there: alice, administrator."""

    context: Context
    board: Board
    principal: Principal
    model: ServiceModel
    reader: ServiceReader
    steps: UndoSteps
    commands: Commands
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def problem(self) -> str:
        """The last problem in one paragraph, "" while there is none."""
        return self.problems[-1].text if self.problems else ""


@contextmanager
def desk_at(
    qapp: QApplication,
    home: Path,
    url: str = "",
    *,
    runner: Runner | None = None,
    between_readings_ms: int = SOON_MS,
    **options: Any,
) -> Iterator[Desk]:
    """A desk on the board in `home`, or at `url`; closed with all its threads at the end."""
    url = url or f"sqlite:///{home}/izzitup.db"
    with board_made_by(_alice, url, home, **options) as (board, principal):
        runner, bridge, theme = runner or Runner(), LiveBridge(), theme_of(qapp)
        try:
            context = Context(
                find_paths(), runner, bridge, theme, between_readings_ms, board.vocabulary
            )
            model, steps = ServiceModel(), UndoSteps()
            reader = ServiceReader(runner, model.arrangement)
            commands = Commands(runner, model, reader, steps)
            desk = Desk(context, board, principal, model, reader, steps, commands)
            commands.failed.connect(desk.problems.append)
            commands.told.connect(lambda text, _step: desk.told.append(text))
            bridge.listen(board)
            commands.attach(board, principal)
            yield desk
        finally:
            bridge.close()
            runner.close()


@cache
def _theme_of(app: QApplication) -> Theme:
    return Theme(app)


def theme_of(app: QApplication) -> Theme:
    """The theme that desks share: its icons are drawn once."""
    theme = _theme_of(app)
    if app.styleSheet() != stylesheet(theme.colours):
        # A session that ended meanwhile wore another one.
        theme.choose(theme.choice)
    return theme


@contextmanager
def page_at(
    desk: Desk, qtbot: QtBot, name: str, principal: Principal | None = None
) -> Iterator[Page]:
    """The page of a view, shown, attached, and told of what happens on the board."""
    (view,) = [view for view in all_views(desk.context, desk.commands) if view.name == name]
    with shown_page(desk, qtbot, view.make(), principal) as page:
        yield page


@contextmanager
def shown_page(
    desk: Desk, qtbot: QtBot, page: Page, principal: Principal | None = None
) -> Iterator[Page]:
    """This page, shown, attached, and told of what happens on the board."""
    qtbot.addWidget(page)
    page.failed.connect(desk.problems.append)
    page.told.connect(desk.told.append)
    desk.context.bridge.entries.connect(page.on_entries)
    page.resize(1_000, 700)
    page.show()
    page.attach(desk.board, principal or desk.principal)
    yield page
    desk.context.bridge.entries.disconnect(page.on_entries)


@contextmanager
def window_at(desk: Desk, qtbot: QtBot, principal: Principal | None = None) -> Iterator[MainWindow]:
    """The main window, shown with all services of the board."""
    window = MainWindow(desk.context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    with qtbot.waitSignal(window.rows_changed):
        window.attach(desk.board, principal or desk.principal)
    yield window
    window.close()


def tools_of(desk: Desk, window: MainWindow) -> WindowTools:
    """The window's tools, as a session attaches them."""
    tools = WindowTools(window, SettingsKeeper(desk.context.paths, desk.context.runner, window))
    tools.attach(desk.board, desk.principal)
    return tools


def other_principal(board: Board, name: str, role: Role, *group_ids: int) -> Principal:
    """Somebody else's account, acting at this desk."""
    account = board.accounts.add(ALICE, name, role, GOOD_PASSWORD, frozenset(group_ids)).value
    return Principal.of(account, Origin.DESKTOP)


def answer(qtbot: QtBot, parent: QWidget, verb: str) -> None:
    """Press the button `verb` of the question that is open."""

    def buttons() -> list[QPushButton]:
        boxes = [box for box in parent.findChildren(QMessageBox) if box.isVisible()]
        found = [b for box in boxes for b in box.buttons() if b.text() == verb]
        return [button for button in found if isinstance(button, QPushButton)]

    wait(qtbot, lambda: bool(buttons()))
    buttons()[0].click()


def answer_soon(parent: QWidget, verb: str) -> None:
    """Press the button `verb` of the question that what comes next asks, and waits for."""
    timer = QTimer(parent)

    def look() -> None:
        for box in parent.findChildren(QMessageBox):
            for button in box.buttons():
                if box.isVisible() and button.text() == verb:
                    timer.stop()
                    button.click()

    timer.timeout.connect(look)
    timer.start(10)


def _alice(board: Board) -> Principal:
    known = {account.name: account for account in board.accounts.list(ALICE)}
    account = known.get("alice")
    if account is None:
        account = board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP).value
    return Principal.of(account, Origin.DESKTOP)
