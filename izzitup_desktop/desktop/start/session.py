"""One run of the window: opens the board once it is painted, then serves.

Everything that may wait runs in the runner; each step ends in the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

from izzitup_desktop.desktop.access.own_account import OwnAccount
from izzitup_desktop.desktop.access.sign_on import SignOn
from izzitup_desktop.desktop.notifications.delivery import Delivery
from izzitup_desktop.desktop.notifications.muting import group_id_of, group_of
from izzitup_desktop.desktop.notifications.notifications import Notifications
from izzitup_desktop.desktop.notifications.token_warnings import TokenWarnings
from izzitup_desktop.desktop.notifications.tray import Tray
from izzitup_desktop.desktop.preferences.opener import PreferencesOpener
from izzitup_desktop.desktop.start.board_health import BoardHealth
from izzitup_desktop.desktop.start.drafts import Drafts
from izzitup_desktop.desktop.start.first_paint import FirstPaint
from izzitup_desktop.desktop.start.open_again import open_again
from izzitup_desktop.desktop.start.opener import Opening, gui_thread_ident
from izzitup_desktop.desktop.start.read_only_watch import ReadOnlyWatch
from izzitup_desktop.desktop.start.served_board import ServedBoard
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.tools import WindowTools
from izzitup_desktop.desktop.words.errors import problem_of, problem_of_damage
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.accounts import Account, Action, Origin, Principal, allowed
from izzitup_desktop.platform.paths import Paths

if TYPE_CHECKING:
    # All of this loads after the first paint, on another thread.
    from izzitup_desktop.application import Application
    from izzitup_desktop.platform.settings import Settings
    from izzitup_desktop.server.embedded import EmbeddedServer

log = logging.getLogger(__name__)

_END_SECONDS = 0.8


class Session(QObject):
    """Owns window, tray and board from start to end. Make it, then `begin()`, or `open()`.

    `attached` comes when the board is open and somebody acts; `ended` when the
    person quits: whoever runs the event loop then leaves it and calls `close()`.
    `first` is the window that was painted already.
    """

    attached = Signal()
    ended = Signal()

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        *,
        database: str = "",
        hash_cost: int = 12,
        first: FirstPaint | None = None,
    ) -> None:
        super().__init__()
        first = first or FirstPaint(app, paths)
        self.runner, self.keeper, self.bridge = first.runner, first.keeper, first.bridge
        self.language, self.theme, self.context = first.language, first.theme, first.context
        self.window = first.window
        self.keeper.setParent(self)
        self.tools = WindowTools(self.window, self.keeper)
        self.sign_on = SignOn(app, self.theme, self.runner, lambda: self.window, self)
        self.own_account = OwnAccount(self.runner, self)
        self.read_only = ReadOnlyWatch(self.runner, self)
        self.health = BoardHealth(self)
        self.tray = Tray(self.theme, self)
        # Another window may take this one's place.
        self.tray.may_set_row = lambda row: self.window.may_set(row)
        self.notifications = Notifications(
            lambda id_: group_of(self.window.model, id_),
            self,
            vocabulary=self.context.vocabulary,
            group_id_of=lambda id_: group_id_of(self.window.model, id_),
        )
        self.delivery = Delivery(
            self.notifications, self.tray, self.runner, lambda: self.window, self
        )
        self.token_warnings = TokenWarnings(self.context, self.notifications, self)
        self.delivery.ready.connect(self.token_warnings.begin)
        self.opening = Opening(
            self.context, self.keeper, database, hash_cost, lambda: self.window, self
        )
        self.drafts = Drafts(paths, self.runner, lambda: self.window, self.sign_on, self)
        self.principal: Principal | None = None
        self.dialog: QDialog | None = None
        self.preferences = PreferencesOpener(self.theme, self.keeper, lambda: self.window, self)
        self.served = ServedBoard(self.preferences, self.keeper, self.runner, self.tray, self)
        self._server: EmbeddedServer | None = None
        self._closing = False
        self._connect()

    @property
    def application(self) -> Application | None:
        """The running application, once the board is open."""
        return self.opening.application

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self.keeper.settings

    def begin(self) -> None:
        """Paint the window, then open the board."""
        self.window.painted.connect(self.open)
        self.window.show()

    def open(self) -> None:
        """Open the board; the window is painted."""
        self.keeper.load(self.opening.open, self._on_error)

    def come_to_front(self) -> None:
        """Show the window, which another language replaces."""
        self.window.come_to_front()

    def show_palette(self) -> None:
        """Show the window with the palette open, unless it is locked."""
        self.window.come_to_front()
        if self.principal is not None and not self.sign_on.is_locked:
            self.tools.show_palette()

    def quit(self) -> None:
        """End, whatever the tray says."""
        self._closing = True
        # Nobody is asked: what is typed is there again at the next start.
        self.drafts.close()
        self.tools.close()
        self.window.close()

    def close(self) -> None:
        """Stop the server, finish what is queued, join every thread."""
        if self.application is not None:
            # What waits for the database in the runner is waited for below.
            self.application.board.end_within(_END_SECONDS)
        self.tray.hide()
        self.notifications.close()
        self.bridge.close()
        self.runner.close()
        self.keeper.close()
        self.window.row_keeper.close()
        self.delivery.close()
        if self.application is not None:
            self.application.board.allow_calls_from(gui_thread_ident())
            self.application.close()
        self.tools.close()
        self.sign_on.lock_after(0)
        self.window.deleteLater()
        self.language.close()

    # Who acts

    def _on_open(self, application: Application) -> None:
        settings = self.settings
        locks = settings.ask_at_start or settings.lock_after_minutes > 0 or settings.locked
        ask = application.board.is_shared or locks
        self.sign_on.begin(application.board, settings.account, ask=ask)

    def _attach(self, account: Account) -> None:
        application = self._app()
        before = self.principal
        self.principal = self.preferences.principal = Principal.of(account, Origin.DESKTOP)
        self.bridge.listen(application.board)
        self.notifications.attach(self.principal)
        self.token_warnings.attach(application.board, self.principal)
        self.window.attach(application.board, self.principal)
        self.tools.attach(application.board, self.principal)
        self.sign_on.attach(application.board, self.principal)
        self.own_account.attach(application.board, self.principal)
        may_set = allowed(self.principal, Action.SERVICE_SET_STATUS)
        self.tray.may_set = may_set and not self.sign_on.is_locked
        self._apply()
        self.served.permit()
        self.read_only.attach(application.board)
        self.drafts.attach(self.principal)
        if before is not None:
            if before.account_uid != account.uid:
                # What was refused to somebody else is nothing to who acts now.
                self.window.bar.take_back()
            elif before.name == self.settings.account != account.name:
                # The next start asks for the account by its name.
                self.keeper.save("account", account.name)
            return
        if self.sign_on.is_first and account.name != self.settings.account:
            self.keeper.save("account", account.name)
        self._keep_locked(locked=False)
        self._run(lambda: application.server, self._on_server, self._on_no_server)
        for notice in self.keeper.notices:
            log.warning("%s", notice)
        if self.keeper.notices:
            self.window.bar.show_notice("\n".join(map(translated, self.keeper.notices)))
        if application.board.damage:
            self.window.show_problem(problem_of_damage(application.board.damage))
        self.attached.emit()

    def _end_acting(self) -> None:
        self.notifications.close()
        self.sign_on.lock()

    def _open_again(self) -> None:
        if self.principal is not None:
            board = self._app().board
            open_again(self.runner, board, self.principal, self.window, self.own_account)

    def _on_server(self, server: EmbeddedServer) -> None:
        self._server = self.preferences.server = server
        self.window.set_server(server)
        self.served.begin(self._app(), server)
        self._begin_rest()

    def _on_no_server(self, error: Exception) -> None:
        self._on_error(error)
        self._begin_rest()

    def _begin_rest(self) -> None:
        # Who waits for the board and its API needs the processor first.
        watch = partial(self._app().keep_watch, self.health.unstored.emit, has_window=True)
        self._run(watch, lambda _: None, self._on_error)
        self.delivery.begin()

    # The window and the tray

    def _connect(self) -> None:
        tray, notifications = self.tray, self.notifications
        self._connect_window()
        self.opening.opened.connect(self._on_open)
        self.opening.set_up.connect(self._attach)
        self.opening.asks.connect(self._show_or_leave)
        self.keeper.applied.connect(self._on_applied)
        self.keeper.failed.connect(self._on_error)
        self.preferences.opened.connect(self._show)
        self.sign_on.signed_on.connect(self._attach)
        self.sign_on.locked.connect(self._on_locked)
        self.sign_on.left.connect(self.quit)
        self.bridge.entries.connect(notifications.on_entries)
        self.bridge.entries.connect(self.own_account.on_entries)
        self.own_account.changed.connect(self._attach)
        self.own_account.ended.connect(self._end_acting)
        self.own_account.failed.connect(self._on_error)
        self.bridge.trouble.connect(self.health.set_lost)
        self.read_only.changed.connect(lambda: self.health.set_read_only(self.read_only.reason))
        self.health.changed.connect(lambda found: self.window.condition.show_condition(found))
        self.runner.on_error.connect(self._on_error)
        self.served.failed.connect(self._on_error)
        tray.open_wanted.connect(self.come_to_front)
        tray.quit_wanted.connect(self.quit)
        tray.status_wanted.connect(
            lambda id_, status: self.window.commands.set_status([id_], status)
        )
        tray.mute_wanted.connect(lambda until: self.keeper.save("muted_until", until))
        self.delivery.failed.connect(self._on_error)
        tray.search_wanted.connect(self.show_palette)
        tray.show()

    def _connect_window(self) -> None:
        window = self.window
        window.may_close = self._may_close
        window.closed.connect(self._on_closed)
        window.rows_changed.connect(lambda: self.tray.show_rows(window.model.arrangement))
        window.condition.changed.connect(self.tray.set_trouble)
        window.condition.open_again_wanted.connect(self._open_again)
        window.wrote.connect(lambda _ids: self.health.set_unstored(""))
        self.served.follow_window(window)
        actions = window.actions_
        actions.quit.triggered.connect(self.quit)
        actions.preferences.triggered.connect(self.preferences.open)
        actions.sign_in.triggered.connect(self.sign_on.switch)
        actions.lock.triggered.connect(self.sign_on.lock)
        self.tools.unlock_wanted.connect(self.sign_on.ask_over)

    def _change_window(self) -> None:
        """Another language: the same window once more, in new words."""
        old = self.window
        choosing, has_wall = self.preferences.is_open, self.tools.wall is not None
        visible, geometry = old.isVisible(), old.saveGeometry()
        self.drafts.take()
        old.save_state()
        old.hide()
        self.tools.close()
        self.window = MainWindow(self.context)
        self.tools = WindowTools(self.window, self.keeper)
        self._connect_window()
        self.window.restoreGeometry(geometry)
        self.window.take_over(old)
        if self.application is not None and self.principal is not None:
            self.window.attach(self.application.board, self.principal)
            self.tools.attach(self.application.board, self.principal)
            self.window.condition.show_condition(self.health.condition)
        self.window.row_actions.follow(self.settings)
        if self._server is not None:
            self.window.set_server(self._server)
        self.tray.retranslate()
        self.sign_on.cover_again()
        if visible:
            self.window.show()
        self.drafts.put_back()
        if has_wall:
            self.tools.show_wall()
            self.tools.set_locked(locked=self.sign_on.is_locked)
        old.status_line.close_server()
        old.deleteLater()
        if choosing:
            # It went with its window, and somebody was reading it.
            self.preferences.open()

    def _on_closed(self) -> None:
        if self.sender() is self.window or self.sender() is None:
            self.ended.emit()

    def _on_locked(self, locked: bool) -> None:
        may = self.principal is not None and allowed(self.principal, Action.SERVICE_SET_STATUS)
        self.tray.may_set = may and not locked
        self.tray.set_locked(locked=locked)
        self.notifications.is_locked = locked
        self._keep_locked(locked=locked)
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass  # a menu would stand before the cover, with names in it
        self.tools.set_locked(locked=locked)

    def _keep_locked(self, *, locked: bool) -> None:
        # Closing the window and starting again must not undo a lock.
        if locked != self.settings.locked:
            self.keeper.save("locked", locked)

    def _may_close(self) -> bool:
        wanted = self.keeper.is_loaded and self.settings.keep_in_tray
        stays = wanted and self.tray.is_there and not self._closing
        if not stays:
            return True
        self.window.hide()
        if not self.settings.tray_told:
            self.tray.tell(
                "",
                self.tr("IzzitUp is still running"),
                self.tr("It stays in the tray and goes on serving. Quit it from the tray's menu."),
            )
            self.keeper.save("tray_told", value=True)
        return False

    # Preferences

    def _on_applied(self, keys: tuple[str, ...]) -> None:
        self._apply()
        self.served.follow(keys)

    def _apply(self) -> None:
        settings = self.settings
        if self.application is not None:
            self.application.settings = settings
        if self.theme.choice != settings.theme:
            self.theme.choose(settings.theme)
        self.notifications.rules = settings
        self.window.row_actions.follow(settings)
        self.tray.set_muted(settings.muted_until)
        self.sign_on.lock_after(settings.lock_after_minutes)
        if self.language.choose(settings.language):
            self._change_window()

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

    def _show_or_leave(self, dialog: QDialog) -> None:
        dialog.rejected.connect(self.quit)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        self.window.show()
        dialog.open()

    def _on_error(self, error: Exception) -> None:
        self.window.show_problem(problem_of(error, self.tr("Something went wrong.")))
