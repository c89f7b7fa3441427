"""The composition root: the only file that knows all parts.

It builds settings -> storage -> board -> server, and takes them down in reverse.
The window, `izzitup serve`, the tests and the benchmarks all start from it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from izzitup_desktop.board import Board, open_board
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.reversals import CONCEPTS
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.platform.paths import Paths
from izzitup_desktop.platform.settings import Settings
from izzitup_desktop.storage.urls import url_of

if TYPE_CHECKING:
    from izzitup_desktop.board.backups import BackupPlan
    from izzitup_desktop.board.scheduler import Scheduler
    from izzitup_desktop.server.embedded import EmbeddedServer
    from izzitup_desktop.server.tls.wish import TlsWish
    from izzitup_desktop.storage import upgrade as upgrading

_END_SECONDS = 0.8
"""Less than the server gives its clients: they hear why they get nothing."""

DEFAULT_HASH_COST = 12
"""bcrypt's cost for new passwords; tests take less."""


class Application:
    """The running parts. Use it in a `with`, or call `close()`."""

    def __init__(self, paths: Paths, settings: Settings, board: Board) -> None:
        self.paths = paths
        self.settings = settings
        self.board = board
        self._server: EmbeddedServer | None = None
        self._scheduler: Scheduler | None = None

    def keep_watch(
        self, on_trouble: Callable[[str], object] | None = None, *, has_window: bool = False
    ) -> None:
        """From now on do what happens by itself: what ends, gets stale, is backed up.

        `on_trouble` hears, on another thread, why nothing can be stored; "" ends it.
        `has_window`: we are a desk, at which people are told what others change.
        """
        self.board.desks.has_window = has_window
        if self._scheduler is None:
            # The window and its API are up before; commands never come here.
            from izzitup_desktop.board import due
            from izzitup_desktop.board.scheduler import Scheduler

            board = self.board
            jobs = (
                *due.JOBS,
                board.backups.job(self._plan),
                board.archive.job(lambda: self.settings.journal_keep_days),
            )
            # Sources are known to the process that they sign in to: each keeps its own.
            self._scheduler = Scheduler(
                board.jobs,
                jobs,
                {"sources": board.sources.keep},
                on_trouble=on_trouble or (lambda _reason: None),
            )

    @property
    def server(self) -> EmbeddedServer:
        """The embedded server, made (not started) when first asked for."""
        if self._server is None:
            # The HTTP stack costs a tenth of a second; the window paints before it.
            with loading():
                from izzitup_desktop.server.embedded import EmbeddedServer

            self._server = EmbeddedServer(self.board, self.settings.host_names)
        return self._server

    def serve(self) -> None:
        """Have the server answer where the settings say; it moves there by itself."""
        settings = self.settings
        announce = settings.board_name if settings.mdns else None
        self.server.start(settings.host, settings.port, settings.host_names, self._tls(), announce)

    def close(self) -> None:
        """Stop the server, finish what is queued, and close the database.

        Who waits for a locked database is told so in time for an answer.
        """
        self.board.end_within(_END_SECONDS)
        if self._server is not None:
            self._server.stop()
        if self._scheduler is not None:
            self._scheduler.close()
            with contextlib.suppress(Unavailable):  # they are learned anew then
                self.board.sources.keep()
        self.board.close()

    def _tls(self) -> TlsWish | None:
        settings = self.settings
        if not settings.https:
            return None
        from izzitup_desktop.server.tls.wish import TlsWish  # in the server's package

        certificate, key = settings.tls_certificate, settings.tls_key
        return TlsWish(
            settings.https_port,
            self.paths.tls,
            Path(certificate).expanduser() if certificate else None,
            Path(key).expanduser() if key else None,
            plain=not settings.https_only,
        )

    def _plan(self) -> BackupPlan:
        from izzitup_desktop.board.backups import BackupPlan  # when a backup may be due

        return BackupPlan(self.settings.backup_every_hours, self.settings.backups_kept)

    def __enter__(self) -> Application:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def database_url(paths: Paths, settings: Settings, database: str = "") -> str:
    """Which database is meant: the one named, else the settings', else the local file."""
    return database or settings.database or url_of(paths.database)


def start(
    paths: Paths,
    settings: Settings,
    *,
    database: str = "",
    create: bool = False,
    hash_cost: int = DEFAULT_HASH_COST,
    concepts: Sequence[BoardConcept] = CONCEPTS,
    clock: Clock = SYSTEM_CLOCK,
    durable: bool = True,
) -> Application:
    """Open the board, with what it knows of kinds of journal entries (`concepts`).

    `database` is a URL, "" for the settings' or the local file; `create` makes it
    where there is none. Whatever needs the time asks `clock`; a file that is not
    `durable` may be lost when the computer stops. Raises `NotFound`, `Damaged`,
    `NewerDatabase`, `Unavailable`, `Invalid` as `board.open_board` does.
    """
    board = open_board(
        database_url(paths, settings, database),
        create=create,
        backups=paths.backups,
        quarantine=paths.quarantine,
        archive=paths.archive,
        hash_cost=hash_cost,
        concepts=concepts,
        clock=clock,
        durable=durable,
    )
    return Application(paths, settings, board)


def recover(paths: Paths, settings: Settings, backup: Path, *, database: str = "") -> Path | None:
    """Make a local database that can't be opened anew from `backup`.

    Returns where the old file was moved to, None where there was none. Raises as
    `storage.recovery.recover` does; nothing has then changed.
    """
    from izzitup_desktop.storage.recovery import recover as recover_file  # when a file is lost

    return recover_file(
        database_url(paths, settings, database), backup, quarantine=paths.quarantine
    )


def upgrade_plan(paths: Paths, settings: Settings, *, database: str = "") -> upgrading.Plan:
    """What an upgrade of the database does, also to other desks. Nothing is changed.

    Raises as `storage.upgrade.look` does.
    """
    from izzitup_desktop.storage import upgrade as upgrading  # when somebody asks for one

    return upgrading.look(database_url(paths, settings, database))


def upgrade(paths: Paths, settings: Settings, *, database: str = "") -> Path | None:
    """Bring the database to our version; the backup of what was there before.

    None where nothing was to do. Raises as `storage.upgrade.upgrade` does.
    """
    from izzitup_desktop.storage import upgrade as upgrading  # as above

    return upgrading.upgrade(
        database_url(paths, settings, database),
        backups=paths.backups,
        quarantine=paths.quarantine,
    )
