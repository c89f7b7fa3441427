"""How uvicorn is set up for our protocol, plain and inside of HTTPS."""

from __future__ import annotations

import functools
from collections.abc import Callable

import uvicorn

from izzitup_desktop.server.admission import Admission
from izzitup_desktop.server.exchange import Application
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.protocol import GuardedProtocol

STOP_SECONDS = 2


def config_of(application: Application, limits: Limits, admission: Admission) -> uvicorn.Config:
    """How uvicorn listens, hands over and ends: what is taken apart is ours."""
    return uvicorn.Config(
        application,
        http=functools.partial(GuardedProtocol, limits=limits, admission=admission),  # type: ignore[arg-type]
        ws="none",
        loop="asyncio",
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=limits.accepted_at_once,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def inside(
    server: uvicorn.Server,
    config: Callable[[int, str], uvicorn.Config],
    limits: Limits,
    admission: Admission,
    port: int,
) -> Callable[[], GuardedProtocol]:
    """What makes the protocol inside of an encrypted connection to this port.

    `config` makes uvicorn's configuration for a port and a scheme.
    """
    loaded = config(port, "https")
    loaded.load()
    return functools.partial(
        GuardedProtocol, loaded, server.server_state, {}, limits=limits, admission=admission
    )
