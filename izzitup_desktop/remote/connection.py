"""One connection to another board's API v1, by which JSON goes there and back.

What may have been lost on the way is asked for again: reading costs nothing, and what
changes something has a key of its own, or is the same when it is done twice.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from izzitup_desktop import __version__
from izzitup_desktop.domain.errors import BoardError, Invalid, NotFound, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.remote.address import Address
from izzitup_desktop.remote.refusals import Refusals, no_board
from izzitup_desktop.remote.sockets import Deadline, connected, hung_up, too_slow

if TYPE_CHECKING:
    # Most servers are pinned by nobody.
    from izzitup_desktop.remote.pins import Pin

PAGE = 1_000
"""So many things are asked for at once: as many as a page may have."""

_RUNNING = "conflict.running"
_RUNNING_MOST = 40
_RUNNING_SECONDS = 1.0
"""How often, and after which pauses, it is asked whether a request is done that was lost."""

_PIECE_BYTES = 256 * 1024
_CONTENT_MOST = 64 * 1024 * 1024
_WRITES = ("POST", "PUT", "PATCH", "DELETE")
_JSON_TYPES = ("application/json", "application/problem+json")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited: to connect, for an answer, and before what was lost is asked again.

    An answer takes 30 seconds at most there.
    """

    connect_seconds: float = 10.0
    answer_seconds: float = 40.0
    pauses_seconds: tuple[float, ...] = (0.2, 1.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: Any
    repeated: bool
    """Whether it had to be asked for again."""


class _LostError(Exception):
    """Nobody knows whether what was sent arrived; `why` it is so.

    `may_repeat`: whoever asks again may hear at once.
    """

    def __init__(self, why: BoardError, *, may_repeat: bool = True) -> None:
        super().__init__(str(why))
        self.why = why
        self.may_repeat = may_repeat


class Connection:
    """Asks the board at `address`; `authorization` says who asks, "" for nobody."""

    def __init__(
        self,
        address: Address,
        refusals: Refusals,
        authorization: str = "",
        pin: Pin | None = None,
        patience: Patience | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """Connects with the first question. Raises `Invalid` for a pin of plain HTTP."""
        if pin is not None and not address.is_secure:
            raise Invalid("pin", msg("A pin is for https://; %1 is not encrypted.", address))
        self.address = address
        self._refusals = refusals
        self._pin = pin
        self._patience = Patience() if patience is None else patience
        self.pause = pause
        self._open: HTTPConnection | None = None
        self._headers = {
            "Host": address.name,
            "Accept": "application/json",
            "User-Agent": f"IzzitUp/{__version__}",
        }
        if authorization:
            self._headers["Authorization"] = authorization

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def get(self, path: str, *, wanted: NotFound | None = None) -> Any:
        """What is at `path`; `wanted` is raised where there is nothing of that name."""
        return self.ask("GET", path, wanted=wanted).content

    def items(self, path: str, most: int | None = None, **query: str) -> Iterator[Any]:
        """What a list has, a page after the other, `most` things at most."""
        left, cursor = most, ""
        while left is None or left > 0:
            limit = PAGE if left is None else min(left, PAGE)
            asked = {**query, "limit": str(limit), **({"cursor": cursor} if cursor else {})}
            page = self.get(f"{path}?{urlencode(asked)}")
            with self.understanding():
                items, cursor = page["items"][:limit], page["next"] or ""
                yield from items
            if not cursor:
                return
            left = None if left is None else left - len(items)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        wanted: NotFound | None = None,
        if_match: str = "",
    ) -> Answer:
        """One answer. Raises the `BoardError` that a refusal means, `Unavailable` for none.

        `if_match` is the tag of what was read: nothing is changed where it is another by now.
        """
        return self._taken(self._asked(method, path, body, if_match), wanted)

    def pieces(self, path: str) -> Iterator[bytes]:
        """What is at `path`, piece by piece. Raises as `ask`, also where it ends too early."""
        name, connection = self.address.name, self._connected()
        try:
            connection.request("GET", self.address.root + path, headers=self._headers)
            answer = connection.getresponse()
            found = {key.lower(): value for key, value in answer.getheaders()}
            if answer.status != 200:
                content = self._content(answer, found, answer.read(_CONTENT_MOST))
                raise self._refusals.of(answer.status, found, content, None)
            while piece := answer.read1(_PIECE_BYTES):
                yield piece
            if answer.length:
                raise hung_up(name)
        except TimeoutError as error:
            raise too_slow(name) from error
        except (OSError, HTTPException) as error:
            raise hung_up(name) from error

    def delete(self, path: str, missing: NotFound) -> None:
        """Delete what is at `path`. Raises `missing` where there is nothing."""
        answer = self._asked("DELETE", path)
        # Of what was asked for twice the first time did it, and its answer was lost.
        if not (answer.repeated and answer.status == 404):
            self._taken(answer, missing)

    def _asked(self, method: str, path: str, body: Any = None, if_match: str = "") -> Answer:
        headers = dict(self._headers)
        content = None
        if body is not None:
            content = json.dumps(body).encode("ascii")
            headers["Content-Type"] = "application/json"
        if method == "POST":
            headers["Idempotency-Key"] = f'"{uuid.uuid4()}"'
        if if_match:
            headers["If-Match"] = if_match
        path = self.address.root + path
        answer = self._again_until_answered(method, path, content, headers)
        for _ in range(_RUNNING_MOST):
            if not _is_running(answer):
                break
            # What was lost has arrived, and is being done: its answer is asked for.
            self.pause(_RUNNING_SECONDS)
            answer = self._again_until_answered(method, path, content, headers)
        return answer

    def _taken(self, answer: Answer, wanted: NotFound | None) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        raise self._refusals.of(answer.status, answer.headers, answer.content, wanted)

    def understanding(self) -> _Understanding:
        """Within it, what is not as it should be says that the other board is another version."""
        return _Understanding(self.address.name)

    def _again_until_answered(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        lost: _LostError | None = None
        for pause in (*self._patience.pauses_seconds, None):
            try:
                return self._once(method, path, content, headers, repeated=lost is not None)
            except _LostError as error:
                lost = error
            except Unavailable as error:
                # What could not even be sent is told at once, if nothing was sent before.
                if lost is None:
                    raise
                lost = _LostError(error)
            self.close()
            if pause is None or not lost.may_repeat:
                break
            self.pause(pause)
        assert lost is not None
        if method in _WRITES:
            raise Unavailable(
                msg("%1 Whether it was done is not known: look before you repeat it.",
                    lost.why.__str__())
            )  # fmt: skip
        raise lost.why

    def _once(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
        *,
        repeated: bool,
    ) -> Answer:
        name = self.address.name
        connection = self._connected()
        late = Deadline(connection.sock, self._patience.answer_seconds)
        try:
            with late:
                connection.request(method, path, content, dict(headers))
                answer = connection.getresponse()
                read = answer.read(_CONTENT_MOST + 1)
            # Headers that were cut look as if they were all.
            late.assert_in_time()
        except (OSError, HTTPException) as error:
            if late.is_over or isinstance(error, TimeoutError):
                raise _LostError(too_slow(name), may_repeat=False) from error
            # The one that ends too early, and none at all, may be whole the next time.
            if isinstance(error, (OSError, IncompleteRead)):
                raise _LostError(hung_up(name)) from error
            raise no_board(name, msg("it does not speak HTTP")) from error
        if len(read) > _CONTENT_MOST:
            raise no_board(name, msg("its answer has no end"))
        if answer.will_close:
            self.close()
        found = {key.lower(): value for key, value in answer.getheaders()}
        return Answer(answer.status, found, self._content(answer, found, read), repeated)

    def _content(self, answer: HTTPResponse, headers: Mapping[str, str], read: bytes) -> Any:
        if answer.status == 204:
            return None
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in _JSON_TYPES:
            with suppress(ValueError, RecursionError):
                return json.loads(read)
        if 200 <= answer.status < 300:
            raise no_board(self.address.name, msg("its answer is no JSON"))
        return None

    def _connected(self) -> HTTPConnection:
        """The connection, its server recognised. Raises `Unavailable`; nothing is sent then."""
        if self._open is None:
            address = self.address
            made = HTTPConnection(address.host, address.port)
            made.sock = connected(address, self._pin, self._patience.connect_seconds)
            made.sock.settimeout(self._patience.answer_seconds)
            self._open = made
        return self._open


class _Understanding:
    """Makes one error of whatever reading a strange answer raises."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, (LookupError, TypeError, ValueError)):
            raise Unavailable(
                msg(
                    "What the IzzitUp at %1 answered is not understood: it is of another version. "
                    "Update the older one.",
                    self._name,
                )
            )


def _is_running(answer: Answer) -> bool:
    """Whether the same request is not answered yet that came before, by another connection."""
    content = answer.content
    return answer.status == 409 and isinstance(content, dict) and content.get("code") == _RUNNING
