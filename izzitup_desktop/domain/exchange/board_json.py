"""The board as JSON: groups in their order, and services; no accounts, no secrets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from izzitup_desktop.domain.exchange.items import (
    FIELDS,
    Document,
    LineError,
    checked_groups,
    checked_service,
    duplicates,
)
from izzitup_desktop.domain.exchange.located_json import Located, Refused, members_of
from izzitup_desktop.domain.messages import say

FORMAT = "izzitup-board"
VERSION = 1

_MEMBERS = ("format", "version", "exported", "groups", "services")
_REQUIRED = ("format", "version", "services")


def write_json(document: Document, exported: datetime) -> str:
    """The document as JSON; what a service does not tell is left out."""
    services = [
        {name: service.value_of(name) for name in FIELDS if service.value_of(name) is not None}
        for service in document.services
    ]
    board = {
        "format": FORMAT,
        "version": VERSION,
        "exported": exported.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "groups": list(document.groups),
        "services": services,
    }
    return json.dumps(board, ensure_ascii=False, indent=2) + "\n"


def parse_json(text: str) -> Document:
    """What `write_json` wrote. Nothing unknown is skipped: it is an error."""
    try:
        return board_of(members_of(text))
    except Refused as refused:
        return Document((), errors=(refused.error,))


def board_of(members: dict[str, Located]) -> Document:
    """`parse_json` of what is scanned already."""
    if strange := _strange(members):
        return Document((), errors=(strange,))
    errors = [
        LineError(member.line, name, say("There is no such field."))
        for name, member in members.items()
        if name not in _MEMBERS
    ]
    _check_exported(members.get("exported"), errors)
    groups = checked_groups(
        ((item.line, item.value) for item in items_of(members, "groups", errors)), errors
    )
    services = []
    for item in items_of(members, "services", errors):
        if not isinstance(item.value, dict):
            errors.append(LineError(item.line, "services", say("A service must be an object.")))
        elif (service := checked_service(item.value, item.line, errors)) is not None:
            services.append(service)
    errors += duplicates(services)
    return Document(tuple(services), groups, tuple(sorted(errors, key=lambda e: e.line)))


def items_of(members: dict[str, Located], name: str, errors: list[LineError]) -> list[Located]:
    """The items of a member that must be an array; none where it is missing."""
    member = members.get(name)
    if member is None:
        return []
    if not isinstance(member.value, list):
        errors.append(LineError(member.line, name, say("This must be an array.")))
        return []
    return member.value


def _strange(members: dict[str, Located]) -> LineError | None:
    """Why this is no board of ours at all, None where it is one."""
    for name in _REQUIRED:
        if name not in members:
            return LineError(1, name, say("This is missing: it is no board exported by IzzitUp."))
    marker, version = members["format"], members["version"]
    if marker.value != FORMAT:
        return LineError(marker.line, "format", say("This is no board exported by IzzitUp."))
    if type(version.value) is not int or version.value < 1:
        return LineError(version.line, "version", say("This must be a whole number from 1."))
    if version.value > VERSION:
        reason = say("This was exported by a newer version of IzzitUp. Update this one.")
        return LineError(version.line, "version", reason)
    return None


def _check_exported(member: Located | None, errors: list[LineError]) -> None:
    if member is not None and not _is_time(member.value):
        errors.append(LineError(member.line, "exported", say("This must be a time in ISO 8601.")))


def _is_time(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
