"""The list of another board, as its services API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from izzitup_desktop.domain.exchange.board_json import check_array
from izzitup_desktop.domain.exchange.items import (
    Document,
    Enough,
    Errors,
    ExchangeService,
    LineError,
    add_duplicates,
    checked_service,
    shortened,
)
from izzitup_desktop.domain.exchange.located_json import Located, Refused, Taker, members_of
from izzitup_desktop.domain.messages import msg

_ENVELOPE = frozenset({"result", "data"})
_TAKEN = {
    "name": "name",
    "key": "key",
    "description": "description",
    "url": "url",
    "curl": "check_url",
    "status": "status",
    "hidden": "hidden",
}
_HIDDEN = {"0": False, "1": True}


def parse_api_list(text: str) -> Document:
    """The services of an envelope; ids and times are the other board's, and not taken.

    Fields that are not in our own list are skipped: the answer may be of another
    version. An error names the service, since all may stand in one line.
    """
    reader = ListReader()
    try:
        return reader.document(members_of(text, reader.takers))
    except Refused as refused:
        return Document((), errors=(refused.error,))


class ListReader:
    """Takes the services of an envelope, each checked as it comes."""

    def __init__(self) -> None:
        self._errors = Errors()
        self._services: list[ExchangeService] = []
        self.takers: dict[str, Taker] = {"data": self._take}

    def document(self, members: dict[str, Located]) -> Document:
        """What was taken, when the other members say that it is a list of services."""
        if not members.keys() >= _ENVELOPE:
            reason = msg("This is no list of services: it has no result or no data.")
            return Document((), errors=(LineError(1, "", reason),))
        result = members["result"]
        if result.value != "Success":
            message = members["message"].value if "message" in members else ""
            reason = msg("The other board says: %1.", shortened(str(message or result.value)))
            return Document((), errors=(LineError(result.line, "result", reason),))
        errors = self._errors
        errors.of = ""
        try:
            check_array(members, "data", errors)
            add_duplicates(self._services, errors)
        except Enough:
            pass
        return Document(tuple(self._services), errors=errors.in_order(), more_errors=errors.more)

    def _take(self, item: Located) -> None:
        self._errors.of = ""
        if not isinstance(item.value, dict):
            self._errors.add(item.line, "data", msg("A service must be an object."))
            return
        self._errors.of = str(item.value.get("name"))
        service = checked_service(_values(item.value), item.line, self._errors)
        if service is not None:
            self._services.append(service)


def _values(row: Mapping[str, Any]) -> dict[str, object]:
    """The row by our fields; a status and a flag that can be read are no text any more."""
    values: dict[str, object] = {ours: row[api] for api, ours in _TAKEN.items() if api in row}
    status, hidden = values.get("status"), values.get("hidden")
    if isinstance(status, str) and status.isascii() and status.isdigit() and len(status) < 10:
        values["status"] = int(status)
    if isinstance(hidden, str) and hidden in _HIDDEN:
        values["hidden"] = _HIDDEN[hidden]
    return values
