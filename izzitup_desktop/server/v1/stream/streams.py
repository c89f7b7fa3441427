"""`GET /api/v1/stream`: who listens, from where on, and until when."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Iterable
from urllib.parse import parse_qsl

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import PUBLIC, Origin, Principal, Role
from izzitup_desktop.domain.errors import BoardError, NotFound
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.domain.kinds.journals import JOURNAL_ARCHIVED
from izzitup_desktop.server.admission import NoRoom
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Chunk, Send
from izzitup_desktop.server.limits import StreamLimits
from izzitup_desktop.server.outlet import Outlet
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.answers import header
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import no_such_service
from izzitup_desktop.server.v1.refused import Refused, invalid_parameter
from izzitup_desktop.server.v1.stream import events
from izzitup_desktop.server.v1.stream.audience import Audience, CanNotTell, Wanted
from izzitup_desktop.server.v1.stream.events import GROUP_CHANGED, RESET, SERVICE_CHANGED
from izzitup_desktop.server.v1.stream.hub import Hub
from izzitup_desktop.server.v1.stream.listener import Listener
from izzitup_desktop.server.v1.stream.past import past
from izzitup_desktop.server.v1.words import number
from izzitup_desktop.storage.asked import Asked, not_in_time

log = logging.getLogger(__name__)

_PARAMETERS = ("types", "services", "since")
_SERVICES_MOST = 200
_GOLDEN = 0.6180339887
"""Multiples of it spread evenly, however many there are."""

_READER = Principal("stream", Role.ADMINISTRATOR, Origin.API)
"""Reads the journal for all who listen; each is told what its own rights show it."""

_HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # A proxy that gathers what it passes on would hold events back.
    (b"x-accel-buffering", b"no"),
    (b"vary", b"Authorization"),
    (b"x-content-type-options", b"nosniff"),
    # Nothing is asked on a connection that had a stream.
    (b"connection", b"close"),
]


class _Missed(Exception):
    """What was missed can't be told; `args` has why."""


