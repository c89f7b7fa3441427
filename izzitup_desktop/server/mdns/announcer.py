"""Announces the board on the networks it is served to, on the server's own loop."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from izzitup_desktop import __version__
from izzitup_desktop.server.lan import reachable_addresses
from izzitup_desktop.server.mdns.records import BOARDS, PAGES, Announced, label
from izzitup_desktop.server.state import ServerState

if TYPE_CHECKING:
    from zeroconf import ServiceInfo
    from zeroconf.asyncio import AsyncZeroconf

log = logging.getLogger(__name__)

_WITHDRAW_SECONDS = 1.0
_GROUP = "224.0.0.251"


class Announcer:
    """`follow` it with each state of a server, `close` it in the end.

    `changed` is called once it is announced.

    Registering takes a second and a half, in which a name is looked for that nobody
    else has; it goes on behind `follow`.
    """

    def __init__(self, name: str, changed: Callable[[], object]) -> None:
        self._name = name
        self._changed = changed
        self._wanted: Announced | None = None
        self._task: asyncio.Task[None] | None = None
        self._zeroconf: AsyncZeroconf | None = None
        self.name = ""
        """Under which name it is announced, "" while it is not."""

    async def follow(self, state: ServerState) -> None:
        """Announce where this server answers; what was announced otherwise is withdrawn."""
        addresses = await asyncio.to_thread(reachable_addresses, state.host)
        wanted = Announced(
            label(self._name or socket.gethostname()),
            addresses,
            state.port,
            state.secure_port if state.secure_url else 0,
            state.fingerprint,
            __version__,
        )
        if wanted == self._wanted:
            return
        await self.close()
        self._wanted = wanted
        if wanted.addresses:
            self._task = asyncio.create_task(self._announce(wanted))

    async def close(self) -> None:
        """Tell the network that it is gone."""
        self._wanted = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None
        zeroconf, self._zeroconf = self._zeroconf, None
        self.name = ""
        if zeroconf is not None:
            with contextlib.suppress(TimeoutError, OSError):
                async with asyncio.timeout(_WITHDRAW_SECONDS):
                    await zeroconf.async_unregister_all_services()
            await zeroconf.async_close()

    async def _announce(self, wanted: Announced) -> None:
        await asyncio.to_thread(_load)
        from zeroconf import Error, IPVersion  # loaded by now, and not by this thread
        from zeroconf.asyncio import AsyncZeroconf

        try:
            await asyncio.to_thread(_assert_can_be_told, wanted.addresses)
            is_v6 = ":" in wanted.addresses[0]
            self._zeroconf = AsyncZeroconf(
                interfaces=list(wanted.addresses),
                ip_version=IPVersion.V6Only if is_v6 else IPVersion.V4Only,
            )
            infos = _services(wanted)
            for info in infos:
                sent = await self._zeroconf.async_register_service(info, allow_name_change=True)
                await sent
        except (OSError, Error) as error:
            # Some networks and sandboxes have no multicast. Serving goes on.
            log.warning("can't announce the board on the network: %s", error)
            return
        self.name = infos[0].name.removesuffix(f".{BOARDS}")
        log.info("announced on the network as %r", self.name)
        self._changed()


def _load() -> None:
    import zeroconf.asyncio  # noqa: F401 (a tenth of a second, in which nobody is answered)


def _assert_can_be_told(addresses: tuple[str, ...]) -> None:
    """Raise OSError unless multicast can be had there: zeroconf would leave sockets open."""
    for address in addresses:
        if ":" not in address:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                member = socket.inet_aton(_GROUP) + socket.inet_aton(address)
                probe.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)


def _services(wanted: Announced) -> list[ServiceInfo]:
    from zeroconf import ServiceInfo  # loaded by now

    kinds = [(BOARDS, wanted.port or wanted.secure_port, wanted.texts)]
    if wanted.port:
        kinds.append((PAGES, wanted.port, {"path": "/"}))
    host = socket.gethostname().partition(".")[0] or "izzitup"
    return [
        ServiceInfo(
            kind,
            f"{wanted.name}.{kind}",
            addresses=[ipaddress.ip_address(address).packed for address in wanted.addresses],
            port=port,
            properties=dict(texts),
            server=f"{host}.local.",
        )
        for kind, port, texts in kinds
    ]
