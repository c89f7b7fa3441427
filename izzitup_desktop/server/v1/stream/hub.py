"""Takes the picture's deltas from the feed's thread, and tells them to all who listen.

Whoever changes something pays for none of it: the feed's thread puts a delta into a queue,
and the event loop does the rest. An event becomes bytes once, however many hear it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

from izzitup_desktop.board import Board
from izzitup_desktop.board.live import Delta
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.exchange import Chunk
from izzitup_desktop.server.limits import StreamLimits
from izzitup_desktop.server.v1.shown import groups_by_id
from izzitup_desktop.server.v1.stream import events
from izzitup_desktop.server.v1.stream.audience import Audience, Key, Now
from izzitup_desktop.server.v1.stream.events import Event, Groups
from izzitup_desktop.server.v1.stream.listener import Listener
from izzitup_desktop.storage.subscriptions import Subscription

_OF_RIGHTS = frozenset({"account", "token", "group", "board"})
"""Whatever happens to one of these may change what somebody may see."""

_SINGLY_MOST = 500
"""Of more services that changed at once it is told that everything is to be read anew."""

_PAUSE_MOST_SECONDS = 0.05
_PAUSE_SHARE = 3
"""Telling takes one part in so many, and one, of the loop's time at most."""

_LOOKS_EVERY = 4
"""Rights are looked at with every so many pings, whatever happened."""

_UNTOLD_MOST = 1_000


class _Row:
    """An audience, who is told what it hears, and the id of what it was told last."""

    __slots__ = ("audience", "given_id", "listeners")

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.listeners: set[Listener] = set()
        self.given_id = 0


