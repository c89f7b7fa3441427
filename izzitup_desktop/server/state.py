"""What the embedded server is doing, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServerKind(StrEnum):
    """What the server is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    SERVING = "serving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ServerState:
    """The server as it is; `port` is the real one, `reason` says why it failed.

    `url` is what scripts use: by HTTP, or by HTTPS where only that is served. Of HTTPS
    `secure_reason` says why it is not served, or not by the certificate that is wanted.
    `announced_as` is its name on the network, "" while it is not announced.
    """

    kind: ServerKind
    host: str = ""
    port: int = 0
    url: str = ""
    reason: str = ""
    retry_in_seconds: float | None = None
    secure_port: int = 0
    secure_url: str = ""
    secure_reason: str = ""
    fingerprint: str = ""
    announced_as: str = ""
