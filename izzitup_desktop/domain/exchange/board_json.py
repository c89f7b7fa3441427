"""The board as JSON: groups in their order, and services; no accounts, no secrets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from izzitup_desktop.domain.exchange.items import (
    FIELDS,
    Document,
    Enough,
    Errors,
    ExchangeService,
    GroupNames,
    LineError,
    add_duplicates,
    checked_service,
)
from izzitup_desktop.domain.exchange.located_json import Located, Refused, Taker, members_of
from izzitup_desktop.domain.messages import msg

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
    board = BoardReader()
    try:
        return board.document(members_of(text, board.takers))
    except Refused as refused:
        return Document((), errors=(refused.error,))


class BoardReader:
    """Takes the items of an exported board, each checked as it comes."""

    def __init__(self) -> None:
        self._errors = Errors()
        self._groups = GroupNames(self._errors)
        self._services: list[ExchangeService] = []
        self.takers: dict[str, Taker] = {"groups": self._take_group, "services": self._take}

    def document(self, members: dict[str, Located]) -> Document:
        """What was taken, when the other members say that it is a board of ours."""
        if strange := _strange(members):
            return Document((), errors=(strange,))
        errors = self._errors
        try:
            for name, member in members.items():
                if name not in _MEMBERS:
                    errors.add(member.line, name, msg("There is no such field."))
            _check_exported(members.get("exported"), errors)
            for name in self.takers:
                check_array(members, name, errors)
            add_duplicates(self._services, errors)
        except Enough:
            pass
        return Document(
            tuple(self._services), self._groups.all(), errors.by_line(), more_errors=errors.more
        )

    def _take_group(self, item: Located) -> None:
        self._groups.add(item.line, item.value)

    def _take(self, item: Located) -> None:
        if not isinstance(item.value, dict):
            self._errors.add(item.line, "services", msg("A service must be an object."))
        elif (service := checked_service(item.value, item.line, self._errors)) is not None:
            self._services.append(service)


def check_array(members: dict[str, Located], name: str, errors: Errors) -> None:
    """Add an error for a member that is no array."""
    member = members.get(name)
    if member is not None and not isinstance(member.value, list):
        errors.add(member.line, name, msg("This must be an array."))


def _strange(members: dict[str, Located]) -> LineError | None:
    """Why this is no board of ours at all, None where it is one."""
    for name in _REQUIRED:
        if name not in members:
            return LineError(1, name, msg("This is missing: it is no board exported by IzzitUp."))
    marker, version = members["format"], members["version"]
    if marker.value != FORMAT:
        return LineError(marker.line, "format", msg("This is no board exported by IzzitUp."))
    if type(version.value) is not int or version.value < 1:
        return LineError(version.line, "version", msg("This must be a whole number from 1."))
    if version.value > VERSION:
        reason = msg("This was exported by a newer version of IzzitUp. Update this one.")
        return LineError(version.line, "version", reason)
    return None


def _check_exported(member: Located | None, errors: Errors) -> None:
    if member is not None and not _is_time(member.value):
        errors.add(member.line, "exported", msg("This must be a time in ISO 8601."))


def _is_time(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
