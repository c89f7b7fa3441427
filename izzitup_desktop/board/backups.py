"""Use cases of backups: save, restore, check."""

from __future__ import annotations

from pathlib import Path

from izzitup_desktop.board.core import Core, acting, require
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.storage import backup, checking, journal
from izzitup_desktop.storage.files import make_private_folder
from izzitup_desktop.storage.transaction import Transaction


class Backups:
    """Backups of this board; `folder` is where unnamed ones go."""

    def __init__(self, core: Core, folder: Path) -> None:
        self._core = core
        self.folder = folder

    def save(self, actor: Actor, path: Path | None = None) -> Path:
        """Write a checked backup to `path`, or under a new name in the folder.

        Raises `Invalid`, `NotAllowed`, `Unavailable`; an older file then survives.
        """
        require(actor, Action.BOARD_BACKUP)
        if path is None:
            path = backup.new_name(make_private_folder(self.folder))
        return backup.save(self._core.database, path)

    def newest(self) -> Path | None:
        """The newest backup in the folder, None where there is none."""
        return backup.newest(self.folder)

    def restore(self, actor: Actor, path: Path) -> Path:
        """Replace everything on the board by the backup at `path`.

        What was there is saved first; returns where. Raises `Invalid`,
        `NewerDatabase`, `NotAllowed`, `Unavailable`; then nothing has changed.
        """
        require(actor, Action.BOARD_RESTORE)
        with backup.opened(path) as source:
            saved = self.save(actor)

            def use_case(transaction: Transaction) -> None:
                acting(transaction, actor, Action.BOARD_RESTORE)
                transaction.flush()
                newest_id = journal.last_id(transaction.connection)
                backup.replace_rows(transaction.connection, source)
                transaction.forget_accounts()
                restored_id = journal.last_id(transaction.connection)
                transaction.skip_ids_to(max(newest_id, restored_id))
                transaction.record(
                    actor, Kind.BOARD_RESTORED, 0, path.name, after={"saved": saved.name}
                )

            self._core.write(use_case)
        return saved

    def check(self) -> tuple[str, ...]:
        """What is wrong with the database; empty when it is sound."""
        database = self._core.database
        database.assert_may_wait()
        return checking.problems_of(database.path) if database.path else ()
