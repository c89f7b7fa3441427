"""The list of another board, as its services API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from izzitup_desktop.domain.exchange.board_json import items_of
from izzitup_desktop.domain.exchange.items import (
    Document,
    LineError,
    checked_service,
    duplicates,
)
from izzitup_desktop.domain.exchange.located_json import Located, Refused, members_of
from izzitup_desktop.domain.messages import say

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
    try:
        return list_of(members_of(text))
    except Refused as refused:
        return Document((), errors=(refused.error,))


def list_of(members: dict[str, Located]) -> Document:
    """`parse_api_list` of what is scanned already."""
    if not members.keys() >= _ENVELOPE:
        reason = say("This is no list of services: it has no result or no data.")
        return Document((), errors=(LineError(1, "", reason),))
    result = members["result"]
    if result.value != "Success":
        message = members["message"].value if "message" in members else ""
        reason = say("The other board says: %1.", message or result.value)
        return Document((), errors=(LineError(result.line, "result", reason),))
    errors: list[LineError] = []
    services = []
    for item in items_of(members, "data", errors):
        if not isinstance(item.value, dict):
            errors.append(LineError(item.line, "data", say("A service must be an object.")))
            continue
        of_this: list[LineError] = []
        service = checked_service(_values(item.value), item.line, of_this)
        name = item.value.get("name")
        errors += [replace(error, reason=say("%1: %2", name, error.reason)) for error in of_this]
        if service is not None:
            services.append(service)
    errors += duplicates(services)
    return Document(tuple(services), errors=tuple(errors))


def _values(row: Mapping[str, Any]) -> dict[str, object]:
    """The row by our fields; a status and a flag that can be read are no text any more."""
    values: dict[str, object] = {ours: row[api] for api, ours in _TAKEN.items() if api in row}
    status, hidden = values.get("status"), values.get("hidden")
    if isinstance(status, str) and status.isascii() and status.isdigit() and len(status) < 10:
        values["status"] = int(status)
    if isinstance(hidden, str) and hidden in _HIDDEN:
        values["hidden"] = _HIDDEN[hidden]
    return values
