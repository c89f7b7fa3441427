"""A listener on a raw socket, which takes a stream apart as the standard says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from izzitup_desktop.server.embedded import EmbeddedServer
from tests.server.v1.world import PUBLIC, basic
from tests.server.wire import Client, request

STREAM = "/api/v1/stream"


@dataclass(frozen=True)
class Frame:
    """What stands between two blank lines."""

    id: int | None
    event: str
    data: Any
    retry: int | None = None


class Listening:
    """Reads the answer, and then frames one by one; what came last stands in `last_id`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._text = b""
        self.last_id: int | None = None
        self.is_ended = False
        self.answer = client.answer()

    def next(self) -> Frame:
        """The next frame; comments are nothing. Raises `EOFError` at the end."""
        while b"\n\n" not in self._text:
            if not self._more():
                raise EOFError
        block, _, self._text = self._text.partition(b"\n\n")
        fields: dict[str, str] = {}
        for line in block.decode("utf-8").split("\n"):
            name, _, value = line.partition(":")
            if name:
                fields[name] = value.removeprefix(" ")
        if "id" in fields:
            self.last_id = int(fields["id"])
        return Frame(
            int(fields["id"]) if "id" in fields else None,
            fields.get("event", ""),
            json.loads(fields["data"]) if "data" in fields else None,
            int(fields["retry"]) if "retry" in fields else None,
        )

    def event(self) -> Frame:
        """The next frame that a listener is told of."""
        while True:
            frame = self.next()
            if frame.data is not None:
                return frame

    def until(self, id_: int) -> list[Frame]:
        """All events up to the one of this id."""
        found = [self.event()]
        while found[-1].id != id_:
            found.append(self.event())
        return found

    def rest(self) -> bytes:
        """All that comes until the server closes."""
        while self._more():
            pass
        return self._text

    def _more(self) -> bool:
        client = self._client
        size = client.line()
        if not size:
            return False
        length = int(size, 16)
        self._text += client.exactly(length)
        client.exactly(2)
        self.is_ended = not length
        return length > 0


def asked_for(
    server: EmbeddedServer, query: str = "", *, who: str = PUBLIC, token: str = "",
    last_event_id: str = "", method: str = "GET",
) -> bytes:  # fmt: skip
    """A request for the stream."""
    headers = [] if who == PUBLIC else [basic(who)]
    if token:
        headers.append(f"Authorization: Bearer {token}")
    if last_event_id:
        headers.append(f"Last-Event-ID: {last_event_id}")
    path = f"{STREAM}?{query}" if query else STREAM
    return request(server, method=method, path=path, headers=tuple(headers))


@contextmanager
def listening(server: EmbeddedServer, query: str = "", **options: Any) -> Iterator[Listening]:
    """Somebody who listens; the first frame is read already."""
    with Client(server) as client:
        client.send(asked_for(server, query, **options))
        found = Listening(client)
        assert found.answer.status == 200, found.answer
        found.next()
        yield found
