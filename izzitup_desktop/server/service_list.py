"""Services as the API shows them, and their list kept as bytes."""

from __future__ import annotations

from datetime import datetime

from izzitup_desktop.board.services import Snapshot
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server import envelope
from izzitup_desktop.server.envelope import RESULT_SUCCESS


def as_json(service: Service) -> dict[str, str]:
    """A service as the API shows it (contract, "A service"); times are local."""
    return {
        "id": str(service.id),
        "name": service.name,
        "key": service.key,
        "description": service.description,
        "url": service.url,
        "curl": service.check_url,
        "status": str(service.status_id),
        "hidden": "1" if service.hidden else "0",
        "created": _local(service.created),
        "updated": _local(service.updated),
    }


class ServiceList:
    """The list's answer; what did not change since the last one is not made again."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Service, bytes]] = {}
        self._token = -1
        self._tail = b""
        self._uri = ""
        self._content = b""

    def answer(self, uri: str, snapshot: Snapshot) -> bytes:
        """The envelope of `snapshot`; asked by the same path, the same bytes."""
        if snapshot.token != self._token:
            self._tail = self._made(snapshot)
            self._token = snapshot.token
            self._content = b""
        if not self._content or uri != self._uri:
            self._content = b'{"uri":%b%b' % (envelope.dumped(uri), self._tail)
            self._uri = uri
        return self._content

    def _made(self, snapshot: Snapshot) -> bytes:
        """The envelope behind `uri`."""
        count = len(snapshot.services)
        message = "1 service" if count == 1 else f"{count} services"
        empty = envelope.body("", None, RESULT_SUCCESS, message, [])
        rows = {service.id: (service, self._row(service)) for service in snapshot.services}
        self._rows = rows
        joined = b",".join([row for _, row in rows.values()])
        return empty.removeprefix(b'{"uri":""').removesuffix(b"]}") + joined + b"]}"

    def _row(self, service: Service) -> bytes:
        known = self._rows.get(service.id)
        if known is not None and known[0] == service:
            return known[1]
        return envelope.dumped(as_json(service))


def _local(time: datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M:%S}"
