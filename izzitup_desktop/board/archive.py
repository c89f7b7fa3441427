"""Keeping the journal small: what is older than wanted moves into files beside the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.jobs import FileJob, Lease
from izzitup_desktop.domain.accounts import SCHEDULE
from izzitup_desktop.domain.kinds.journals import JOURNAL_ARCHIVED
from izzitup_desktop.storage import archive, journal
from izzitup_desktop.storage.times import to_stored
from izzitup_desktop.storage.transaction import Transaction

_ONCE_IN = timedelta(days=1)
"""A file a day, not one each half minute."""


class Archive:
    """Moves older journal entries into `folder`, a bounded part at a time."""

    def __init__(self, core: Core, folder: Path, at_once: archive.AtOnce = archive.AT_ONCE) -> None:
        self._core = core
        self.folder = folder
        self._at_once = at_once
        self._seen_id: int | None = None
        self._behind = False

    def job(self, keep_days: Callable[[], int]) -> FileJob:
        """What moves by itself, older than `keep_days` says at that time."""
        return FileJob(
            "archive",
            lambda lease: self.move_older(keep_days(), lease),
            lambda: 0.0 if keep_days() > 0 else None,
        )

    def move_older(self, keep_days: int, lease: Lease | None = None) -> int:
        """Move the next entries older than `keep_days` (0: none ever); how many it were.

        Raises `Unavailable`, `LeaseLost`; they then stay in the journal.
        """
        if keep_days <= 0 or self._core.database.read_only:
            return 0
        if self._seen_id is None:
            self._seen_id = self._core.read(journal.archived_until)
        seen_id, time = self._seen_id, self._core.clock.now()
        before = time - timedelta(days=keep_days)
        part = self._core.read(
            lambda connection: archive.part_of(
                connection, seen_id, to_stored(before), to_stored(time), self._at_once
            )
        )
        if not part.entries:
            self._seen_id, self._behind = part.seen_id, part.more
            return 0
        if not (self._behind or part.more) and part.entries[0].time > before - _ONCE_IN:
            return 0
        if lease is not None:
            lease.assert_held()
        if not self.move(part):
            # Another desk was faster, or a restore replaced them: look again.
            self._seen_id = None
            return 0
        self._seen_id, self._behind = part.seen_id, part.more
        return len(part.entries)

    def move(self, part: archive.Part) -> bool:
        """Write the entries of `part` to a file, then out of the journal.

        False where not all of them are there any more; nothing is then done.
        """
        path = archive.write(self._core.database, self.folder, part.entries)

        def use_case(transaction: Transaction) -> bool:
            transaction.flush()
            if not archive.are_there(transaction.connection, part.entries):
                return False
            journal.delete(transaction.connection, [entry.id for entry in part.entries])
            transaction.record(
                SCHEDULE,
                JOURNAL_ARCHIVED,
                0,
                path.name,
                after={"until_id": part.entries[-1].id, "count": len(part.entries)},
            )
            return True

        moved = self._core.write(use_case).value
        if not moved:
            path.unlink(missing_ok=True)
        return moved
