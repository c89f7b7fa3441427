"""The embedded server: one thread, one event loop, and a state to look at.

It can be started, moved to another address or port, and stopped while the
application runs. A taken port or a lost address is a state with a reason, and
tried again with back-off; the thread never dies unseen.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import socket
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from izzitup_desktop.board import Board
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.beside import Beside, announcer, keeper, secure_listener
from izzitup_desktop.server.guard import Guard, Mounted, Route
from izzitup_desktop.server.host_names import HostNames
from izzitup_desktop.server.lan import shown_host
from izzitup_desktop.server.late_api import LateApi
from izzitup_desktop.server.late_monitoring import LateMonitoring
from izzitup_desktop.server.late_page import LatePage
from izzitup_desktop.server.limits import Limits, descriptors
from izzitup_desktop.server.listening import (
    CAN_NOT_LISTEN,
    address_is_here,
    bind,
    is_listening,
    reason_of,
)
from izzitup_desktop.server.loop_trouble import heard_by
from izzitup_desktop.server.page_host import PageHost
from izzitup_desktop.server.prompt import PromptServer
from izzitup_desktop.server.request_log import KEPT, HeardRequest, RequestLog
from izzitup_desktop.server.served import Reach, Served, served
from izzitup_desktop.server.services_api import ServicesApi
from izzitup_desktop.server.state import ServerKind, ServerState
from izzitup_desktop.server.tally import Tally
from izzitup_desktop.server.tls.wish import TlsWish
from izzitup_desktop.server.uvicorn_config import config_of, inside

if TYPE_CHECKING:
    # What reads and makes certificates loads once HTTPS is wanted.
    from izzitup_desktop.server.tls.certificate import Certificate
    from izzitup_desktop.server.tls.keeper import CertificateKeeper

__all__ = [
    "KEPT", "EmbeddedServer", "HeardRequest", "Reach", "Served", "ServerKind", "ServerState",
]  # fmt: skip

log = logging.getLogger(__name__)

_DRAIN_SECONDS = 1.8
_READ_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Target:
    host: str
    port: int
    tls: TlsWish | None = None
    announce: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether HTTP is served."""
        return self.tls is None or self.tls.plain


OnState = Callable[[ServerState], None]


