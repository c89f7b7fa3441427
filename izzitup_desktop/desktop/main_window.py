"""The main window: the Board view with its menus, messages and status bar.

It paints before the board is open, with the rows of the last session; `attach`
brings it to life. Nothing here imports the database or the server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from izzitup_desktop.desktop.actions import Actions
from izzitup_desktop.desktop.commands import Commands
from izzitup_desktop.desktop.context import Context
from izzitup_desktop.desktop.errors import Problem, problem_of
from izzitup_desktop.desktop.guide import Guide, about_text
from izzitup_desktop.desktop.services.editing import Editing
from izzitup_desktop.desktop.services.last_rows import ROWS_MOST, keep_last_rows, read_last_rows
from izzitup_desktop.desktop.services.model import ServiceModel
from izzitup_desktop.desktop.services.reader import Reading, ServiceReader
from izzitup_desktop.desktop.services.rows import Row
from izzitup_desktop.desktop.services.tsv import as_tsv
from izzitup_desktop.desktop.services.view import BoardView
from izzitup_desktop.desktop.status_line import StatusLine
from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme import MARGIN
from izzitup_desktop.desktop.undo import Step, Steps
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.toast import Toast
from izzitup_desktop.desktop.window_state import WindowState
from izzitup_desktop.domain.accounts import Action, Actor, allowed, allowed_on
from izzitup_desktop.domain.services import Service
from izzitup_desktop.paths import resource

if TYPE_CHECKING:
    # Both bring much along, which loads after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.server.embedded import EmbeddedServer

_KEEP_ROWS_AFTER_MS = 3_000
_READING = "reading"
_SIZE = QSize(1180, 720)
_FRAME = QSize(8, 40)


class MainWindow(QMainWindow):
    """`may_close` decides whether closing really closes; by default it does.

    `preferences_wanted` and `quit_wanted` come from the menus; `wrote` carries the
    ids of the journal entries made in this window, `rows_changed` follows any
    change of the rows held in `model`.
    """

    preferences_wanted = Signal()
    quit_wanted = Signal()
    closed = Signal()
    wrote = Signal(object)
    rows_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._actor: Actor | None = None
        self.may_close: Callable[[], bool] = _yes
        self.setWindowTitle("IzzitUp")
        self.setWindowIcon(QIcon(str(resource("icons", "izzitup.svg"))))
        self.setMinimumSize(480, 360)
        self.model = ServiceModel(self)
        self.reader = ServiceReader(context.runner, self)
        self.steps = Steps(self)
        self.commands = Commands(context.runner, self.model, self.reader, self.steps, self)
        self.view = BoardView(self.model, context.theme)
        self.bar = MessageBar(context.theme)
        self.status_line = StatusLine(context.theme)
        self.actions_ = Actions(context.theme, self)
        self._build()
        self.toast = Toast(context.theme, self.view)
        self.editing = Editing(context, self.commands, self.reader, self.model, self)
        self._state = WindowState(context.paths.config)
        self._connect()
        self._restore()

    # What others call

    def attach(self, board: Board, actor: Actor, server: EmbeddedServer | None = None) -> None:
        """Show `board` as `actor`. The context's bridge listens to it already."""
        self._actor = actor
        self.commands.attach(board, actor)
        self.editing.attach(board, actor)
        self.status_line.set_actor(actor)
        self.status_line.set_database(board.location)
        if server is not None:
            self.set_server(server)
        self.view.table.set_may_set(self._may_set)
        self.view.may_add = allowed(actor, Action.SERVICE_ADD)
        self._permit()
        self.reader.attach(board, actor)

    def set_server(self, server: EmbeddedServer | None) -> None:
        """Show this server's state in the status bar; None: there is none."""
        self.status_line.set_server(server)

    def show_problem(self, problem: Problem) -> None:
        """Say in the window what went wrong."""
        self.bar.show_problem(problem)

    def tell(self, text: str) -> None:
        """Say something briefly, over the lower edge of the window."""
        self.toast.tell(text)

    def show_service(self, service_id: int) -> None:
        """Come to the front with this service selected."""
        self.come_to_front()
        self.view.show_service(service_id)

    def come_to_front(self) -> None:
        """Show the window, whatever it was, above the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # Qt's own

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.save(self, self.view.table)
        self._keep_rows()
        if not self.may_close():
            event.ignore()
            return
        self.status_line.close_server()
        super().closeEvent(event)
        self.closed.emit()

    # Inside

    def _build(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(MARGIN, 0, MARGIN, 0)
        bar.addWidget(self.bar)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        self.setCentralWidget(page)
        self.setStatusBar(self.status_line)
        self.actions_.fill(self.menuBar())
        self.actions_.keep_to(self.view.table)
        self.view.table.context_menu = self.actions_.context_menu(self.view.table)
        self.view.add_action(self.actions_.add)
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(_KEEP_ROWS_AFTER_MS)

    def _connect(self) -> None:
        actions, table, commands = self.actions_, self.view.table, self.commands
        actions.add.triggered.connect(lambda: self.editing.add())
        actions.edit.triggered.connect(self._edit_selected)
        actions.remove.triggered.connect(lambda: commands.remove(table.selected_ids()))
        for action in actions.set_status:
            action.triggered.connect(self._set_selected)
        actions.undo.triggered.connect(lambda: commands.undo())
        actions.redo.triggered.connect(lambda: commands.redo())
        actions.copy.triggered.connect(self._copy_rows)
        actions.select_all.triggered.connect(table.selectAll)
        actions.find.triggered.connect(self._find)
        actions.clear_filters.triggered.connect(self.view.clear_filters)
        actions.refresh.triggered.connect(self.reader.read_all)
        actions.reset_columns.triggered.connect(table.reset_columns)
        actions.copy_address.triggered.connect(self.status_line.copy_address)
        actions.preferences.triggered.connect(self.preferences_wanted)
        actions.quit.triggered.connect(self.quit_wanted)
        actions.guide.triggered.connect(self._show_guide)
        actions.about.triggered.connect(lambda: self.bar.show_notice(about_text()))
        table.status_wanted.connect(lambda id_, status: commands.set_status([id_], status))
        table.edit_wanted.connect(self.editing.edit)
        table.selectionModel().selectionChanged.connect(self._permit)
        self.view.add_wanted.connect(lambda: self.editing.add())
        self.view.retry_wanted.connect(self.reader.read_all)
        commands.failed.connect(self.bar.show_problem)
        commands.told.connect(self._tell_step)
        commands.wrote.connect(self.wrote)
        commands.done.connect(self.bar.take_back)
        self.editing.saved.connect(self.view.show_service)
        self.editing.failed.connect(self.bar.show_problem)
        self.steps.changed.connect(self._show_steps)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_read_failed)
        self._context.bridge.entries.connect(self.reader.on_entries)
        self._context.bridge.trouble.connect(self._on_trouble)
        self._context.runner.on_error.connect(self._on_error)
        self._keep_timer.timeout.connect(self._keep_rows)

    def _restore(self) -> None:
        # Never larger than the screen, which at 200 % is half as large.
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self._state.restore(self, self.view.table)
        self._show_steps()
        self.view.table.set_may_set(_never)
        rows = read_last_rows(self._context.paths.data)
        if rows:
            self.model.replace(rows)
            self.status_line.set_stale(self.tr("As of the last session; being read …"))
        self._permit()

    def _permit(self) -> None:
        self.actions_.permit(self._actor, self._selected())

    def _selected(self) -> list[Service]:
        rows = self.model.arrangement.rows
        ids = self.view.table.selected_ids()
        return [rows[id_].service for id_ in ids if id_ in rows]

    def _may_set(self, row: Row) -> bool:
        actor = self._actor
        return actor is not None and allowed_on(
            actor, Action.SERVICE_SET_STATUS, row.service.group_id
        )

    def _on_read(self, reading: Reading) -> None:
        if reading.ids is None:
            self.model.replace(reading.rows)
            self.view.set_loaded()
        else:
            found = {row.service.id for row in reading.rows}
            self.model.change(reading.rows, reading.ids - found)
        if reading.settled:
            self.model.set_pending(reading.settled, 0)
        self.status_line.set_stale("")
        self.bar.take_back(_READING)
        self._permit()
        self.rows_changed.emit()
        if not self._keep_timer.isActive():
            self._keep_timer.start()

    def _on_read_failed(self, error: Exception) -> None:
        problem = problem_of(error, self.tr("The services could not be read."))
        self.view.set_problem(problem)
        self.status_line.set_stale(self.tr("What is shown may be old."))
        if self.model.rowCount():
            self.bar.show_problem(
                problem,
                action=self.tr("Try again"),
                on_action=self.reader.read_all,
                about=_READING,
            )

    def _on_trouble(self, reason: str) -> None:
        if reason:
            self.status_line.set_stale(filled(self.tr("What is shown may be old. %1"), reason))
        else:
            self.reader.read_all()

    def _on_error(self, error: Exception) -> None:
        self.bar.show_problem(problem_of(error, self.tr("Something went wrong.")))

    def _tell_step(self, text: str, step: Step | None) -> None:
        if step is None:
            self.toast.tell(text)
        else:
            undo = self.tr("Undo")
            self.toast.tell(text, action=undo, on_action=lambda: self.commands.undo(step))

    def _show_steps(self) -> None:
        self.actions_.show_steps(self.steps.to_undo, self.steps.to_redo)

    def _set_selected(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.commands.set_status(self.view.table.selected_ids(), action.data())

    def _edit_selected(self) -> None:
        ids = self.view.table.selected_ids()
        if len(ids) == 1:
            self.editing.edit(ids[0])

    def _find(self) -> None:
        self.view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.view.search.selectAll()

    def _copy_rows(self) -> None:
        rows = [self.model.arrangement.rows[id_] for id_ in self.view.table.selected_ids()]
        if rows:
            QGuiApplication.clipboard().setText(as_tsv(rows, self.model.title))

    def _show_guide(self) -> None:
        actions = [action for action in self.actions_.children() if isinstance(action, QAction)]
        Guide(actions, self.status_line.address, self).open()

    def _keep_rows(self) -> None:
        if self._actor is None:
            return
        shown = min(self.model.rowCount(), ROWS_MOST)
        rows = [self.model.row_at(place) for place in range(shown)]
        folder = self._context.paths.data
        self._context.runner.run(lambda: keep_last_rows(folder, rows))


def _yes() -> bool:
    return True


def _never(_row: Row) -> bool:
    return False
