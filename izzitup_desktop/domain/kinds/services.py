"""Services: added, edited, moved, deleted and restored."""

from __future__ import annotations

from dataclasses import fields

from izzitup_desktop.domain.concepts import Concept, Field, Holds, KindSpec
from izzitup_desktop.domain.field_rules import (
    assert_count,
    assert_flag,
    assert_id,
    assert_minutes,
    assert_status,
    left_by,
    optional,
)
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.journal_fields import is_flag, is_number, is_status, is_text, or_none
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import DRAFT_CHECKS, NAME_MOST, ServiceDraft

SERVICE_ADDED = Kind("service.added")
SERVICE_EDITED = Kind("service.edited")
SERVICE_MOVED = Kind("service.moved")
SERVICE_REMOVED = Kind("service.removed")
SERVICE_RESTORED = Kind("service.restored")
SERVICE_PURGED = Kind("service.purged")

DRAFT = {
    "name": Field(is_text, left_by(DRAFT_CHECKS["name"]), msg("name")),
    "key": Field(is_text, left_by(DRAFT_CHECKS["key"]), msg("key")),
    "description": Field(is_text, left_by(DRAFT_CHECKS["description"]), msg("description")),
    "url": Field(is_text, left_by(DRAFT_CHECKS["url"]), msg("address")),
    "check_url": Field(is_text, left_by(DRAFT_CHECKS["check_url"]), msg("check address")),
    "hidden": Field(is_flag, assert_flag, msg("hidden")),
    "group_id": Field(
        or_none(is_number), optional(assert_id), msg("group"), Holds.THING, told_as="group"
    ),
    "note": Field(is_text, left_by(DRAFT_CHECKS["note"]), msg("note")),
    "stale_minutes": Field(is_number, assert_minutes, msg("stale after")),
}
"""What people edit of a service."""

STATUS = {"status": Field(is_status, assert_status, msg("status"), Holds.STATUS)}
_REMOVED = {"removed": Field(is_flag, assert_flag)}
_GROUP = {"group_id": DRAFT["group_id"]}
PLACE = {
    "position": Field(is_number, assert_count),
    "next": Field(or_none(is_number)),
    **_GROUP,
}

SERVICES = Concept(
    "service",
    (
        KindSpec(
            SERVICE_ADDED,
            msg("added"),
            step=lambda _entry, thing: msg("add %1", thing),
            fields={**DRAFT, **STATUS, **_REMOVED},
            is_begin=True,
        ),
        KindSpec(
            SERVICE_EDITED,
            msg("edited"),
            names_fields=True,
            step=lambda _entry, thing: msg("edit %1", thing),
            fields=DRAFT,
            no_others=True,
            touches=frozenset(field.name for field in fields(ServiceDraft)),
        ),
        KindSpec(
            SERVICE_MOVED,
            msg("moved"),
            step=lambda _entry, thing: msg("move %1", thing),
            fields=PLACE,
            needed_before=("position",),
            needed_after=("position",),
            touches=frozenset({"position", "group_id"}),
        ),
        KindSpec(
            SERVICE_REMOVED,
            msg("deleted"),
            step=lambda _entry, thing: msg("delete %1", thing),
            fields=_REMOVED,
        ),
        KindSpec(
            SERVICE_RESTORED,
            msg("restored"),
            step=lambda _entry, thing: msg("restore %1", thing),
            fields={**_REMOVED, **_GROUP},
        ),
        KindSpec(SERVICE_PURGED, msg("deleted for good"), fields=DRAFT),
    ),
    title=msg("Services"),
    many=lambda count: msg("%1 services", count),
    name_most=NAME_MOST,
)


def field_word(name: str) -> str:
    """What people call a field of a service; its name where it has no other."""
    known = {**DRAFT, **STATUS}.get(name)
    return name if known is None else known.word
