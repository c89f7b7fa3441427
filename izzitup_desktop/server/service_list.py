"""Services as the API shows them, and their list kept as bytes."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import queue
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from izzitup_desktop.board.live import Live, Picture
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server import envelope
from izzitup_desktop.server.envelope import RESULT_SUCCESS

_TIMES_MOST = 10_000


def as_json(service: Service) -> dict[str, str]:
    """A service as the API shows it (contract, "A service"); times are local."""
    return {
        "id": str(service.id),
        "name": service.name,
        "key": service.key,
        "description": service.description,
        "url": service.url,
        "curl": service.check_url,
        "status": str(service.status_id),
        "hidden": "1" if service.hidden else "0",
        "created": _local(service.created),
        "updated": _local(service.updated),
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """The list's answer behind its `uri`, and the tag that stands for its content."""

    version: int
    tag: bytes
    tail: bytes


class ServiceList:
    """The list's answer; what did not change since the last one is not made again.

    Used on one event loop. It is read and made on a thread of its own, one at a time:
    neither the loop nor its end waits for a database that others hold.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._rows: dict[int, tuple[Service, bytes]] = {}
        self._listed: Listed | None = None
        self._reading: asyncio.Future[Listed] | None = None
        self._next: asyncio.Future[Listed] | None = None
        self._answered: tuple[str, Listed | None] = ("", None)
        self._content = b""
        self._asked: queue.SimpleQueue[asyncio.Future[Listed] | None] = queue.SimpleQueue()
        self._worker = threading.Thread(target=self._work, name="izzitup-list", daemon=True)
        self._worker.start()

    def close(self, seconds: float) -> None:
        """Read no more; wait `seconds` for what is being read, which ends by itself after that."""
        self._asked.put(None)
        self._worker.join(seconds)

    def known(self) -> Listed | None:
        """The list, where that needs no waiting."""
        listed = self._listed
        if listed is None or listed.version != self._live.version_if_known():
            return None
        return listed

    def read(self) -> asyncio.Future[Listed]:
        """The list as it is from now on; not to be cancelled. Ends with `BoardError`s."""
        if self._reading is None:
            self._reading = self._begin(asyncio.get_running_loop().create_future())
            return self._reading
        # What is being read now may have begun before somebody's change.
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        return self._next

    def answer(self, uri: str, listed: Listed) -> bytes:
        """The envelope of the list; asked by the same path, the same bytes."""
        if self._answered[0] != uri or self._answered[1] is not listed:
            self._content = b'{"uri":%b%b' % (envelope.dumped(uri), listed.tail)
            self._answered = (uri, listed)
        return self._content

    def _begin(self, reading: asyncio.Future[Listed]) -> asyncio.Future[Listed]:
        self._asked.put(reading)
        return reading

    def _work(self) -> None:
        while (reading := self._asked.get()) is not None:
            found: Listed | BaseException
            try:
                found = self._made(self._live.picture())
            except Exception as error:  # the worker's edge: who waits is told
                found = error
            with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
                reading.get_loop().call_soon_threadsafe(self._end, reading, found)

    def _end(self, reading: asyncio.Future[Listed], found: Listed | BaseException) -> None:
        following, self._next = self._next, None
        if isinstance(found, BaseException):
            # Who came later would hear the same, and has waited long enough by then.
            self._reading = None
            for future in (reading, following):
                if future is not None:
                    future.set_exception(found)
                    future.exception()  # heard, even where everybody has gone
            return
        self._listed = found
        self._reading = None if following is None else self._begin(following)
        reading.set_result(found)

    def _made(self, picture: Picture) -> Listed:
        shown = picture.seen_by(PUBLIC).services
        message = "1 service" if len(shown) == 1 else f"{len(shown)} services"
        empty = envelope.body("", None, RESULT_SUCCESS, message, [])
        self._rows = {id_: (shown[id_], self._row(shown[id_])) for id_ in sorted(shown)}
        joined = b",".join([row for _, row in self._rows.values()])
        tail = empty.removeprefix(b'{"uri":""').removesuffix(b"]}") + joined + b"]}"
        # Of what is shown, and of nothing else: hidden services move no tag.
        tag = b'W/"%b"' % hashlib.blake2b(joined, digest_size=12).hexdigest().encode("ascii")
        return Listed(picture.version, tag, tail)

    def _row(self, service: Service) -> bytes:
        known = self._rows.get(service.id)
        if known is not None and known[0] is service:
            return known[1]
        return envelope.dumped(as_json(service))


def _local(time: datetime) -> str:
    return _local_second(time.replace(microsecond=0))


@lru_cache(_TIMES_MOST)
def _local_second(time: datetime) -> str:
    # An answer has two times; looking a zone up takes as long as all else that it says.
    return time.astimezone().isoformat(" ")[:19]