class EmbeddedServer:
    """Serves the board's API on the thread `izzitup-server`.

    `host_names` are further names of this machine that scripts use. Methods may be
    called from any thread; `start` returns at once.
    """

    def __init__(
        self, board: Board, host_names: Sequence[str] = (), limits: Limits | None = None
    ) -> None:
        self._board = board
        self.host_names = tuple(host_names)
        self._limits = limits or Limits().fitting(descriptors())
        self._page = PageHost()
        self.requests = RequestLog()
        """The last requests, whoever looks at them."""
        self._tally = Tally()
        self._changed = threading.Condition()
        self._state = ServerState(ServerKind.STOPPED)
        self._listeners: tuple[OnState, ...] = ()
        self._untold: deque[ServerState] = deque()
        self._telling = False
        self._target: _Target | None = None
        self._certificates: CertificateKeeper | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None

    @property
    def state(self) -> ServerState:
        """What the server is doing now."""
        return self._state

    @property
    def certificate(self) -> Certificate | None:
        """The one that HTTPS is served by, None where it is not."""
        return self._certificates.certificate if self._certificates else None

    def addresses(self) -> tuple[Served, ...]:
        """Under which addresses it answers now. Asks the system."""
        return served(self._state, self.host_names)

    def show(self, choices: PageChoices) -> None:
        """Have the page show this from now on; whoever is connected stays so."""
        self._page.choices = choices

    def on_state(self, listener: OnState) -> Callable[[], None]:
        """Call `listener` with each new state; undo by the result.

        It is called on the server's thread, or on the one that starts or stops it.
        """
        with self._changed:
            self._listeners += (listener,)

        def cancel() -> None:
            with self._changed:
                self._listeners = tuple(other for other in self._listeners if other != listener)

        return cancel

    def start(
        self,
        host: str,
        port: int,
        host_names: Sequence[str] | None = None,
        tls: TlsWish | None = None,
        announce: str | None = None,
    ) -> None:
        """Serve at this address; where it serves already, move there.

        With `tls` HTTPS is served too, or alone; without it HTTP only. `announce` is a
        name for the networks that are served ("": this computer's); None tells nobody.
        """
        if host_names is not None:
            self.host_names = tuple(host_names)
        state = ServerState(ServerKind.STARTING, host, port)
        with self._changed:
            self._target = _Target(host, port, tls, announce)
            # At once, so that nobody takes the old address's state for the new one's.
            self._become(state)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="izzitup-server")
                self._thread.start()
            self._wake_up()
        self._tell()

    def stop(self) -> None:
        """End within three seconds, whoever is connected. May be called twice."""
        with self._changed:
            self._target = None
            thread, self._thread = self._thread, None
            self._changed.notify_all()
        if thread is not None:
            self._wake_up()
            thread.join()
        self._set(ServerState(ServerKind.STOPPED), None)

    def wait_until(self, kinds: Sequence[ServerKind], timeout_seconds: float) -> ServerState:
        """The first state of one of `kinds`, or the state at the end of the time."""
        return self.wait_for(lambda state: state.kind in kinds, timeout_seconds) or self._state

    def wait_for(
        self, is_wanted: Callable[[ServerState], bool], timeout_seconds: float
    ) -> ServerState | None:
        """The first state that is wanted, None where there was none within the time."""
        with self._changed:
            found = self._changed.wait_for(lambda: is_wanted(self._state), timeout_seconds)
            return self._state if found else None

    def _set(self, state: ServerState, target: _Target | None) -> None:
        """Be in `state`, unless something else than `target` is wanted by now."""
        with self._changed:
            if state == self._state or target is not self._target:
                return
            self._become(state)
        self._tell()

    def _become(self, state: ServerState) -> None:
        self._state = state
        self._untold.append(state)
        self._changed.notify_all()

    def _tell(self) -> None:
        """Tell the listeners each state once, in order, whichever thread brought it."""
        while True:
            with self._changed:
                if self._telling or not self._untold:
                    return
                self._telling = True
                state, listeners = self._untold.popleft(), self._listeners
            for listener in listeners:
                try:
                    listener(state)
                except Exception:  # a listener's fault must not end the server
                    log.exception("a listener of the server's state failed")
            with self._changed:
                self._telling = False

    def _wake_up(self) -> None:
        with self._changed:
            loop, wake = self._loop, self._wake
        if loop is not None and wake is not None:
            with contextlib.suppress(RuntimeError):  # the loop ended by itself meanwhile
                loop.call_soon_threadsafe(wake.set)

    def _run(self) -> None:
        failures = 0
        while self._is_wanted():
            try:
                asyncio.run(self._serve_until_stopped())
            except Exception as error:  # the server's thread must never die unseen
                log.exception("the server's thread failed")
                seconds = self._limits.retry_after(failures)
                failures += 1
                if (target := self._target) is not None:
                    self._set(
                        _failed(target, msg("The server failed: %1.", error), seconds), target
                    )
                with self._changed:
                    self._changed.wait_for(lambda: not self._is_wanted(), seconds)

    def _is_wanted(self) -> bool:
        """Whether this thread is still the one that serves, and has something to."""
        return self._thread is threading.current_thread() and self._target is not None

    async def _serve_until_stopped(self) -> None:
        wake = asyncio.Event()
        loop = asyncio.get_running_loop()
        with self._changed:
            self._loop, self._wake = loop, wake
        failures = 0
        while self._is_wanted() and (target := self._target) is not None:
            wake.clear()
            if target is not self._target:
                continue
            reason = await self._serve(target, wake)
            if not reason:
                failures = 0
                continue
            if target is not self._target:
                continue
            seconds = self._limits.retry_after(failures)
            failures += 1
            log.warning("can't serve on %r, port %d: %s", target.host, target.port, reason)
            self._set(_failed(target, reason, seconds), target)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), seconds)
        with self._changed:
            if self._loop is loop:
                self._loop = self._wake = None

    async def _serve(self, target: _Target, wake: asyncio.Event) -> str:
        """Serve until woken; why it ended otherwise, "" when woken."""
        if target.tls is None:
            self._certificates = None
        self._set(ServerState(ServerKind.STARTING, target.host, target.port), target)
        listening: socket.socket | None = None
        if target.is_plain:
            try:
                listening = await asyncio.to_thread(bind, target.host, target.port)
            except CAN_NOT_LISTEN as error:
                return reason_of(error, target.host, target.port)
        try:
            return await self._serve_on(listening, target, wake)
        except Exception as error:  # the server thread must never die unseen
            log.exception("the server failed")
            return msg("The server failed: %1. Details are in the log.", error)
        finally:
            if listening is not None:
                listening.close()

    async def _serve_on(
        self, listening: socket.socket | None, target: _Target, wake: asyncio.Event
    ) -> str:
        port = int(listening.getsockname()[1]) if listening is not None else 0
        api, later_api = ServicesApi(self._board), LateApi(self._board, self._limits)
        admission = Admission(self._limits)
        monitoring = LateMonitoring(self._board, self._tally, admission.__len__)
        page = LatePage(self._board, self._page)

        def find(path: str) -> Route | Mounted | None:
            known = api.find(path) or later_api.find(path)
            return known or monitoring.find(path) or page.find(path)

        def config(port: int, scheme: str) -> uvicorn.Config:
            names = HostNames(port, self.host_names, scheme)
            guard = Guard(find, names, self._limits, self.requests, self._page)
            return config_of(self._tally.counted(guard), self._limits, admission)

        server = PromptServer(config(port, "http"))
        serving = asyncio.create_task(
            server.serve(sockets=[listening] if listening is not None else [])
        )
        woken = asyncio.create_task(wake.wait())
        trouble = heard_by(asyncio.get_running_loop())
        beside = Beside()
        try:
            while not server.started and not serving.done():  # noqa: ASYNC110 (a flag is all)
                await asyncio.sleep(0.005)
            if server.started and target.tls is not None:
                self._certificates = self._certificates or keeper(self._board.clock.now)
                self._certificates.want(target.tls, self.host_names)
                beside.secure = secure_listener(
                    target.host, target.tls.port, self._certificates, server,
                    functools.partial(inside, server, config, self._limits, admission),
                    self._limits, admission,
                )  # fmt: skip
            if server.started and target.announce is not None:
                beside.announcer = announcer(target.announce, trouble.set)
            if server.started and (reason := await self._look(target, port, beside)):
                return reason
            while not woken.done():
                heard = asyncio.create_task(trouble.wait())
                await asyncio.wait(
                    {serving, woken, heard},
                    timeout=self._limits.look_seconds,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                heard.cancel()
                trouble.clear()
                if serving.done():
                    error = serving.exception()
                    why = error or msg("no reason was given")
                    return msg("The server ended by itself: %1.", why)
                if not beside.is_sound or (listening is not None and not is_listening(listening)):
                    return msg("The listening socket was closed by the system.")
                if not address_is_here(target.host):
                    return msg("This computer has no address %1 any more.", target.host)
                if not woken.done():
                    await self._look(target, port, beside)
            return ""
        finally:
            woken.cancel()
            await later_api.end()
            server.end()
            withdrawn = asyncio.create_task(beside.close())
            _, late = await asyncio.wait({serving}, timeout=_DRAIN_SECONDS)
            # Whoever does not read the answer would hold us up, or outlive this address.
            for connection in list(server.server_state.connections):
                connection.transport.abort()
            if late:
                await asyncio.wait({serving})
            for part in (api, later_api, monitoring, page):
                part.close(_READ_SECONDS)
            await withdrawn

    async def _look(self, target: _Target, port: int, beside: Beside) -> str:
        """Follow what changed beside HTTP, and say how it is; why nothing is served, or ""."""
        url = f"http://{shown_host(target.host)}:{port}" if target.is_plain else ""
        state = ServerState(ServerKind.SERVING, target.host, port, url)
        state = await beside.look(state)
        if not state.url:
            return state.secure_reason
        if self._state.kind is not ServerKind.SERVING:
            log.info("serving on %s", " and ".join(filter(None, (url, state.secure_url))))
        self._set(state, target)
        return ""


def _failed(target: _Target, reason: str, seconds: float) -> ServerState:
    return ServerState(
        ServerKind.FAILED, target.host, target.port, reason=reason, retry_in_seconds=seconds
    )
