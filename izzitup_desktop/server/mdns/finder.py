"""Looks for boards on the network."""

from __future__ import annotations

import asyncio

from zeroconf import IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.mdns.records import BOARDS, Announced, believed

_FOUND_MOST = 200
"""Anybody can announce any number of boards."""

_ASK_SECONDS = 1.0


def found_boards(seconds: float) -> list[Announced]:
    """The boards that answer within so many seconds, by name. Raises `Unavailable`."""
    return asyncio.run(_found(seconds))


async def _found(seconds: float) -> list[Announced]:
    names: dict[str, None] = {}

    def note(
        zeroconf: Zeroconf,  # noqa: ARG001 (called by these names)
        service_type: str,  # noqa: ARG001
        name: str,
        state_change: ServiceStateChange,
    ) -> None:
        if state_change is ServiceStateChange.Removed:
            names.pop(name, None)
        elif len(names) < _FOUND_MOST:
            names[name] = None

    try:
        looking = _zeroconf()
    except OSError as error:
        raise Unavailable(
            msg("The network can't be searched (%1).", error.strerror or error)
        ) from error
    try:
        browser = AsyncServiceBrowser(looking.zeroconf, [BOARDS], handlers=[note])
        await asyncio.sleep(seconds)
        await browser.async_cancel()
        known = await asyncio.gather(*(_asked(looking, name) for name in names))
    finally:
        await looking.async_close()
    return sorted((one for one in known if one is not None), key=lambda one: (one.name, one.urls))


def _zeroconf() -> AsyncZeroconf:
    try:
        return AsyncZeroconf(ip_version=IPVersion.All)
    except OSError:
        # A system without IPv6.
        return AsyncZeroconf(ip_version=IPVersion.V4Only)


async def _asked(looking: AsyncZeroconf, name: str) -> Announced | None:
    info = AsyncServiceInfo(BOARDS, name)
    if not await info.async_request(looking.zeroconf, _ASK_SECONDS * 1_000):
        return None
    # A link-local address of IPv6 comes with its interface.
    addresses = tuple(info.parsed_scoped_addresses())
    return believed(name, addresses, info.port or 0, info.properties)
