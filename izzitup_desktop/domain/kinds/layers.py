"""The layers over a status: its expiry, who holds it, what a script proposed.

Entries of `service.status` carry these fields, too. What kinds and fields are called in
the journal is a file format: `service.terms`, `service.wished`, `wish_status` stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.comments import FOR_THE_PAGE
from izzitup_desktop.domain.concepts import Concept, Field, Holds, KindSpec, Notice
from izzitup_desktop.domain.field_rules import (
    assert_actor,
    assert_flag,
    assert_settable,
    assert_time,
    optional,
)
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import is_flag, is_status, is_text, is_time, or_none
from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.statuses import status_word

SERVICE_OPTIONS = Kind("service.terms")
SERVICE_PROPOSED = Kind("service.wished")
SERVICE_DUE = Kind("service.due")

SAID = {FOR_THE_PAGE: Field(is_flag, assert_flag, told_as="comment_public")}
"""Of what may have a comment for the page."""

LAYER_FIELDS = {
    "until": Field(or_none(is_time), optional(assert_time), holds=Holds.TIME),
    "until_status": Field(
        or_none(is_status), optional(assert_settable), holds=Holds.STATUS, told_as="then"
    ),
    "held_by": Field(is_text, assert_actor, holds=Holds.HOLDER),
}


def layer_words(fields: Mapping[str, Any]) -> str:
    """The layers that one side of an entry tells of, "" for none."""
    parts: list[str] = []
    if fields.get("until"):
        parts.append(msg("until %1", datetime.fromisoformat(fields["until"])))
        if fields.get("until_status"):
            parts.append(msg("then %1", status_word(fields["until_status"])))
    elif "until" in fields:
        parts.append(msg("for as long as it takes"))
    if fields.get("held_by"):
        parts.append(msg("held by %1", fields["held_by"]))
    elif "held_by" in fields:
        parts.append(msg("released"))
    return listed(parts) if parts else ""


def _step(entry: Entry, thing: str) -> str:
    if entry.after.get("held_by"):
        return msg("hold %1", thing)
    return msg("release %1", thing) if entry.before.get("held_by") else msg("change %1", thing)


def _proposed(entry: Entry) -> str:
    return status_word(entry.after["wish_status"])


LAYERS = Concept(
    "layers",
    (
        KindSpec(
            SERVICE_OPTIONS,
            msg("options changed"),
            lambda entry: layer_words(entry.after) or msg("options changed"),
            step=_step,
            fields={**LAYER_FIELDS, **SAID},
            touches=frozenset(LAYER_FIELDS),
        ),
        KindSpec(
            SERVICE_PROPOSED,
            msg("a script proposed a status"),
            lambda entry: msg("%1 (%2)", msg("a script proposed a status"), _proposed(entry)),
            fields={
                "wish_status": Field(
                    is_status, assert_settable, holds=Holds.PROPOSAL, told_as="proposal"
                )
            },
            needed_after=("wish_status",),
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: msg("%1: a status was proposed", entry.subject_name),
                lambda entry: msg(
                    "%1 proposed %2; somebody holds the status.", entry.actor, _proposed(entry)
                ),
                lambda count: msg("%1 services: a status was proposed", count),
                "lock",
            ),
        ),
        KindSpec(
            SERVICE_DUE,
            msg("expired"),
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: msg("%1: status expired", entry.subject_name),
                lambda _entry: msg("The time it was set for is over. What is its status now?"),
                lambda count: msg("%1 services: status expired", count),
                "clock",
            ),
        ),
    ),
)
