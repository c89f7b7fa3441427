"""The feed: what happened on the board, in order, whoever did it.

What this process wrote the writer hands over (`take`), so that it needs no reading.
For what others wrote the thread `izzitup-feed` waits for a sign (`PRAGMA data_version`
of a SQLite file; NOTIFY on PostgreSQL) and reads the journal after the last entry it
knows. A gap in the ids tells of others. Where the journal can't tell all (somebody's SQL,
a journal that ends before what is known of it) the whole board is read anew.
"""

from __future__ import annotations

import logging
import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.listener import Listener
from izzitup_desktop.storage.newer import newer
from izzitup_desktop.storage.pauses import PAUSES, Pauses
from izzitup_desktop.storage.picture import NO_CHANGES, Changes, read_all
from izzitup_desktop.storage.subscriptions import (
    Batch,
    OnBatch,
    OnEntries,
    OnTrouble,
    Subscribers,
    Subscription,
)
from izzitup_desktop.storage.times import elapsed
from izzitup_desktop.storage.writer import Commit

log = logging.getLogger(__name__)

UNTOLD_MOST = 5_000
"""A board of more services is not read anew for a commit that the journal knows nothing of."""

_UNSURE_LEAST_SECONDS = 1.0
_UNSURE_SHARE = 100
"""Of the time, one part at most goes into reading the board to be sure of it."""

Taken = Callable[[Batch], Changes]


