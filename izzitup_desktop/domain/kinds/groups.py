"""Groups: added, renamed, moved, deleted; what is in one put in order."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Concept, Field, Holds, KindSpec
from izzitup_desktop.domain.field_rules import (
    assert_count,
    assert_flag,
    assert_group_name,
    assert_id,
    optional,
)
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.journal_fields import is_flag, is_number, is_text, or_none
from izzitup_desktop.domain.messages import msg

GROUP_ADDED = Kind("group.added")
GROUP_EDITED = Kind("group.edited")
GROUP_MOVED = Kind("group.moved")
GROUP_REMOVED = Kind("group.removed")
GROUP_ORDERED = Kind("group.ordered")

_NAME = {"name": Field(is_text, assert_group_name)}
_REMOVED = {"removed": Field(is_flag, assert_flag)}
_PLACE = {
    "position": Field(is_number, assert_count),
    "next": Field(or_none(is_number)),
    "group_id": Field(or_none(is_number), optional(assert_id), holds=Holds.THING, told_as="group"),
}

GROUPS = Concept(
    "group",
    (
        KindSpec(
            GROUP_ADDED,
            msg("group added"),
            step=lambda _entry, thing: msg("add %1", thing),
            fields={**_NAME, **_REMOVED},
            is_begin=True,
        ),
        KindSpec(
            GROUP_EDITED,
            msg("group renamed"),
            step=lambda _entry, thing: msg("edit %1", thing),
            fields=_NAME,
            needed_before=("name",),
            needed_after=("name",),
        ),
        KindSpec(
            GROUP_MOVED,
            msg("group moved"),
            step=lambda _entry, thing: msg("move %1", thing),
            fields=_PLACE,
            needed_before=("position",),
            needed_after=("position",),
        ),
        KindSpec(
            GROUP_REMOVED,
            msg("group deleted"),
            step=lambda _entry, thing: msg("delete %1", thing),
            fields=_REMOVED,
        ),
        KindSpec(GROUP_ORDERED, msg("put in order anew"), has_effect=False, handed_over=False),
    ),
    title=msg("Groups"),
)
