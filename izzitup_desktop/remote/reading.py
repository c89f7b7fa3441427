"""What the API v1 answers, as the domain has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service

Json = dict[str, Any]


def time_of(text: str) -> datetime:
    """A time with its zone. Raises ValueError, TypeError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r:.80} has no zone")
    return found


def time_or_none(text: str | None) -> datetime | None:
    """A time, or none."""
    return None if text is None else time_of(text)


def service_of(told: Json) -> Service:
    """A service; what only those who signed in are told is empty for others."""
    group = told["group"]
    return Service(
        id=told["id"],
        name=told["name"],
        key=told["key"],
        description=told["description"],
        url=told["url"],
        check_url=told["check_url"],
        status_id=told["status"]["id"],
        hidden=told.get("hidden", False),
        created=time_of(told["created"]),
        updated=time_of(told["updated"]),
        group_id=None if group is None else group["id"],
        note=told.get("note", ""),
        position=0,
        since=time_of(told["since"]),
        changed_by=told.get("changed_by", ""),
        version=0,
        confirmed=time_of(told["confirmed"]),
        stale_minutes=told["stale_minutes"],
        stale=told["stale"],
        comment=told.get("comment", ""),
    )


def group_of(told: Json) -> Group:
    """A group."""
    return Group(told["id"], told["name"], told["position"], version=0)
