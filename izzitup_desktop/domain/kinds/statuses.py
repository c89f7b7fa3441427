"""Statuses of services: set, confirmed, stale, marked as a mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.concepts import Concept, Details, Field, Holds, KindSpec, Notice
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import is_number, is_time
from izzitup_desktop.domain.kinds.layers import LAYER_FIELDS, layer_words
from izzitup_desktop.domain.kinds.services import STATUS
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.statuses import status_word

SERVICE_STATUS = Kind("service.status")
SERVICE_CONFIRMED = Kind("service.confirmed")
SERVICE_STALE = Kind("service.stale")
SERVICE_MISTAKE = Kind("service.mistake")

MISTAKE = "mistake "
"""`mistake 12` is whether entry 12 is one."""

_MARKED = re.compile(r"[1-9][0-9]{0,18}")


def mistake_in(after: Mapping[str, Any]) -> tuple[int, bool]:
    """Which entry a `service.mistake` is about, and whether it is one. Raises ValueError."""
    name, mistake = next(iter(after.items()), ("", None))
    marked = name.removeprefix(MISTAKE)
    if (
        len(after) != 1
        or not name.startswith(MISTAKE)
        or not _MARKED.fullmatch(marked)
        or not isinstance(mistake, bool)
    ):
        raise ValueError(msg("It does not tell which entry was a mistake."))
    return int(marked), mistake


def _status_words(entry: Entry) -> str:
    before, after = (status_word(side["status"]) for side in (entry.before, entry.after))
    text = msg("%1 → %2", before, after)
    layers = layer_words(entry.after)
    return msg("%1 (%2)", text, layers) if layers else text


def _confirmed_words(entry: Entry) -> str:
    if "times" not in entry.before:
        return msg("confirmed")
    since = datetime.fromisoformat(entry.before["since"])
    return msg("confirmed %1 times since %2", entry.before["times"], since)


def _mistake_words(entry: Entry) -> str:
    marked, mistake = mistake_in(entry.after)
    if mistake:
        return msg("entry %1 marked as a mistake", marked)
    return msg("entry %1 is no mistake any more", marked)


def _check_confirmed(before: Details, _after: Details) -> None:
    if "times" in before and "since" not in before:
        raise ValueError(msg("It does not tell the %1.", "since"))


def _check_mistake(_before: Details, after: Details) -> None:
    mistake_in(after)


STATUSES = Concept(
    "status",
    (
        KindSpec(
            SERVICE_STATUS,
            msg("status changed"),
            _status_words,
            step=lambda entry, thing: msg(
                "set %1 to %2", thing, status_word(entry.after["status"])
            ),
            fields={**STATUS, **LAYER_FIELDS},
            needed_before=("status",),
            needed_after=("status",),
            touches=frozenset({*STATUS, *LAYER_FIELDS}),
            public=True,
            notifies=True,
        ),
        KindSpec(
            SERVICE_CONFIRMED,
            msg("confirmed"),
            _confirmed_words,
            fields={"times": Field(is_number), "since": Field(is_time, holds=Holds.TIME)},
            check=_check_confirmed,
            has_effect=False,
            handed_over=False,
        ),
        KindSpec(
            SERVICE_STALE,
            msg("not confirmed in time"),
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: msg("%1 is not confirmed", entry.subject_name),
                lambda _entry: msg("Nobody confirmed its status in time. It was not changed."),
                lambda count: msg("%1 services are not confirmed", count),
                "stale",
            ),
        ),
        KindSpec(
            SERVICE_MISTAKE,
            msg("mistake marked or unmarked"),
            _mistake_words,
            step=lambda _entry, thing: msg("mark a mistake of %1", thing),
            about_entry=MISTAKE,
            check=_check_mistake,
            # Its field has the number of the marked entry in its name, and no other kind has it.
            touches=frozenset(),
        ),
    ),
)
