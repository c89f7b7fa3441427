"""The live picture: services and groups as they are now, in memory, once a process.

The feed keeps it current: what this process wrote is in it before whoever wrote is
answered, what others wrote once the feed has read it. Everybody shows the picture and
its deltas; nobody reads the board's tables for that. What somebody may see of it is
`seen_by`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.visibility import shown_to
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.picture import Changes
from izzitup_desktop.storage.subscriptions import Batch, OnTrouble, Subscription

Groups = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The board at one moment.

    `version` grows with each change of it in this process; `journal_id` is the newest
    entry that it shows. `services` are by id, `groups` in the order of the board.
    """

    version: int
    journal_id: int
    services: Mapping[int, Service]
    groups: Groups

    def seen_by(self, principal: Principal) -> Picture:
        """The picture without what the principal may not see."""
        if allowed(principal, Action.SERVICE_LIST_HIDDEN):
            return self
        shown = shown_to(principal)
        return replace(
            self, services={id_: one for id_, one in self.services.items() if shown(one)}
        )

    def service_seen_by(self, principal: Principal, service_id: int) -> Service | None:
        """One service of `seen_by(principal)`, however many there are."""
        service = self.services.get(service_id)
        if service is None or not service.hidden:
            return service
        return service if shown_to(principal)(service) else None


@dataclass(frozen=True, slots=True)
class Delta:
    """What makes of a picture the one of `version`.

    `services` are new or different, `removed` the ids of those that are gone; `groups`
    are all there are, None where they are as they were. `entries` tell what happened,
    in order.
    """

    version: int
    journal_id: int
    services: tuple[Service, ...]
    removed: frozenset[int]
    groups: Groups | None
    entries: tuple[Entry, ...]

    def seen_by(self, principal: Principal) -> Delta:
        """The delta of the picture as the principal sees it; entries are another matter."""
        if allowed(principal, Action.SERVICE_LIST_HIDDEN):
            return self
        is_shown = shown_to(principal)
        shown = tuple(service for service in self.services if is_shown(service))
        if len(shown) == len(self.services):
            return self
        hidden = frozenset(service.id for service in self.services if not is_shown(service))
        return replace(self, services=shown, removed=self.removed | hidden)


OnDelta = Callable[[Delta], None]
Heed = Callable[[Batch], None]


class Live:
    """Holds the picture and tells its deltas; thread-safe.

    It is read when first asked for (`picture`, `load`), which waits for the database.
    `committed_id` is the newest entry that this process has committed.
    """

    def __init__(self, database: Database, committed_id: Callable[[], int]) -> None:
        self.feed = Feed(database, self._take)
        self._committed_id = committed_id
        self._lock = threading.Lock()
        self._services: dict[int, Service] = {}
        self._groups: Groups = ()
        self._version = 0
        self._journal_id = 0
        self._void_id = 0
        """Which own entry is not awaited: the journal was set back to before it."""
        self._picture: Picture | None = None
        self._loading = threading.Lock()
        self._is_loaded = False
        self._heeding: tuple[Heed, ...] = ()

    def heed(self, heed: Heed) -> None:
        """Tell `heed` of each batch, before anything says that it is known.

        Before whoever wrote it is answered, and while nothing else is taken: it must be quick.
        """
        self._heeding += (heed,)

    def load(self) -> None:
        """Read the board, unless it is known. Waits; raises `Unavailable`."""
        with self._loading:
            if not self._is_loaded:
                self.feed.read_board()
                self._is_loaded = True

    def reload(self) -> None:
        """Read the whole board again, whatever is known of it. Waits; raises `Unavailable`."""
        with self._loading:
            self.feed.read_board()
            self._is_loaded = True

    def start_over(self) -> None:
        """Show the board of another database that has the name now. Waits; raises as `load`."""
        with self._loading:
            self.feed.start_over()
            self._is_loaded = True

    @property
    def is_loaded(self) -> bool:
        """Whether the board was read; before, only what was changed since is known."""
        return self._is_loaded

    @property
    def journal_id(self) -> int:
        """The newest entry that the picture shows."""
        return self._journal_id

    def picture(self) -> Picture:
        """The board with all that anybody has committed by now. Waits; raises `Unavailable`."""
        self.load()
        found = self.picture_if_known()
        if found is None:
            self.feed.look()
            found = self.picture_as_known()
        return found

    def picture_if_known(self) -> Picture | None:
        """`picture()` where that needs no waiting, else None. For event loops."""
        return None if self.version_if_known() is None else self.picture_as_known()

    def version_if_known(self) -> int | None:
        """The version of `picture()` where that needs no waiting, else None."""
        if not self._is_loaded or not self.feed.knows_all:
            return None
        with self._lock:
            committed_id = self._committed_id()
            is_in = self._journal_id >= committed_id or committed_id == self._void_id
            return self._version if is_in else None

    def picture_as_known(self) -> Picture:
        """The board as it is known now; never waits. Empty before `load`."""
        with self._lock:
            if self._picture is None:
                services = dict(self._services)
                self._picture = Picture(self._version, self._journal_id, services, self._groups)
            return self._picture

    def service(self, service_id: int) -> Service | None:
        """The service as it is known now; never waits."""
        with self._lock:
            return self._services.get(service_id)

    def follow(
        self, on_delta: OnDelta, on_trouble: OnTrouble | None = None
    ) -> tuple[Picture, Subscription]:
        """The picture as it is known now, and `on_delta` for each change after it.

        On the feed's thread, in order. Never waits: before `load` the picture is
        empty, and the first delta holds all there is.
        """
        with self.feed.held():
            subscription = self.feed.follow(lambda batch: on_delta(_delta(batch)), on_trouble)
            return self.picture_as_known(), subscription

    def _take(self, batch: Batch) -> Changes:
        """Have what a batch changed; what really is different."""
        for heed in self._heeding:
            heed(batch)
        with self._lock:
            changes = self._differing(batch.changes)
            for id_, service in changes.services.items():
                if service is None:
                    self._services.pop(id_, None)
                else:
                    self._services[id_] = service
            if changes.groups is not None:
                self._groups = changes.groups
            if batch.last_id < self._journal_id:
                self._void_id = self._committed_id()
            self._version, self._journal_id = batch.number, batch.last_id
            self._picture = None
        return changes

    def _differing(self, changes: Changes) -> Changes:
        known = self._services
        found = {id_: new for id_, new in changes.services.items() if known.get(id_) != new}
        if changes.whole:
            found |= dict.fromkeys(known.keys() - changes.services.keys())
        groups = None if changes.groups == self._groups else changes.groups
        return Changes(found, groups)


def _delta(batch: Batch) -> Delta:
    changed = batch.changes.services
    return Delta(
        batch.number,
        batch.last_id,
        tuple(service for service in changed.values() if service is not None),
        frozenset(id_ for id_, service in changed.items() if service is None),
        batch.changes.groups,
        batch.entries,
    )
