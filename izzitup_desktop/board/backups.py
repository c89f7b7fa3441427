"""Use cases of backups: save, restore, check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.board.jobs import FileJob, Lease
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.board_contents import BoardContents
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import make_private_folder
from izzitup_desktop.storage import backup, backup_files, checking, journal, tokens
from izzitup_desktop.storage.contents import contents_of
from izzitup_desktop.storage.inspection import inspected
from izzitup_desktop.storage.rows import Progress, of_connection
from izzitup_desktop.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """A backup every so many hours (0: none), of which the newest `keep` are kept."""

    every_hours: int
    keep: int


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One backup in the folder."""

    path: Path
    time: datetime
    size_bytes: int
    scheduled: bool
    before_restore: bool
    before_upgrade: bool = False


class Backups:
    """Backups of this board; `folder` is where unnamed ones go."""

    def __init__(self, core: Core, folder: Path) -> None:
        self._core = core
        self.folder = folder

    def save(self, principal: Principal, path: Path | None = None) -> Path:
        """Write a checked backup to `path`, or under a new name in the folder.

        Raises `Invalid`, `NotAllowed`, `Unavailable`; an older file then survives.
        """
        self._core.assert_may(principal, Action.BOARD_BACKUP)
        if path is None:
            path = self.next_path()
        return backup.save(self._core.database, path)

    def next_path(self) -> Path:
        """Where a backup that is made now goes, if no other place is wanted."""
        return backup_files.new_name(make_private_folder(self.folder))

    def list(self, principal: Principal) -> tuple[BackupFile, ...]:
        """The backups in the folder, newest first."""
        self._core.assert_may(principal, Action.BOARD_BACKUP)
        return tuple(
            BackupFile(
                path,
                time,
                size,
                backup_files.is_scheduled(path),
                backup_files.is_before_restore(path),
                backup_files.is_before_upgrade(path),
            )
            for path, time, size in backup_files.listed(self.folder)
        )

    def contents(self, principal: Principal, path: Path) -> tuple[BoardContents, BoardContents]:
        """What is in the backup at `path`, and what is on the board now.

        Raises what `restore` does: a file that it would refuse is refused here.
        """
        self._core.assert_may(principal, Action.BOARD_RESTORE)
        if self._is_database(path):
            raise _own_file(path)
        with backup.opened(path) as source:
            then = contents_of(source)
        now = self._core.read_as(
            principal, Action.BOARD_RESTORE, lambda connection, _principal: contents_of(connection)
        )
        return then, now

    def job(self, plan: Callable[[], BackupPlan]) -> FileJob:
        """The backup that is made by itself, as `plan` says at that time."""

        def every_seconds() -> float | None:
            return plan().every_hours * 3_600.0 or None

        return FileJob(
            "backups", lambda lease: self.save_if_due(plan(), lease), every_seconds, only_reads=True
        )

    def save_if_due(self, plan: BackupPlan, lease: Lease) -> Path | None:
        """The scheduled backup, if the folder has no new one; older ones beyond `keep` go.

        Raises `Unavailable`, `LeaseLost`; the older ones then stay, and no new one comes.
        """
        if plan.every_hours <= 0:
            return None
        found = [
            (path, time)
            for path, time, _ in backup_files.listed(self.folder)
            if backup_files.is_scheduled(path)
        ]
        now, every = self._core.clock.now(), timedelta(hours=plan.every_hours)
        # One from the future (the clock was set back) is none of the last hours.
        if any(timedelta(0) <= now - time < every for _, time in found):
            return None
        path = backup_files.new_name(make_private_folder(self.folder), scheduled=True)
        saved = backup.save(self._core.database, path, lease.assert_held)
        backup_files.delete_surplus([path for path, _ in found], plan.keep - 1)
        return saved

    def next_at(self, every_hours: int) -> datetime | None:
        """When (UTC) the next one is due that is made by itself; None for never (0 hours)."""
        if every_hours <= 0:
            return None
        every = timedelta(hours=every_hours)
        due = [
            time + every
            for path, time, _ in backup_files.listed(self.folder)
            if backup_files.is_scheduled(path)
        ]
        return max([self._core.clock.now(), *due])

    def newest(self) -> Path | None:
        """The newest backup in the folder, None where there is none."""
        return backup_files.newest(self.folder)

    def restore(self, principal: Principal, path: Path) -> Path:
        """Replace everything on the board by the backup at `path`.

        What was there is saved first; returns where. Raises `Invalid`,
        `NewerDatabase`, `NotAllowed`, `Unavailable`; then nothing has changed.
        """
        self._core.assert_may(principal, Action.BOARD_RESTORE)
        if self._is_database(path):
            raise _own_file(path)
        with backup.opened(path) as source:
            folder = make_private_folder(self.folder)
            saved = self.save(principal, backup_files.name_before_restore(folder))

            def use_case(transaction: Transaction) -> None:
                authorize(transaction, principal, Action.BOARD_RESTORE)
                transaction.flush()
                newest_id = journal.last_id(transaction.connection)
                revoked = tokens.revoked(transaction.connection)
                backup.replace_rows(transaction.connection, source)
                # What is older than a revocation does not take it back.
                tokens.revoke_again(transaction.connection, revoked)
                transaction.forget_accounts()
                restored_id = journal.last_id(transaction.connection)
                transaction.skip_ids_to(max(newest_id, restored_id))
                transaction.record(
                    principal,
                    BOARD_RESTORED,
                    0,
                    _as_one_line(path.name),
                    after={"saved": saved.name},
                )

            self._core.write(use_case, slow=True)
        return saved

    def check(self, progress: Progress | None = None) -> tuple[str, ...]:
        """What is wrong with the database, down to each row; empty when it is sound.

        `progress` hears how far it is. Raises `Unavailable`.
        """
        database = self._core.database
        database.assert_may_wait()
        if database.path:
            return checking.every_problem_of(database.path, progress)
        return database.read(
            lambda connection: inspected(of_connection(connection), progress).lines(), slow=True
        )

    def _is_database(self, path: Path) -> bool:
        own = self._core.database.path
        try:
            return own is not None and path.samefile(own)
        except OSError:
            return False


def _own_file(path: Path) -> Invalid:
    return Invalid("file", msg("%1 is the database itself; choose a backup.", path))


def _as_one_line(name: str) -> str:
    """A file's name as a text of the journal: a name may hold any byte."""
    return "".join(char if char.isprintable() else "?" for char in name)
