"""What is served beside plain HTTP: HTTPS, and the announcement on the network.

Each loads what it stands on when it is first wanted: a tenth of a second, which who
serves HTTP alone keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from izzitup_desktop.server.state import ServerState

if TYPE_CHECKING:
    from izzitup_desktop.server.mdns.announcer import Announcer
    from izzitup_desktop.server.tls.keeper import CertificateKeeper
    from izzitup_desktop.server.tls.listener import SecureListener


@dataclass
class Beside:
    """What is wanted of these; None: it is not."""

    secure: SecureListener | None = None
    announcer: Announcer | None = None

    @property
    def is_sound(self) -> bool:
        """Whether what listened once still does."""
        return self.secure is None or self.secure.is_sound

    async def look(self, state: ServerState) -> ServerState:
        """Take certificates that changed, announce where the server is; the state with it."""
        if self.secure is not None:
            await self.secure.look()
            state = replace(
                state,
                url=state.url or self.secure.url,
                secure_port=self.secure.port,
                secure_url=self.secure.url,
                secure_reason=self.secure.reason,
                fingerprint=self.secure.fingerprint,
            )
        if self.announcer is not None:
            await self.announcer.follow(state)
            state = replace(state, announced_as=self.announcer.name)
        return state

    async def close(self) -> None:
        """Withdraw what was announced; the server ends the connections itself."""
        if self.announcer is not None:
            await self.announcer.close()


def keeper(now: Callable[[], datetime]) -> CertificateKeeper:
    """A keeper of certificates by this clock."""
    from izzitup_desktop.server.tls.keeper import CertificateKeeper

    return CertificateKeeper(now)


def secure_listener(*parts: Any) -> SecureListener:
    """The port of HTTPS, of the parts that it takes."""
    from izzitup_desktop.server.tls.listener import SecureListener

    return SecureListener(*parts)


def announcer(name: str, changed: Callable[[], object]) -> Announcer:
    """Announces by this name; `changed` is called once it has one."""
    from izzitup_desktop.server.mdns.announcer import Announcer

    return Announcer(name, changed)
