"""Opening the board from the window: found, made on the first run, or restored.

Everything that may wait runs in the runner; each step ends in the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QDialog, QWidget

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.domain.accounts import Account, Origin, Principal
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.platform.loading import loading

if TYPE_CHECKING:
    # Database and validation load after the first paint, on another thread.
    from izzitup_desktop.application import Application
    from izzitup_desktop.desktop.start.first_run import FirstRun, FirstRunChoice
    from izzitup_desktop.platform.settings import Settings


class Opening(QObject):
    """`opened` carries an `Application` that has accounts, `set_up` the account made on
    the first run; `asks` a dialog that somebody must answer."""

    opened = Signal(object)
    set_up = Signal(object)
    asks = Signal(object)

    def __init__(
        self,
        context: Context,
        keeper: SettingsKeeper,
        database: str,
        hash_cost: int,
        window: Callable[[], QWidget],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._keeper, self._window = context, keeper, window
        self._database, self._hash_cost = database, hash_cost
        self.application: Application | None = None
        """The running application; also while nobody acts yet."""

    def open(self) -> None:
        """Open the board."""
        self._run(self._start, self._on_open, self._on_not_open)

    def _start(self) -> tuple[Application, bool]:
        if self.application is not None:
            # A try before this one opened the board and failed after that.
            self.application.close()
            self.application = None
        try:
            application = self._started(create=False)
        except NotFound:
            # Before three pages are filled in for nothing.
            self._assert_can_be_made()
            raise
        # Kept at once: close() must find it, even if nobody hears of this any more.
        self.application = application
        return application, application.board.accounts.any()

    def _assert_can_be_made(self) -> None:
        from izzitup_desktop.platform.files import assert_can_be_made  # loaded by now

        if not (self._database or self._keeper.settings.database):
            assert_can_be_made(self._context.paths.data)

    def _started(self, *, create: bool) -> Application:
        application: Application = _application().start(
            self._context.paths,
            self._keeper.settings,
            database=self._database,
            create=create,
            hash_cost=self._hash_cost,
        )
        return application

    def _on_open(self, opened: tuple[Application, bool]) -> None:
        application, has_accounts = opened
        application.board.refuse_calls_from(gui_thread_ident())
        if has_accounts:
            self.opened.emit(application)
        else:
            self._first_run()

    def _on_not_open(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._first_run()
            return
        from izzitup_desktop.desktop.start.problems import OpeningProblem  # when something is wrong

        dialog = OpeningProblem(self._context.theme, error, self._window())
        dialog.retry_wanted.connect(lambda: self._after(dialog, self.open))
        dialog.restore_wanted.connect(
            lambda backup: self._after(dialog, partial(self._restore, backup))
        )
        self.asks.emit(dialog)

    def _restore(self, backup: Path) -> None:
        def restore() -> None:
            _application().recover(
                self._context.paths, self._keeper.settings, backup, database=self._database
            )

        self._run(restore, lambda _: self.open(), self._on_not_open)

    def _first_run(self) -> None:
        from izzitup_desktop.desktop.start.first_run import FirstRun  # on the first run alone

        context = self._context
        kept_in = _shown(self._database or self._keeper.settings.database) or context.paths.data
        dialog = FirstRun(
            context.theme,
            context.runner,
            _check_password,
            str(kept_in),
            self._keeper.settings.port,
            self._window(),
        )
        dialog.finished_with.connect(lambda choice: self._make(dialog, choice))
        self.asks.emit(dialog)

    def _make(self, dialog: FirstRun, choice: FirstRunChoice) -> None:
        known = self.application

        def make() -> tuple[Application, Account, Settings]:
            # The sample reads a file and imports the board: not at start-up.
            from izzitup_desktop.demo.sample import add_sample
            from izzitup_desktop.platform import settings

            application = known or self._started(create=True)
            self.application = application
            try:
                board = application.board
                account = board.accounts.first(choice.name, choice.password, Origin.DESKTOP).value
                if choice.sample:
                    add_sample(board, Principal.of(account, Origin.DESKTOP))
                changed = settings.save(
                    self._context.paths.config, account=account.name, host=choice.host
                )
            except BaseException:
                if known is None:
                    self.application = None
                    application.close()
                raise
            return application, account, changed

        def then(done: tuple[Application, Account, Settings]) -> None:
            application, account, changed = done
            self._keeper.take(changed)
            if known is None:
                application.board.refuse_calls_from(gui_thread_ident())
            dialog.done_well()
            self.set_up.emit(account)

        self._run(make, then, dialog.refused)

    def _after(self, dialog: QDialog, step: Callable[[], object]) -> None:
        dialog.accept()
        step()

    def _run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._context.runner.run(work, then=then, failed=failed, owner=self)


def gui_thread_ident() -> int:
    """The GUI thread's identity, asked on it."""
    assert QThread.currentThread().isMainThread()
    return threading.get_ident()


def _application() -> Any:
    # The database loads here, on the runner, after the first paint.
    with loading():
        from izzitup_desktop import application

    return application


def _shown(url: str) -> str:
    """A database URL for people, "" where there is none."""
    # The database is loaded by now: it was looked for.
    from izzitup_desktop.storage.urls import shown_text

    return shown_text(url) if url else ""


def _check_password(password: str, name: str) -> None:
    # The board brings the database along; the runner imports it.
    from izzitup_desktop.board.signing_in.passwords import check_new

    check_new(password, name)
