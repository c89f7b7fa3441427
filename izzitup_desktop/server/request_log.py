"""The last requests, for whoever looks at them in the window.

The server's loop writes them without waiting for anybody; while nobody looks, only what
went wrong is kept.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from izzitup_desktop.domain.accounts import PUBLIC, Principal
from izzitup_desktop.domain.errors import ExpiredToken, OwnerlessToken, RevokedToken, SignInFailed
from izzitup_desktop.server.envelope import RESULT_SUCCESS
from izzitup_desktop.server.exchange import Message, Scope, Send
from izzitup_desktop.server.masking import masked

KEPT = 2_000
"""So many of the last requests are kept."""

WHO, WHY, SET = "who", "why", "set"
"""Under these names what answers leaves in a request's `state` what it found: the
`Principal`, the code of what went wrong, and the ids of the service and of the status
that was to be set."""

_TOKEN = "token"
_METHOD_MOST = 10
_READING = ("GET", "HEAD", "OPTIONS")
_CONTRACT = "/api/services"


@dataclass(frozen=True, slots=True)
class HeardRequest:
    """One request and its answer; nothing in it is secret.

    `number` grows by one with each; `at` is in seconds since 1970, `seconds` is how long
    the answer took. `who` is "" where nobody signed in: a name that was sent with a
    wrong password may be a password. `token_id` is the token that was sent, if any.
    `why` is the code of an error, `service_id` whose status was to be set.
    """

    number: int
    at: float
    seconds: float
    method: str
    path: str
    address: str
    is_encrypted: bool
    status: int
    is_failure: bool
    who: str = ""
    account_id: int | None = None
    token_id: int | None = None
    why: str = ""
    service_id: int | None = None
    status_id: int | None = None

    @property
    def is_write(self) -> bool:
        """Whether it was to change something."""
        # The services API is asked for its list by any method.
        is_reading = self.method in _READING or self.path == _CONTRACT
        return self.status_id is not None or not is_reading

    @property
    def reason(self) -> str:
        """Why it failed, a `Message`; "" where it did not."""
        from izzitup_desktop.server.reasons import reason_of  # for who looks, and loads problems

        return reason_of(self.status, self.why) if self.is_failure else ""


class RequestLog:
    """Written by the server's loop alone; `since` may be called from any thread."""

    def __init__(self) -> None:
        self._kept: deque[HeardRequest] = deque(maxlen=KEPT)
        self._watchers: frozenset[object] = frozenset()
        self.is_watched = False
        """Whether all requests are kept, and not only those that failed."""
        self.last_number = 0

    def watch(self, watcher: object) -> None:
        """Keep all requests from now on. On one thread with `leave`, always the same."""
        self._watchers |= {watcher}
        self.is_watched = True

    def leave(self, watcher: object) -> None:
        """This one looks no more."""
        self._watchers -= {watcher}
        self.is_watched = bool(self._watchers)

    def since(self, number: int) -> tuple[HeardRequest, ...]:
        """The requests that are kept after the one of this number, oldest first."""
        if number >= self.last_number:
            return ()
        while True:
            try:
                kept = tuple(self._kept)
            except RuntimeError:  # one came in meanwhile; nobody is held up by a lock
                continue
            return tuple(heard for heard in kept if heard.number > number)

    def note(self, scope: Scope, path: str, status: int, started: float, result: str = "") -> None:
        """Keep a request that was answered just now; `path` is its route's, "" as it was sent.

        `started` is in monotonic seconds, `result` what the services API answered.
        """
        state = scope["state"]
        principal: Principal = state.get(WHO, PUBLIC)
        service_id, status_id = state.get(SET, (None, None))
        query = scope["query_string"].decode("latin-1")
        client = scope["client"]
        failed = status >= 400 or result not in ("", RESULT_SUCCESS)
        number = self.last_number + 1
        self._kept.append(
            HeardRequest(
                number,
                time.time(),
                time.monotonic() - started,
                scope["method"][:_METHOD_MOST],
                masked(path or scope["raw_path"].decode("latin-1"), query),
                str(client[0]) if client else "",
                scope["scheme"] == "https",
                status,
                failed and status != 204,
                "" if principal is PUBLIC else principal.name,
                principal.account_id,
                principal.token.id if principal.token else state.get(_TOKEN),
                state.get(WHY, ""),
                service_id,
                status_id,
            )
        )
        # After it is there: who has seen the number finds it.
        self.last_number = number


def note_refusal(state: dict[str, Any], error: SignInFailed) -> None:
    """Say in a request's `state` why what was sent does not sign in, and which token it is."""
    state[WHY] = error.code
    if isinstance(error, RevokedToken | ExpiredToken | OwnerlessToken):
        state[_TOKEN] = error.token_id


class Heard:
    """Hands on what an application answers, and knows its status; adds no step to the loop."""

    __slots__ = ("_send", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    def __call__(self, message: Message) -> Any:
        """ASGI's `send`."""
        self.status = message.get("status", self.status)
        return self._send(message)