class Feed:
    """Tells of what comes after it was made, on the thread `izzitup-feed` until `close()`.

    The thread begins with the first subscriber. `taken` hears of each batch before
    anybody else, under the feed's lock: on the writer's thread before those who wrote
    are answered, or on the thread that looked. It returns the changes that are
    worth telling.
    """

    def __init__(
        self, database: Database, taken: Taken | None = None, pauses: Pauses = PAUSES
    ) -> None:
        self._database = database
        self._pauses = pauses
        self._taken = taken
        self._changed = threading.Condition()
        self._looking = threading.RLock()
        self._closing = False
        self._wanted = False
        self._heard_trouble = ""
        self._untold: deque[Batch] = deque()
        self._meanwhile: list[Batch] | None = None
        self._subscribers = Subscribers()
        self._number = 0
        self._change_counter: int | None = None
        self._follows_board = False
        self._board_size = 0
        self._is_unsure = False
        """Whether somebody's SQL may have been committed beside entries."""
        self._wants_board = False
        self._sure_until = -math.inf
        self._doubts = self._settled = 0
        """How often, and for how many of these, what is known was looked at again."""
        self.last_id = database.read(journal.last_id)
        self._thread: threading.Thread | None = None
        self._listener: Listener | None = None

    @property
    def subscriptions(self) -> int:
        """How many subscribers there are."""
        return len(self._subscribers)

    @property
    def knows_all(self) -> bool:
        """Whether nothing was committed that isn't known here. Never waits.

        A file that is busy can't be asked: False, unless it is this process that is.
        On PostgreSQL what others wrote is known once the server has told of it.
        """
        if self._subscribers.trouble or self._doubts != self._settled:
            return False
        if not self._database.is_same_file():
            return False
        if self._database.is_shared:
            return True
        change_counter = self._database.change_counter()
        # While this process has the right to write nobody else has stored anything.
        asked = (
            self._database.change_counter_while_writing
            if change_counter is None
            else change_counter
        )
        return asked is not None and asked == self._change_counter

    def subscribe(self, on_entries: OnEntries, on_trouble: OnTrouble | None = None) -> Subscription:
        """Call `on_entries` with all new entries, in order, on the feed's thread.

        `on_trouble` hears the reason when the journal can't be read, and "" when
        it can again: until then what is shown may be stale.
        """

        def on_batch(batch: Batch) -> None:
            if batch.entries:
                on_entries(batch.entries)

        return self.follow(on_batch, on_trouble)

    def follow(self, on_batch: OnBatch, on_trouble: OnTrouble | None = None) -> Subscription:
        """`subscribe` to whole batches; those without entries tell of others' SQL."""
        with self._changed:
            subscription = self._subscribers.add(self._number, on_batch, on_trouble)
            if self._thread is None and not self._closing:
                self._start()
        return subscription

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing new is taken inside."""
        with self._changed:
            yield

    def nudge(self) -> None:
        """Look now for what others have committed."""
        with self._changed:
            self._wanted = True
            self._changed.notify()

    def take(self, commit: Commit) -> None:
        """This process committed something; read nothing where it says all there is."""
        with self._changed:
            if commit.last_id < self.last_id:
                # It was read meanwhile, or somebody took the newest entries away.
                self._doubt()
            last_id = commit.entries[-1].id if commit.entries else commit.last_id
            if last_id > self.last_id:
                if commit.changes is None or commit.last_id != self.last_id:
                    # Others have written before it: the journal has both, in order. Until
                    # it was read, not even this change is known here.
                    self._doubt()
                    return
                self._accept(last_id, commit.entries, commit.changes)
                self._changed.notify()
            # Else others have committed before it what the journal knows nothing of.
            follows = self._database.change_counter_while_writing == self._change_counter
            if follows and commit.change_counter is not None:
                self._change_counter = commit.change_counter

    def look(self) -> None:
        """Know what is committed by now, whoever did it. Raises `Unavailable`, `NewerDatabase`."""
        with self._looking:
            try:
                while not self._closing and self._look_once():
                    pass
            except BaseException:
                # Whoever asked doesn't look again: the feed's own thread does.
                self.nudge()
                raise

    def read_board(self) -> None:
        """Know the whole board from now on, `taken` first of all. Raises as `look` does."""
        with self._looking:
            self._follows_board = True
            self._read_board()

    def close(self) -> None:
        """Tell nothing more, and end the threads."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            thread, listener = self._thread, self._listener
        if listener is not None:
            listener.close()
        if thread is not None:
            thread.join()

    def start_over(self) -> None:
        """Another database has the name: know what is in it, and tell of no entry in it.

        Raises as `look` does; what is known stays then.
        """
        with self._looking:
            last_id = self._database.read(journal.last_id)
            with self._changed:
                before, self.last_id = self.last_id, last_id
                self._change_counter = None
            try:
                self.read_board()
            except BaseException:
                with self._changed:
                    self.last_id = before
                raise
        self.nudge()

    # Inside

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="izzitup-feed")
        self._thread.start()
        if self._database.is_shared:
            self._listener = Listener(self._database, self._pauses, self._on_notice, self._hear)

    def _accept(self, last_id: int, entries: tuple[Entry, ...], changes: Changes) -> None:
        """The journal is known up to `last_id` by now. Called with the lock."""
        self._number += 1
        batch = Batch(self._number, last_id, entries, changes)
        self.last_id = last_id
        if self._meanwhile is not None:
            self._meanwhile.append(batch)
        if self._taken is not None:
            batch = replace(batch, changes=self._taken(batch))
        if self._subscribers and (batch.entries or batch.changes != NO_CHANGES):
            self._untold.append(batch)

    def _doubt(self) -> None:
        """What is known may not be so: look. Called with the lock."""
        self._doubts += 1
        self.nudge()

    def _look_once(self) -> bool:
        """Read a page of the journal; whether there is more."""
        with self._changed:
            after, doubts = self.last_id, self._doubts
            self._wanted = False
        change_counter = self._database.change_counter()
        page, changes = self._database.read(
            lambda connection: newer(
                connection, self._database, after, with_changes=self._follows_board
            )
        )
        if page.last_id < after:
            self._begin_again()
            return True
        with self._changed:
            self._settled = doubts
            is_news = page.last_id > self.last_id
            if is_news:
                entries = tuple(entry for entry in page.entries if entry.id > self.last_id)
                self._accept(page.last_id, entries, changes)
            others_sql = (
                not page.entries
                and change_counter is not None
                and change_counter != self._change_counter
            )
            if not page.more:
                self._change_counter = change_counter
            self._is_unsure |= bool(page.entries) and change_counter is not None
        if others_sql and self._follows_board and self._board_size <= UNTOLD_MOST:
            self._read_board()
        return page.more

    def _begin_again(self) -> None:
        """Somebody set the journal back: go on from where it ends now."""
        if self._follows_board:
            self._read_board()
            return
        last_id = self._database.read(journal.last_id)
        with self._changed:
            self.last_id = last_id

    def _read_board(self) -> None:
        began = elapsed()
        change_counter = self._database.change_counter()
        with self._changed:
            after = self.last_id
            self._meanwhile = []
            self._is_unsure = self._wants_board = False
        try:
            last_id, whole = self._database.read(read_all)
        except BaseException:
            with self._changed:
                # Why it was read still holds, and nothing else remembers that.
                self._wants_board = True
            raise
        finally:
            with self._changed:
                meanwhile, self._meanwhile = self._meanwhile or [], None
        with self._changed:
            self._board_size = len(whole.services)
            pause = max(_UNSURE_LEAST_SECONDS, _UNSURE_SHARE * (elapsed() - began))
            self._sure_until = elapsed() + pause
            # Less than was known before it was read: it was set back.
            self._accept(last_id if last_id < after else self.last_id, (), whole)
            for batch in meanwhile:
                if batch.last_id > last_id:
                    # Written while the board was read, which doesn't show it.
                    self._accept(self.last_id, (), batch.changes)
            if last_id > self.last_id:
                self._wanted = True
            else:
                self._change_counter = change_counter

    def _run(self) -> None:
        while not self._closing:
            try:
                self._watch()
            except BaseException as error:  # whatever it is: nobody would hear of anything more
                log.exception("the feed failed; it begins again")
                self._subscribers.tell_trouble(
                    msg("The journal can't be read: %1", type(error).__name__)
                )
                self._pause(self._pauses.retry_seconds)

    def _watch(self) -> None:
        looked = -math.inf
        while not self._closing:
            with self._changed:
                self._changed.wait_for(self._has_work, self._pauses.poll_seconds)
                wanted = self._wanted
            self._tell_untold()
            if self._heard_trouble:
                self._subscribers.tell_trouble(self._heard_trouble)
            elif wanted or elapsed() - looked >= self._pauses.poll_seconds:
                looked = elapsed()
                if wanted or self._misses_something:
                    self._do_and_tell(self.look)
            if self._is_board_due():
                self._do_and_tell(self.read_board)

    def _has_work(self) -> bool:
        # What is wanted can't be looked for before the server is heard again; what could
        # not be read is looked for at each pause.
        looks = self._wanted and not self._heard_trouble and not self._subscribers.trouble
        return bool(self._untold or looks or self._closing)

    @property
    def _misses_something(self) -> bool:
        """Whether to look without a sign: nobody tells of other processes on a file."""
        return bool(self._subscribers.trouble) or not (self._database.is_shared or self.knows_all)

    def _is_board_due(self) -> bool:
        """Whether to read it to be sure of it."""
        unsure = self._is_unsure and self._board_size <= UNTOLD_MOST
        due = self._wants_board or (unsure and elapsed() >= self._sure_until)
        return due and self._follows_board and not self._subscribers.trouble

    def _do_and_tell(self, do: Callable[[], None]) -> None:
        try:
            do()
        except BoardError as error:
            self._tell_untold()
            self._subscribers.tell_trouble(str(error))
        else:
            self._tell_untold()
            self._subscribers.tell_trouble("")

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing, seconds)

    def _on_notice(self, payload: str) -> None:
        """Another desk has told of the journal's entry of that id; or look anyway."""
        if not (payload.isdigit() and int(payload) <= self.last_id):
            self.nudge()

    def _hear(self, trouble: str) -> None:
        """What became of the connection that listens; what was missed is looked for."""
        with self._changed:
            self._heard_trouble = trouble
            # The server that answers next may know less: a standby took over.
            self._wants_board |= bool(trouble)
        self.nudge()

    def _tell_untold(self) -> None:
        while True:
            with self._changed:
                if not self._untold:
                    return
                batch = self._untold.popleft()
            self._subscribers.tell(batch)
