"""Where another board is: an address as a person types it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

_API = "/api/v1"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A board's address; `name` is what people know its host and port by."""

    is_secure: bool
    host: str
    port: int
    name: str
    root: str
    """The path of its API v1."""

    @property
    def is_private(self) -> bool:
        """Whether nobody else on the way reads what is sent."""
        if self.is_secure or self.host == "localhost":
            return True
        from ipaddress import ip_address  # only who fetches a backup asks

        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"{'https' if self.is_secure else 'http'}://{self.name}"


def address_of(text: str) -> Address:
    """The address that was typed, of a board or of its API. Raises `Invalid`."""
    text = text.strip()
    # What urlsplit would leave out in silence.
    if not text.isprintable() or "\\" in text:
        raise _no_address()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        name = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
        if host and not host.isascii():
            host = host.encode("idna").decode()
    except ValueError as error:
        raise _no_address() from error
    if parts.scheme not in _PORTS or not host or port == 0 or parts.query or parts.fragment:
        raise _no_address()
    if "@" in name:
        raise Invalid(
            "server",
            msg("The address must hold no name or password: use --user and --password-file."),
        )
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~").removesuffix(_API)
    is_secure = parts.scheme == "https"
    return Address(is_secure, host, port or _PORTS[parts.scheme], name, path + _API)


def _no_address() -> Invalid:
    return Invalid("server", msg("This is no address of a board; it looks like http://host:8475."))