class Hub:
    """All who listen, what happened lately, and how far they were told; on the event loop.

    `last_id` is the journal's newest entry that is known here, `told_id` the newest that
    everybody was told who may hear of it. What came after `first_id` is among the recent
    events.
    """

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop, limits: StreamLimits) -> None:
        self._board = board
        self._loop = loop
        self._limits = limits
        self._subscription: Subscription | None = None
        self._deltas: deque[Delta] = deque()
        self._is_woken = False
        self._known: dict[int, Service] = {}
        self._groups: Groups = {}
        self.last_id = self.first_id = self.told_id = 0
        self._recent: deque[Event] = deque()
        self._count = self._told = 0
        self._all: set[Listener] = set()
        self._joined: dict[Key, _Row] = {}
        self._awaited: list[tuple[int, asyncio.Future[None]]] = []
        self._flushing: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._ticks = 0
        self._not_before = 0.0

    def __len__(self) -> int:
        return len(self._all)

    @property
    def known(self) -> Now:
        """The services as they are now, by id."""
        return self._known

    @property
    def groups(self) -> Groups:
        """The groups as they are now."""
        return self._groups

    def start(self) -> None:
        """Hear of what happens from now on, unless it does already. The picture is loaded."""
        if self._subscription is None:
            picture, self._subscription = self._board.live.follow(self._note)
            self._known = dict(picture.services)
            self._groups = groups_by_id(picture.groups)
            self.last_id = self.first_id = self.told_id = picture.journal_id

    def close(self) -> None:
        """Hear of nothing any more."""
        if self._subscription is not None:
            self._subscription.cancel()
        for timer in (self._flushing, self._ticking):
            if timer is not None:
                timer.cancel()

    def add(self, listener: Listener, after: int | None) -> None:
        """One more, who knows what is in the journal up to `after`, None: up to now."""
        listener.after = self.told_id if after is None else after
        listener.position = self._told
        if after is not None:
            # What it knows already may not have been told to others yet.
            self._flush()
            listener.position = self._count
            for event in reversed(self._recent):
                if 0 < event.id <= after:
                    break
                listener.position -= 1
        self._all.add(listener)
        if self._ticking is None:
            self._ticking = self._loop.call_later(self._limits.ping_seconds, self._tick)

    def entries_after(self, after: int) -> list[Entry]:
        """The entries of recent events that came after this one."""
        return [one.entry for one in self._recent if one.entry is not None and one.id > after]

    def services_at(self, id_: int) -> dict[int, Service]:
        """The services as they were when the journal's newest entry was `id_`, lately."""
        services = dict(self._known)
        for event in reversed(self._recent):
            if 0 < event.id <= id_:
                break
            if event.service_id is None:
                continue
            if event.before is None:
                services.pop(event.service_id, None)
            else:
                services[event.service_id] = event.before
        return services

    def start_over(self, listener: Listener) -> None:
        """It is about to read everything anew, and is told what comes from now on."""
        listener.past.clear()
        listener.after, listener.position = self.told_id, self._told

    def drop(self, listener: Listener) -> None:
        """One less."""
        self._leave(listener)
        self._all.discard(listener)

    def piece(self, listener: Listener) -> bytes | None:
        """What is to be told next, b"" where it was told all; None: that is forgotten.

        Raises `CanNotTell`.
        """
        audience = listener.audience
        assert audience is not None  # its rights were looked at
        parts: list[bytes] = []
        size = 0
        while listener.past and size < self._limits.piece_bytes:
            parts.append(audience.frame(listener.past.popleft(), self._known))
            size += len(parts[-1])
        start = len(self._recent) - (self._count - listener.position)
        if start < 0:
            return None
        for event in islice(self._recent, start, start + self._told - listener.position):
            if size >= self._limits.piece_bytes:
                break
            listener.position += 1
            if event.id > listener.after or not event.id:
                parts.append(audience.frame(event, self._known))
                size += len(parts[-1])
        return b"".join(parts)

    def join(self, listener: Listener) -> bool:
        """Tell it whatever comes; False where it was not told all that the others were."""
        audience = listener.audience
        assert audience is not None
        if listener.past or listener.position != self._told:
            return False
        row = self._joined.setdefault(audience.key, _Row(audience))
        row.listeners.add(listener)
        return True

    def would_hear(self, happening: Sequence[Event], now: Now) -> int:
        """How many would be told any of these events, with the board as it is `now` by then."""
        hears: dict[Key, bool] = {}
        count = 0
        for listener in self._all:
            if listener.is_over:
                continue
            # Before its rights were looked at again they are those that it came with.
            audience = listener.audience or Audience.of(
                listener.principal, listener.wanted, self._board.vocabulary
            )
            if audience.key not in hears:
                hears[audience.key] = any(audience.type_of(one, now) for one in happening)
            count += hears[audience.key]
        return count

    def doubt_all(self) -> None:
        """Have everybody's rights looked at before more is told."""
        for listener in self._all:
            if listener.principal is not PUBLIC:
                self._leave(listener)
                listener.doubt()

    def end_all(self) -> int:
        """End all streams; how many there were."""
        listeners = list(self._all)
        for listener in listeners:
            self._leave(listener)
            listener.end()
        return len(listeners)

    async def reaches(self, id_: int) -> None:
        """Wait until what is in the journal up to `id_` is known here."""
        if self.last_id < id_:
            reached: asyncio.Future[None] = self._loop.create_future()
            self._awaited.append((id_, reached))
            await reached

    # Inside

    def _note(self, delta: Delta) -> None:
        """On the feed's thread: something happened."""
        self._deltas.append(delta)
        # Looked at behind the append and reset before the first is taken: none is lost.
        if not self._is_woken:
            self._is_woken = True
            with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
                self._loop.call_soon_threadsafe(self._take)

    def _take(self) -> None:
        self._is_woken = False
        while self._deltas:
            self._add(self._deltas.popleft())
            if self._count - self._told >= _UNTOLD_MOST:
                self._flush()
        self._awaited, awaited = [], self._awaited
        for id_, reached in awaited:
            if id_ > self.last_id:
                self._awaited.append((id_, reached))
            elif not reached.done():
                reached.set_result(None)
        if self._told != self._count and self._flushing is None:
            pause = max(0.0, self._not_before - self._loop.time())
            self._flushing = self._loop.call_later(pause, self._flush)

    def _add(self, delta: Delta) -> None:
        """Make events of a delta."""
        before = self._follow(delta)
        if delta.groups is not None:
            self._groups = groups_by_id(delta.groups)
        is_older = delta.journal_id < self.last_id
        self.last_id = delta.journal_id
        named = {one.subject_id for one in delta.entries if one.kind.subject == "service"}
        unnamed = before.keys() - named
        restored = any(entry.kind == BOARD_RESTORED for entry in delta.entries)
        if is_older or restored or len(unnamed) > _SINGLY_MOST:
            self._begin_anew()
            return
        known, groups = self._known, self._groups
        for id_ in unnamed:
            # First, as they have no id: a cut behind them has them told again.
            self._append(Event(None, id_, before[id_], known.get(id_), groups))
        for entry in delta.entries:
            id_ = entry.subject_id
            if entry.kind.subject == "service":
                after = known.get(id_)
                self._append(Event(entry, id_, before.get(id_, after), after, groups))
            else:
                self._append(Event(entry, None, None, None, groups))
        if not delta.entries or any(one.kind.subject in _OF_RIGHTS for one in delta.entries):
            self.doubt_all()

    def _follow(self, delta: Delta) -> dict[int, Service | None]:
        """Have the services as they are after it; how they were before, by id."""
        known = self._known
        before: dict[int, Service | None] = {}
        for service in delta.services:
            before[service.id] = known.get(service.id)
            known[service.id] = service
        for id_ in delta.removed:
            before[id_] = known.pop(id_, None)
        return before

    def _append(self, event: Event) -> None:
        self._recent.append(event)
        self._count += 1
        if len(self._recent) > self._limits.recent:
            self.first_id = max(self.first_id, self._recent.popleft().id)

    def _begin_anew(self) -> None:
        """Too much is different to tell it one by one."""
        self._recent.clear()
        # Whoever was not told all is found out by its position.
        self._count += 1
        self._told, self.told_id, self.first_id = self._count, self.last_id, self.last_id
        chunk = Chunk(events.reset(self.last_id, "board"))
        for row in self._joined.values():
            row.given_id = self.last_id
            self._push(row.listeners, chunk)
        self.doubt_all()

    def _flush(self) -> None:
        """Tell what was not told yet."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        if self._told == self._count:
            return
        began = self._loop.time()
        self._doubt_expired()
        start = len(self._recent) - (self._count - self._told)
        pending = list(islice(self._recent, max(0, start), None))
        for row in list(self._joined.values()):
            parts = []
            for event in pending:
                if found := row.audience.frame(event, self._known):
                    parts.append(found)
                    row.given_id = event.id or row.given_id
            if parts:
                self._push(row.listeners, Chunk(b"".join(parts)))
        self._told, self.told_id = self._count, self.last_id
        now = self._loop.time()
        self._not_before = now + min(_PAUSE_MOST_SECONDS, _PAUSE_SHARE * (now - began))

    def _push(self, listeners: Iterable[Listener], chunk: Chunk) -> None:
        for listener in list(listeners):
            if not listener.push(chunk):
                self.drop(listener)
                listener.end()

    def _leave(self, listener: Listener) -> None:
        """Tell it nothing for now; it goes on from here."""
        audience = listener.audience
        row = None if audience is None else self._joined.get(audience.key)
        if row is not None and listener in row.listeners:
            row.listeners.discard(listener)
            listener.position, listener.after = self._told, self.told_id
            if not row.listeners:
                del self._joined[row.audience.key]

    def _doubt_expired(self) -> None:
        now = self._board.clock.now()
        for listener in self._all:
            if listener.expires is not None and listener.expires <= now:
                self._leave(listener)
                listener.doubt()

    def _tick(self) -> None:
        """Say that somebody is there, and look whether they are."""
        self._ticking = None
        if not self._all:
            return
        self._flush()
        self._doubt_expired()
        now = self._loop.time()
        for row in list(self._joined.values()):
            lags = row.given_id < self.told_id
            row.given_id = self.told_id
            for listener in list(row.listeners):
                if listener.is_stalled(now):
                    listener.outlet.abort()
                    self.drop(listener)
                    listener.end()
            self._push(row.listeners, Chunk(events.ping(self.told_id if lags else 0)))
        self._ticks += 1
        if self._ticks % _LOOKS_EVERY == 0:
            self.doubt_all()
        self._ticking = self._loop.call_later(self._limits.ping_seconds, self._tick)
