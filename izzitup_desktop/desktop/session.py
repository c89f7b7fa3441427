"""One run of the window: paints first, then opens the board, then serves.

Everything that may wait runs in the runner; each step ends in the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from izzitup_desktop import settings as settings_file
from izzitup_desktop.desktop.bridge import FeedBridge
from izzitup_desktop.desktop.context import Context
from izzitup_desktop.desktop.errors import problem_of
from izzitup_desktop.desktop.first_run import FirstRun, FirstRunChoice
from izzitup_desktop.desktop.guide import Guide, about_text
from izzitup_desktop.desktop.main_window import MainWindow
from izzitup_desktop.desktop.notifications import Notifications, is_dbus_platform
from izzitup_desktop.desktop.preferences import Preferences
from izzitup_desktop.desktop.problems import OpeningProblem
from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.desktop.sign_in import SignInDialog
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.tray import Tray
from izzitup_desktop.domain.accounts import Account, Action, Actor, Origin, allowed
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.paths import Paths, resource

if TYPE_CHECKING:
    # All of this loads after the first paint, on another thread.
    from izzitup_desktop.application import Application
    from izzitup_desktop.notify.dbus import DbusNotifier
    from izzitup_desktop.server.embedded import EmbeddedServer, ServerState

log = logging.getLogger(__name__)

_SERVER_KEYS = ("serve", "host", "port", "host_names")


class Session(QObject):
    """Owns window, tray and board from start to end. Make it, then `begin()`.

    `attached` comes when the board is open and somebody acts; `ended` when the
    person quits: whoever runs the event loop then leaves it and calls `close()`.
    """

    attached = Signal()
    ended = Signal()
    _clicked = Signal(str)

    def __init__(
        self, app: QApplication, paths: Paths, *, database: str = "", hash_cost: int = 12
    ) -> None:
        super().__init__()
        self._paths = paths
        self._database = database
        self._hash_cost = hash_cost
        self.settings, self._notices = settings_file.load(paths.config)
        self.theme = Theme(app, self.settings.theme)
        self.runner = Runner()
        self.bridge = FeedBridge()
        self.window = MainWindow(Context(paths, self.runner, self.bridge, self.theme))
        self.tray = Tray(self.theme, self)
        self.notifications = Notifications(self._group_of, self)
        self.application: Application | None = None
        self.actor: Actor | None = None
        self.dialog: QDialog | None = None
        self._dbus: DbusNotifier | None = None
        self._server: EmbeddedServer | None = None
        self._closing = False
        self._connect()

    def begin(self) -> None:
        """Paint the window, then open the board."""
        self.window.show()
        QTimer.singleShot(0, self, self._open)

    def quit(self) -> None:
        """End, whatever the tray says."""
        self._closing = True
        self.window.close()

    def close(self) -> None:
        """Stop the server, finish what is queued, join every thread."""
        self.tray.hide()
        self.bridge.close()
        self.runner.close()
        if self._dbus is not None:
            self._dbus.close()
        if self.application is not None:
            self.application.board.allow_calls_from(_thread_ident())
            self.application.close()
        self.window.deleteLater()

    # Opening

    def _open(self) -> None:
        self._run(self._start_application, self._on_open, self._on_not_open)

    def _start_application(self) -> tuple[Application, bool]:
        if self.application is not None:
            # A try before this one opened the board and failed after that.
            self.application.close()
            self.application = None
        application = _application().start(
            self._paths, self.settings, database=self._database, hash_cost=self._hash_cost
        )
        # Kept at once: close() must find it, even if nobody hears of this any more.
        self.application = application
        return application, application.board.accounts.any()

    def _on_open(self, opened: tuple[Application, bool]) -> None:
        application, has_accounts = opened
        self._own(application)
        if has_accounts:
            self._find_actor()
        else:
            self._first_run()

    def _on_not_open(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._first_run()
            return
        dialog = OpeningProblem(self.theme, error, self.window)
        dialog.retry_wanted.connect(lambda: self._after(dialog, self._open))
        dialog.restore_wanted.connect(
            lambda backup: self._after(dialog, partial(self._restore, backup))
        )
        self._show(dialog)

    def _restore(self, backup: Path) -> None:
        def restore() -> None:
            _application().recover(self._paths, self.settings, backup, database=self._database)

        self._run(restore, lambda _: self._open(), self._on_not_open)

    def _own(self, application: Application) -> None:
        application.board.refuse_calls_from(_thread_ident())

    # The first run

    def _first_run(self) -> None:
        location = self._database or self.settings.database or str(self._paths.data)
        dialog = FirstRun(self.theme, self.runner, _check_password, location, self.window)
        dialog.finished_with.connect(lambda choice: self._set_up(dialog, choice))
        self._show(dialog)

    def _set_up(self, dialog: FirstRun, choice: FirstRunChoice) -> None:
        known = self.application

        def set_up() -> tuple[Application, Account, settings_file.Settings]:
            # The sample reads a file and imports the board: not at start-up.
            from izzitup_desktop.sample import add_sample

            application = known or _application().start(
                self._paths,
                self.settings,
                database=self._database,
                create=True,
                hash_cost=self._hash_cost,
            )
            self.application = application
            try:
                board = application.board
                account = board.accounts.first(choice.name, choice.password, Origin.DESKTOP).value
                if choice.sample:
                    add_sample(board, Actor.of(account, Origin.DESKTOP))
                changed = settings_file.save(
                    self._paths.config, account=account.name, host=choice.host
                )
            except BaseException:
                if known is None:
                    self.application = None
                    application.close()
                raise
            return application, account, changed

        def then(done: tuple[Application, Account, settings_file.Settings]) -> None:
            application, account, self.settings = done
            if known is None:
                self._own(application)
            dialog.done_well()
            self._attach(account)

        self._run(set_up, then, dialog.refused)

    # Who acts

    def _find_actor(self) -> None:
        application = self._app()
        name = self.settings.account
        if application.board.is_shared or self.settings.ask_at_start or not name:
            self._ask(name)
            return

        def then(account: Account) -> None:
            if account.active:
                self._attach(account)
            else:
                self._ask("")

        self._run(lambda: application.board.accounts.find(name), then, lambda _: self._ask(""))

    def _ask(self, name: str) -> None:
        board = self._app().board
        dialog = SignInDialog(self.theme, board.location, name, self.window)

        def submitted(name: str, password: str) -> None:
            def then(account: Account) -> None:
                dialog.accept()
                self._attach(account)
                self._save("account", account.name)

            self._run(
                lambda: board.accounts.sign_in(name, password, source="console"),
                then,
                dialog.refused,
            )

        dialog.submitted.connect(submitted)
        self._show(dialog)

    def _attach(self, account: Account) -> None:
        application = self._app()
        self.actor = Actor.of(account, Origin.DESKTOP)
        self.bridge.listen(application.board)
        self.notifications.attach(self.actor)
        self.window.attach(application.board, self.actor)
        self.tray.may_set = allowed(self.actor, Action.SERVICE_SET_STATUS)
        self._apply(self.settings)
        self._run(lambda: application.server, self._on_server, self._on_error)
        for notice in self._notices:
            log.warning("%s", notice)
        if self._notices:
            self.window.bar.show_notice("\n".join(self._notices))
        if application.board.read_only:
            self.window.bar.show_notice(
                self.tr("The database is read-only for you: its file or folder can't be written.")
            )
        application.keep_watch()
        self.attached.emit()

    def _on_server(self, server: EmbeddedServer) -> None:
        self._server = server
        self.window.set_server(server)
        if self.settings.serve:
            server.start(self.settings.host, self.settings.port, self.settings.host_names)

    # The window, the tray and notifications

    def _connect(self) -> None:
        window, tray, notifications = self.window, self.tray, self.notifications
        window.may_close = self._may_close
        window.closed.connect(self.ended)
        window.actions_.quit.triggered.connect(self.quit)
        window.actions_.preferences.triggered.connect(self._show_preferences)
        window.actions_.guide.triggered.connect(self._show_guide)
        window.actions_.about.triggered.connect(lambda: window.bar.show_notice(about_text()))
        window.rows_changed.connect(self._show_rows)
        self.bridge.entries.connect(notifications.on_entries)
        self.runner.on_error.connect(self._on_error)
        tray.open_wanted.connect(window.come_to_front)
        tray.quit_wanted.connect(self.quit)
        tray.status_wanted.connect(lambda id_, status: window.commands.set_status([id_], status))
        tray.mute_wanted.connect(lambda until: self._save("muted_until", until))
        tray.message_clicked.connect(self._on_clicked)
        self._clicked.connect(self._on_clicked, Qt.ConnectionType.QueuedConnection)
        notifications.told.connect(self._on_told)
        if Tray.is_available():
            tray.show()
        if is_dbus_platform():
            self._run(self._reach_dbus, self._on_dbus, self._on_error)
        else:
            notifications.add_notifier(tray)

    def _reach_dbus(self) -> DbusNotifier:
        # jeepney is needed on this platform only, and not before the first paint.
        from izzitup_desktop.notify.dbus import DbusNotifier

        notifier = DbusNotifier(self._clicked.emit, icon=str(resource("icons", "izzitup.svg")))
        # Kept at once: close() must find it, even if nobody hears of this any more.
        self._dbus = notifier
        notifier.wait_until_ready(5.0)
        return notifier

    def _on_dbus(self, notifier: DbusNotifier) -> None:
        if notifier.available:
            self.notifications.add_notifier(notifier)
        elif Tray.is_available():
            self.notifications.add_notifier(self.tray)

    def _on_told(self, title: str, body: str) -> None:
        # With no daemon and no tray the window is the last to tell it.
        if not self.notifications.has_notifier:
            self.window.tell(title)
        log.info("told: %s (%s)", title, body)

    def _on_clicked(self, key: str) -> None:
        if key:
            self.window.show_service(int(key))
        else:
            self.window.come_to_front()

    def _show_rows(self) -> None:
        self.tray.set_rows(list(self.window.model.arrangement.rows.values()))

    def _group_of(self, service_id: int) -> str:
        row = self.window.model.arrangement.rows.get(service_id)
        return row.group if row else ""

    def _may_close(self) -> bool:
        stays = self.settings.keep_in_tray and Tray.is_available() and not self._closing
        if not stays:
            return True
        self.window.hide()
        if not self.settings.tray_told:
            self.tray.tell(
                "",
                self.tr("IzzitUp is still running"),
                self.tr("It stays in the tray and goes on serving. Quit it from the tray's menu."),
            )
            self._save("tray_told", value=True)
        return False

    def _show_guide(self) -> None:
        Guide(self.window.actions_.all(), self.window.status_line.address, self.window).open()

    # Preferences

    def _show_preferences(self) -> None:
        dialog = Preferences(self.theme, self.settings, self.window)
        dialog.changed.connect(lambda key, value: self._save(key, value, dialog))
        server = self._server
        if server is not None:
            shown = _ServerText(server, dialog)
            shown.text.connect(dialog.show_server)
            shown.begin()
        self._show(dialog)

    def _save(self, key: str, value: Any, dialog: Preferences | None = None) -> None:
        def then(changed: settings_file.Settings) -> None:
            self._apply(changed)
            if key in _SERVER_KEYS and self._server is not None:
                self._move_server(self._server)
            if dialog is not None:
                dialog.saved(changed)

        def failed(error: Exception) -> None:
            if dialog is None:
                self._on_error(error)
            else:
                dialog.refused(key, error)

        self._run(lambda: settings_file.save(self._paths.config, **{key: value}), then, failed)

    def _apply(self, changed: settings_file.Settings) -> None:
        self.settings = changed
        if self.theme.choice != changed.theme:
            self.theme.choose(changed.theme)
        self.notifications.enabled = changed.notifications
        self.notifications.muted_until = changed.muted_until
        self.tray.set_muted(_is_ahead(changed.muted_until))

    def _move_server(self, server: EmbeddedServer) -> None:
        settings = self.settings
        if settings.serve:
            server.start(settings.host, settings.port, settings.host_names)
        else:
            self._run(server.stop, lambda _: None, self._on_error)

    # Inside

    def _app(self) -> Application:
        assert self.application is not None
        return self.application

    def _run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self.runner.run(work, then=then, failed=failed, owner=self)

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        leaves = isinstance(dialog, FirstRun | SignInDialog | OpeningProblem)
        if leaves:
            dialog.rejected.connect(self.quit)
        dialog.open()

    def _after(self, dialog: OpeningProblem, step: Callable[[], object]) -> None:
        dialog.accept()
        step()

    def _on_error(self, error: Exception) -> None:
        self.window.show_problem(problem_of(error, self.tr("Something went wrong.")))


class _ServerText(QObject):
    """The server's state in words, on the GUI thread, as long as a dialog is open."""

    text = Signal(str)
    _state = Signal(object)

    def __init__(self, server: EmbeddedServer, parent: QObject) -> None:
        super().__init__(parent)
        self._server = server
        self._state.connect(self._say, Qt.ConnectionType.QueuedConnection)
        cancel = server.on_state(self._state.emit)
        parent.destroyed.connect(lambda: cancel())

    def begin(self) -> None:
        """Say how it is now."""
        self._say(self._server.state)

    def _say(self, state: ServerState) -> None:
        if state.url:
            self.text.emit(self.tr("Serving on %1").replace("%1", state.url))
        elif state.reason:
            self.text.emit(state.reason)
        else:
            self.text.emit(self.tr("The API is off."))


def _application() -> Any:
    # Database and validation load here, on the runner, after the first paint.
    from izzitup_desktop import application

    return application


def _check_password(password: str, name: str) -> None:
    # The board brings the database along; the runner imports it.
    from izzitup_desktop.board.passwords import check_new

    check_new(password, name)


def _is_ahead(until: datetime | None) -> bool:
    return until is not None and until > datetime.now(until.tzinfo)


def _thread_ident() -> int:
    import threading  # named here, where Qt's own threads are too

    assert QThread.currentThread().isMainThread()
    return threading.get_ident()
