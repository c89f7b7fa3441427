"""How many requests were answered, by class of route and status: for whoever watches us."""

from __future__ import annotations

from collections import Counter
from typing import Any

from izzitup_desktop.server.exchange import Application, Message, Receive, Scope, Send
from izzitup_desktop.server.routes import RouteClass, class_of

Answered = tuple[RouteClass | None, int]
"""The class of the route (None: there is none) and the status of the answer."""


class Tally:
    """The counts since this process began to serve; written by the server's loop alone."""

    def __init__(self) -> None:
        self._counts: Counter[Answered] = Counter()

    def counted(self, application: Application) -> Application:
        """The same application, with each of its answers counted."""
        counts = self._counts

        async def count(scope: Scope, receive: Receive, send: Send) -> None:
            kind = class_of(scope["raw_path"].decode("ascii"))
            await application(scope, receive, _Counting(send, counts, kind))

        return count

    def counts(self) -> dict[Answered, int]:
        """The counts as they are now."""
        return dict(self._counts)


class _Counting:
    """ASGI's `send`, which adds no step to the loop."""

    __slots__ = ("_counts", "_kind", "_send")

    def __init__(self, send: Send, counts: Counter[Answered], kind: RouteClass | None) -> None:
        self._send = send
        self._counts = counts
        self._kind = kind

    def __call__(self, message: Message) -> Any:
        status = message.get("status")
        if status is not None:
            self._counts[self._kind, status] += 1
        return self._send(message)
