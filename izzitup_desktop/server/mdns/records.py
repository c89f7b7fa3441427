"""What a board says of itself on the network, and what is believed of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

BOARDS = "_izzitup._tcp.local."
PAGES = "_http._tcp.local."
"""What browsers of the network look for."""

NAME_BYTES_MOST = 63

_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{64}")
_TEXT_MOST = 200


@dataclass(frozen=True, slots=True)
class Announced:
    """A board: its name, its addresses, and where it answers; a port of 0 is none."""

    name: str
    addresses: tuple[str, ...]
    port: int
    secure_port: int = 0
    fingerprint: str = ""
    version: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """The TXT record."""
        known = {
            "path": "/",
            "name": self.name,
            "http": str(self.port or ""),
            "https": str(self.secure_port or ""),
            "fingerprint": self.fingerprint,
            "version": self.version,
        }
        return {key: value for key, value in known.items() if value}

    @property
    def urls(self) -> tuple[str, ...]:
        """How it is reached, HTTPS first."""
        hosts = [f"[{host}]" if ":" in host else host for host in self.addresses]
        return (
            *(f"https://{host}:{self.secure_port}" for host in hosts if self.secure_port),
            *(f"http://{host}:{self.port}" for host in hosts if self.port),
        )


def label(name: str) -> str:
    """`name` as the name of a service: no control characters, 63 bytes at most."""
    plain = "".join(char if char.isprintable() else " " for char in name).strip()
    return plain.encode("utf-8")[:NAME_BYTES_MOST].decode("utf-8", "ignore") or "IzzitUp"


def believed(
    name: str, addresses: tuple[str, ...], port: int, texts: Mapping[bytes, bytes | None]
) -> Announced:
    """What somebody on the network announced; anybody can announce anything."""

    def text(key: bytes) -> str:
        return (texts.get(key) or b"").decode("utf-8", "replace")[:_TEXT_MOST]

    plain, secure = _port(text(b"http")), _port(text(b"https"))
    fingerprint = text(b"fingerprint")
    return Announced(
        text(b"name") or name.removesuffix(f".{BOARDS}")[:_TEXT_MOST],
        addresses,
        plain or (0 if secure else port),
        secure,
        fingerprint if _FINGERPRINT.fullmatch(fingerprint) else "",
        text(b"version"),
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return 0
    return int(text) if 0 < int(text) <= 65_535 else 0