class Streams:
    """Answers whoever listens; on the event loop."""

    def __init__(
        self, board: Board, pictures: Pictures, readers: Readers, limits: StreamLimits,
        loop: asyncio.AbstractEventLoop,
    ) -> None:  # fmt: skip
        self._board = board
        self._pictures = pictures
        self._readers = readers
        self._limits = limits
        self._hub = Hub(board, loop, limits)
        self._begun = 0
        self._is_ending = False
        self._farewells = 0
        self._all_told = asyncio.Event()
        types = {kind.value for kind in board.vocabulary.specs}
        types |= {SERVICE_CHANGED, GROUP_CHANGED, RESET}
        self._types = types | {one.partition(".")[0] for one in types}

    @property
    def hub(self) -> Hub:
        """All who listen."""
        return self._hub

    async def answer(self, asking: Asking, send: Send) -> None:
        """Tell events until the end. Raises what is told as a problem, before any."""
        await asyncio.sleep(0)  # into a task, without which there is no timeout
        if self._is_ending:
            await self._say_farewell(send)
            return
        wanted, since = await self._wanted(asking)
        if asking.scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": b""})
            return
        outlet: Outlet = asking.scope["state"]["outlet"]()
        _assert_room(outlet)
        listener = Listener(outlet, asking.principal, wanted, self._limits)
        try:
            first = await self._start_of(listener, since, asking.asked)
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": first, "more_body": True})
            await self._tell(listener)
        finally:
            self._hub.drop(listener)
            listener.end()
        if outlet.is_open:
            await send({"type": "http.response.body", "body": b""})

    async def end(self) -> None:
        """End all streams; who listens again before the server is gone is told not to."""
        self._is_ending = True
        self._farewells = self._hub.end_all()
        if self._farewells:
            try:
                async with asyncio.timeout(self._limits.farewell_seconds):
                    await self._all_told.wait()
            except TimeoutError:
                pass
        self._hub.close()

    async def _say_farewell(self, send: Send) -> None:
        """204: whoever keeps to the standard asks no more."""
        headers = [(b"cache-control", b"no-store"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        self._farewells -= 1
        if self._farewells <= 0:
            self._all_told.set()

    # What is wanted

    async def _wanted(self, asking: Asking) -> tuple[Wanted, int | None]:
        """What the request asks for, and from where on; the hub hears of changes by then."""
        query = asking.scope["query_string"].decode("latin-1")
        sent: dict[str, list[str]] = {}
        for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=1_000):
            if name not in _PARAMETERS:
                known = ", ".join(_PARAMETERS)
                raise invalid_parameter(name[:80], f"The stream knows the parameters {known}.")
            sent.setdefault(name, []).append(value)
        types = frozenset(_listed(sent.get("types", ())))
        for one in sorted(types - self._types):
            raise invalid_parameter(
                "types", f"There is no type {one[:80]!r}.", "types=service.status,service.added"
            )
        since = _since(sent.get("since", ()), header(asking.scope, b"last-event-id"))
        view = await self._pictures.view(asking.principal, asking.asked)
        self._hub.start()
        services = _listed(sent.get("services", ()))
        if len(services) > _SERVICES_MOST:
            raise invalid_parameter("services", f"{_SERVICES_MOST} at most can be listened to.")
        ids = frozenset(_id_of(view, one) for one in services) if services else None
        if since is not None and self._hub.last_id < since <= view.picture.journal_id:
            # The picture is newer than what its feed has told us.
            try:
                async with asyncio.timeout(asking.asked.seconds_left):
                    await self._hub.reaches(since)
            except TimeoutError:
                raise not_in_time() from None
        return Wanted(types, ids), since

    # One who listens

    async def _start_of(self, listener: Listener, since: int | None, asked: Asked) -> bytes:
        """Have it know where it begins; what it is sent first. Raises `Unavailable`."""
        hub, retry = self._hub, self._retry()
        if since is None:
            hub.add(listener, None)
            return events.first(listener.after, retry)
        if not 0 <= since <= hub.last_id:
            hub.add(listener, None)
            return events.first(hub.told_id, retry) + events.reset(hub.told_id, "unknown")
        is_recent, until = since >= hub.first_id, hub.last_id
        hub.add(listener, since if is_recent else until)
        try:
            if is_recent:
                entries = hub.entries_after(since)
            else:
                read = functools.partial(self._missed, since, until)
                entries = await self._readers.result(read, asked)
                then = hub.services_at(until)
                listener.past = past(entries, hub.known, then, hub.groups)
            _assert_can_tell(listener.principal, entries)
        except _Missed as missed:
            hub.start_over(listener)
            return events.first(hub.told_id, retry) + events.reset(hub.told_id, str(missed))
        return events.first(since, retry)

    def _retry(self) -> int:
        """After how many milliseconds it comes back: all at once would be turned away."""
        self._begun += 1
        least = self._limits.retry_milliseconds
        return least + int(least * (self._begun * _GOLDEN % 1.0))

    def _missed(self, since: int, until: int) -> list[Entry]:
        """What the journal has after `since`. Waits; raises `_Missed`, `Unavailable`."""
        journal, most = self._board.journal, self._limits.replayed
        archived = Search(kinds=frozenset({JOURNAL_ARCHIVED}))
        newest = journal.search(_READER, archived, limit=1)
        if newest and since < newest[0].after["until_id"]:
            raise _Missed("too-old")
        entries = journal.since(_READER, since, limit=most + 1)
        if len(entries) > most:
            raise _Missed("too-many")
        return [entry for entry in entries if entry.id <= until]

    async def _tell(self, listener: Listener) -> None:
        """Tell it whatever comes, until it is over."""
        try:
            while not listener.is_over:
                if listener.is_unsure and not await self._look(listener):
                    return
                await self._catch_up(listener)
                await listener.news()
        except TimeoutError:
            log.debug("a listener read nothing for too long")
            listener.outlet.abort()

    async def _look(self, listener: Listener) -> bool:
        """Look what it may see; whether it may go on listening."""
        principal, expires = listener.principal, None
        # What changes while we look is another doubt.
        listener.is_unsure = False
        if principal is not PUBLIC:
            standing = functools.partial(self._board.accounts.standing, principal)
            try:
                principal, expires = await self._readers.result(standing, Asked())
            except BoardError as error:
                log.debug("a listener is told nothing more: %s", error)
                return False
        audience = Audience.of(principal, listener.wanted, self._board.vocabulary)
        before, listener.audience, listener.expires = listener.audience, audience, expires
        if before is not None and before.key != audience.key:
            self._reset(listener, "rights")
        return True

    async def _catch_up(self, listener: Listener) -> None:
        """Tell it what others were told already, and have it join them."""
        outlet, hub = listener.outlet, self._hub
        while not (listener.is_over or listener.is_unsure):
            if not outlet.is_open:
                return
            try:
                piece = hub.piece(listener)
            except CanNotTell:
                self._reset(listener, "unseen")
                continue
            if piece is None:
                # It took so long that what it misses is forgotten: it comes back.
                outlet.abort()
                listener.end()
            elif piece:
                outlet.push(Chunk(piece))
            elif hub.join(listener):
                return
            await asyncio.sleep(0)  # others have their turn
            async with asyncio.timeout(self._limits.stalled_seconds):
                await outlet.writable()

    def _reset(self, listener: Listener, reason: str) -> None:
        self._hub.start_over(listener)
        listener.outlet.push(Chunk(events.reset(self._hub.told_id, reason)))


def _assert_can_tell(principal: Principal, entries: Iterable[Entry]) -> None:
    """Raise `_Missed` where what was seen before these entries was something else."""
    token_id = None if principal.token is None else principal.token.id
    own = {("account", principal.account_id), ("token", token_id)}
    for entry in entries:
        if entry.kind == BOARD_RESTORED:
            raise _Missed("board")
        if (entry.kind.subject, entry.subject_id) in own:
            raise _Missed("rights")


def _assert_room(outlet: Outlet) -> None:
    """Have it counted as a stream. Raises `Refused`."""
    room = outlet.begin()
    if room is None:
        return
    again = [(b"retry-after", b"30")]
    if room is NoRoom.IN_ALL:
        detail = "So many listen already that nobody else can."
        raise Refused(Problem("too-many-connections", detail, headers=again))
    detail = "So many listen from your network already that nobody else there can."
    raise Refused(Problem("too-many-streams", detail, headers=again))


def _listed(values: Iterable[str]) -> list[str]:
    """What is sent several times, or once with commas in between."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _since(sent: Iterable[str], last_event_id: bytes) -> int | None:
    """From where on, None: from now; -1 where a client sends an id that is none of ours."""
    if last_event_id:
        known = number(last_event_id.decode("latin-1").strip())
        return -1 if known is None else known
    for value in sent:
        known = number(value)
        if known is None:
            raise invalid_parameter("since", "It is the id of an event, or of a journal entry.")
        return known
    return None


def _id_of(view: View, reference: str) -> int:
    try:
        return view.service(reference).id
    except NotFound as error:
        raise no_such_service(view, error, reference) from None
