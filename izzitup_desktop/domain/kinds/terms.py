"""On what terms a service has its status: until when, held by whom, wished for by a script.

Entries of `service.status` carry these fields, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.concepts import Concept, Field, KindSpec, Notice
from izzitup_desktop.domain.field_rules import (
    assert_actor,
    assert_settable,
    assert_time,
    optional,
)
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import is_status, is_text, is_time, or_none
from izzitup_desktop.domain.messages import listed, say
from izzitup_desktop.domain.statuses import status_word

SERVICE_TERMS = Kind("service.terms")
SERVICE_WISHED = Kind("service.wished")
SERVICE_DUE = Kind("service.due")

TERMS_FIELDS = {
    "until": Field(or_none(is_time), optional(assert_time)),
    "until_status": Field(or_none(is_status), optional(assert_settable), is_status=True),
    "held_by": Field(is_text, assert_actor),
}


def terms_words(fields: Mapping[str, Any]) -> str:
    """The terms that one side of an entry tells of, "" for none."""
    parts: list[str] = []
    if fields.get("until"):
        parts.append(say("until %1", datetime.fromisoformat(fields["until"])))
        if fields.get("until_status"):
            parts.append(say("then %1", status_word(fields["until_status"])))
    elif "until" in fields:
        parts.append(say("for as long as it takes"))
    if fields.get("held_by"):
        parts.append(say("held by %1", fields["held_by"]))
    elif "held_by" in fields:
        parts.append(say("released"))
    return listed(parts) if parts else ""


def _step(entry: Entry, thing: str) -> str:
    if entry.after.get("held_by"):
        return say("hold %1", thing)
    return say("release %1", thing) if entry.before.get("held_by") else say("change %1", thing)


def _wish(entry: Entry) -> str:
    return status_word(entry.after["wish_status"])


TERMS = Concept(
    "terms",
    (
        KindSpec(
            SERVICE_TERMS,
            say("terms changed"),
            lambda entry: terms_words(entry.after) or say("terms changed"),
            step=_step,
            fields=TERMS_FIELDS,
            touches=frozenset(TERMS_FIELDS),
        ),
        KindSpec(
            SERVICE_WISHED,
            say("a script’s wish was held back"),
            lambda entry: say("%1 (%2)", say("a script’s wish was held back"), _wish(entry)),
            fields={"wish_status": Field(is_status, assert_settable, is_status=True)},
            needed_after=("wish_status",),
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: say("%1: a wish was held back", entry.subject_name),
                lambda entry: say(
                    "%1 asked for %2; somebody holds the status.", entry.actor, _wish(entry)
                ),
                lambda count: say("%1 services: a wish was held back", count),
                "lock",
            ),
        ),
        KindSpec(
            SERVICE_DUE,
            say("its time is over"),
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: say("%1: its time is over", entry.subject_name),
                lambda _entry: say("The time it was set for is over. What is its status now?"),
                lambda count: say("%1 services: their time is over", count),
                "clock",
            ),
        ),
    ),
)
