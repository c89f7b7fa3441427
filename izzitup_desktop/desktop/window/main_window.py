"""The main window: views beside a rail, menus, messages and the status bar.

It paints before the board is open, with the rows of the last session; `attach`
brings it to life. Nothing here imports the database or the server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from izzitup_desktop.desktop.board.editing import Editing
from izzitup_desktop.desktop.board.inspector import WIDTH as INSPECTOR_WIDTH, Inspector
from izzitup_desktop.desktop.board.model import ServiceModel, Work
from izzitup_desktop.desktop.board.reader import Reading, ServiceReader
from izzitup_desktop.desktop.board.row_actions import RowActions
from izzitup_desktop.desktop.board.row_keeper import RowKeeper
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.board.uptime_bars import UptimeBarReader
from izzitup_desktop.desktop.board.view import BoardView
from izzitup_desktop.desktop.notifications.badge import show_unread
from izzitup_desktop.desktop.notifications.unread import Unread
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.runner import Lane
from izzitup_desktop.desktop.theme import GAP, MARGIN
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.toast import Toast
from izzitup_desktop.desktop.window.actions import Actions
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.window.condition_view import ConditionView
from izzitup_desktop.desktop.window.navigation import BOARD, Pages, Rail, offer_views
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.window.status_line import StatusLine
from izzitup_desktop.desktop.window.telling import Telling
from izzitup_desktop.desktop.window.undo import UndoSteps
from izzitup_desktop.desktop.window.views import all_views
from izzitup_desktop.desktop.words.errors import Problem, problem_of
from izzitup_desktop.domain.accounts import Action, Principal, allowed, allowed_on
from izzitup_desktop.platform.paths import resource

if TYPE_CHECKING:
    # Both bring much along, which loads after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.journal import Entry
    from izzitup_desktop.server.embedded import EmbeddedServer

_READING = "reading"
_SIZE = QSize(1360, 800)
_FRAME = QSize(8, 40)
_UNPAINTED_MS = 500
"""A window that is covered or on another desktop may never be painted."""


class MainWindow(QMainWindow):
    """`may_close` decides whether closing really closes; by default it does.

    `wrote` carries the ids of the journal entries made in this window,
    `rows_changed` follows any change of the rows held in `model`, `painted` the first
    paint: what it does not need waits for it.
    """

    painted = Signal()
    closed = Signal()
    wrote = Signal(object)
    rows_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._was_painted = self._has_rows = False
        self.may_close: Callable[[], bool] = _yes
        self.setWindowTitle("IzzitUp")
        self.setWindowIcon(QIcon(str(resource("icons", "izzitup.svg"))))
        self.setMinimumSize(480, 360)
        self.model = ServiceModel(self, run=self._sort)
        self.reader = ServiceReader(context.runner, self.model.arrangement, self)
        self.model.arrange_all = self.reader.arrange_all
        self.uptime_bars = UptimeBarReader(context.runner, self.model, self)
        self.row_keeper = RowKeeper(context, self.model, self)
        self.steps = UndoSteps(self)
        self.commands = Commands(context.runner, self.model, self.reader, self.steps, self)
        self.view = BoardView(self.model, context.theme)
        self.inspector = Inspector(context, self.commands)
        self.bar = MessageBar(context.theme)
        self.condition = ConditionView(context.theme, self)
        self.status_line = StatusLine(context.theme)
        self.actions_ = Actions(context.theme, self)
        self.rail = Rail(context.theme)
        self.pages = Pages()
        self.unread = Unread(context, self)
        self._build()
        self.toast = Toast(context.theme, self)
        self.editing = Editing(context, self.commands, self.reader, self.model, self)
        self.row_actions = RowActions(
            context.theme, self.actions_, self.commands, self.editing, self.view, self.inspector,
            self,
        )  # fmt: skip
        self._state = WindowState(context.paths.config)
        self._connect()
        self._restore()

    # What others call

    def take_over(self, before: MainWindow) -> None:
        """Take the place of another window: show its rows, which no reading moves then."""
        self.model.replace(before.model.arrangement.rows.values())
        self.inspector.typed.update(before.inspector.typed)
        self._has_rows = True

    def attach(
        self, board: Board, principal: Principal, server: EmbeddedServer | None = None
    ) -> None:
        """Show `board` as `principal`. The context's bridge listens to it already."""
        self._board, self._principal = board, principal
        self.commands.attach(board, principal)
        self.editing.attach(board, principal)
        self.row_keeper.attach(board)
        self.unread.attach(board, principal)
        self.inspector.attach(board, principal)
        self.status_line.set_actor(principal)
        self.status_line.set_database(board.location)
        if server is not None:
            self.set_server(server)
        self.view.table.set_may_set(self.may_set)
        self.model.may_edit = partial(self._may, Action.SERVICE_EDIT)
        self.view.may_add = allowed(principal, Action.SERVICE_ADD)
        self.pages.attach(board, principal)
        for action in self.actions_.views:
            action.setVisible(self.pages.may_see(action.data()))
        self._permit()
        if not self._has_rows:
            self.model.expect_all()
        self._has_rows = False
        self.reader.attach(board, principal)
        self.uptime_bars.attach(board, principal)

    def set_server(self, server: EmbeddedServer | None) -> None:
        """Show this server's state in the status bar; None: there is none."""
        self.status_line.set_server(server)
        self.pages.set_server(server)

    def show_problem(self, problem: Problem) -> None:
        """Say in the window what went wrong."""
        self.bar.show_problem(problem)

    def tell(self, text: str) -> None:
        """Say briefly what others did, over the lower edge of the window."""
        self.toast.remark(text)

    def tell_of_file(self, text: str, path: str) -> None:
        """Say that a file was written, and offer to open it."""
        url = QUrl.fromLocalFile(path)
        open_it = partial(self.context.open_url, url)
        self.toast.tell(text, action=self.tr("Open"), on_action=open_it)

    def show_service(self, service_id: int) -> None:
        """Come to the front with this service selected."""
        self.come_to_front()
        self.pages.go(BOARD)
        self.view.show_service(service_id)

    def _select_saved(self, service_id: int) -> None:
        # The keys stay with the dialog where it goes on with another one.
        self.pages.go(BOARD)
        self.view.show_service(service_id)

    def come_to_front(self) -> None:
        """Show the window, whatever it was, above the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_state(self) -> None:
        """Keep how the window looks for the next one."""
        self._state.keep_window(self)
        self.row_actions.save_state(self._state, self._splitter)
        for page in self.pages.made_pages().values():
            page.save_state(self._state)
        self._state.put("window/view", self.pages.current)
        self._state.sync()

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_UNPAINTED_MS, self, self._on_painted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            # What lies in it is painted after it, and before any timer.
            QTimer.singleShot(0, self, self._on_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_state()
        self.row_keeper.keep()
        if not self.may_close():
            event.ignore()
            return
        self.status_line.close_server()
        super().closeEvent(event)
        self.closed.emit()

    # Inside

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.inspector)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([_SIZE.width() - INSPECTOR_WIDTH, INSPECTOR_WIDTH])
        self.pages.set_board_view(self._splitter)
        right = QVBoxLayout()
        right.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(MARGIN, 0, MARGIN, 0)
        bar.setSpacing(GAP)
        for banner in (*self.condition.banners, self.bar):
            bar.addWidget(banner)
        # Below the rows: what appears doesn't move them under the hand.
        right.addWidget(self.pages, 1)
        right.addLayout(bar)
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.setCentralWidget(page)
        self.setStatusBar(self.status_line)
        views = all_views(self.context, self.commands)
        offer_views(views, self.tr("Board"), self.actions_, self.pages, self.rail)
        self.actions_.find.triggered.connect(self.pages.find_here)
        self.actions_.fill(self.menuBar())
        self.actions_.keep_to(self.view.table)
        self.view.table.context_menu = self.actions_.context_menu(self.view.table)
        self.view.add_action(self.actions_.add)

    def _connect(self) -> None:
        actions, commands = self.actions_, self.commands
        actions.undo.triggered.connect(lambda: commands.undo())
        actions.redo.triggered.connect(lambda: commands.redo())
        actions.refresh.triggered.connect(self.read_all)
        actions.copy_address.triggered.connect(self.status_line.copy_address)
        self.view.table.selectionModel().selectionChanged.connect(self._permit)
        actions.sections.toggled.connect(self._permit)
        self.view.retry_wanted.connect(self.reader.read_all)
        commands.failed.connect(self.bar.show_problem)
        self.telling = Telling(self.toast, commands, actions.mistake, self)
        commands.wrote.connect(self.wrote)
        commands.done.connect(self.bar.take_back)
        commands.under_way.connect(actions.set_under_way)
        self.editing.saved.connect(self._select_saved)
        self.view.table.refused.connect(self.toast.tell)
        self.editing.failed.connect(self.bar.show_problem)
        self.steps.changed.connect(self._show_steps)
        self.reader.read.connect(self._on_read)
        self.reader.read.connect(self.row_actions.on_reading)
        self.reader.failed.connect(self._on_read_failed)
        self.pages.went.connect(self._on_went)
        self.unread.changed.connect(self._show_unread)
        self.pages.made.connect(self._on_made)
        self.inspector.journal_wanted.connect(self.pages.read_journal)
        self.context.bridge.news.connect(self.reader.on_news)
        self.context.bridge.entries.connect(self._on_entries)
        self.status_line.folder_wanted.connect(
            lambda folder: self.context.open_url(QUrl.fromLocalFile(folder))
        )
        self.condition.found.connect(self.read_all)
        self.condition.attach(self.view.table, commands, self.status_line)
        self.context.runner.on_error.connect(self._on_error)

    def _restore(self) -> None:
        # Never larger than the screen, which at 200 % is half as large.
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self._state.restore_window(self)
        self.row_actions.restore_state(self._state, self._splitter)
        self._show_steps()
        self._on_went(BOARD)
        self.view.table.set_may_set(_never)
        rows = self.row_keeper.last_rows()
        if rows:
            self.model.replace(rows)
            self.status_line.set_stale(self.tr("As of the last session; being read …"))
        self.actions_.name_groups = self.reader.names_of
        self._permit()

    def _permit(self) -> None:
        on_board = self.pages.current == BOARD
        self.actions_.permit(self._principal, self.row_actions.selected(), on_board=on_board)

    def _on_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            self.actions_.dress()
            self.painted.emit()

    def may_set(self, row: Row) -> bool:
        """Whether who acts may set this service's status."""
        return self._may(Action.SERVICE_SET_STATUS, row)

    def _sort(self, work: Work, then: Callable[[list[int]], None]) -> None:
        # As a click does: it waits for no reading.
        self.context.runner.run(work, then=then, owner=self, lane=Lane.COMMAND)

    def _may(self, action: Action, row: Row) -> bool:
        principal = self._principal
        return principal is not None and allowed_on(principal, action, row.service.group_id)

    def _show_unread(self, count: int) -> None:
        show_unread(self, self.actions_, self.rail, count)

    def _on_went(self, name: str) -> None:
        self.uptime_bars.set_shown(name == BOARD)
        for action in self.actions_.views:
            action.setChecked(action.data() == name)
        self._permit()

    def _on_made(self, page: Page) -> None:
        page.failed.connect(self.bar.show_problem)
        page.told.connect(self.toast.tell)
        page.wrote_file.connect(self.tell_of_file)
        page.service_wanted.connect(self.show_service)
        page.journal_wanted.connect(self.pages.read_journal)
        page.preferences_wanted.connect(self.actions_.preferences.trigger)
        page.heed(self.unread)
        page.restore_state(self._state)

    def read_all(self) -> None:
        """Read all that is shown again."""
        self.reader.read_all()
        self.uptime_bars.read_all()
        for page in self.pages.made_pages().values():
            page.refresh()

    def _on_entries(self, entries: Sequence[Entry]) -> None:
        self.steps.restored(entries)
        self.status_line.lately.on_entries(entries)
        self.inspector.on_entries(entries)
        self.pages.on_entries(entries)
        self.unread.on_entries(entries)
        self.uptime_bars.changed(
            entry.subject_id for entry in entries if entry.kind.subject == "service"
        )

    def _on_read(self, reading: Reading) -> None:
        if reading.arranged is not None:
            self.model.take(reading.arranged)
            self.view.set_loaded()
        else:
            self.model.change(reading.rows, reading.gone)
        if reading.settled:
            self.model.set_pending(reading.settled, 0)
        self.status_line.set_stale("")
        self.bar.take_back(_READING)
        if reading.arranged is not None or self.row_actions.concern(reading.rows, reading.gone):
            self._permit()
            self.row_actions.show_row()
        self.rows_changed.emit()
        self.row_keeper.keep_soon()

    def _on_read_failed(self, error: Exception) -> None:
        problem = problem_of(error, self.tr("The services could not be read."))
        self.view.set_problem(problem)
        self.status_line.set_stale(self.tr("What is shown may be old."))
        if self.model.rowCount() and not self.condition.is_lost:
            self.bar.show_problem(
                problem,
                action=self.tr("Try again"),
                on_action=self.reader.read_all,
                about=_READING,
            )

    def _on_error(self, error: Exception) -> None:
        self.bar.show_problem(problem_of(error, self.tr("Something went wrong.")))

    def _show_steps(self) -> None:
        self.actions_.show_steps(self.steps.to_undo, self.steps.to_redo, self.steps.restored_at)


def _yes() -> bool:
    return True


def _never(_row: Row) -> bool:
    return False
