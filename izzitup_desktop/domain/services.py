"""Services: what the board shows, and what a person may type about one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from typing import Any

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.domain.text import many_lines, one_line

# The most characters of each field.
NAME_MOST = 200
KEY_MOST = 32
DESCRIPTION_MOST = 2_000
URL_MOST = 2_000
NOTE_MOST = 2_000

STALE_MINUTES_MOST = 60 * 24 * 366

_KEY = re.compile(r"[\w.\-]+")


@dataclass(frozen=True, slots=True)
class Service:
    """One service as stored.

    The API's ten fields are `id` to `updated` (contract, "A service"); times are
    aware UTC. `since` is when it got its status, `changed_by` who set it (an
    account, a user of the operating system), `comment` why it has it (what was last said
    of it, "" for nothing), `comment_public` whether that was meant for the page, `version`
    counts its changes.

    A status may have an `expiry`, a `hold` and a script's `proposal`, each None where
    it has none. `confirmed` is when somebody last set it, the same status too; it is
    `stale` when nobody did for `stale_minutes` (0: it never gets stale).
    """

    id: int
    name: str
    key: str
    description: str
    url: str
    check_url: str
    status_id: int
    hidden: bool
    created: datetime
    updated: datetime
    group_id: int | None
    note: str
    position: int
    since: datetime
    changed_by: str
    version: int
    confirmed: datetime
    stale_minutes: int = 0
    stale: bool = False
    comment: str = ""
    comment_public: bool = False
    expiry: Expiry | None = None
    hold: Hold | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """What a person may type about a service; `checked()` before it is stored."""

    name: str
    key: str = ""
    description: str = ""
    url: str = ""
    check_url: str = ""
    hidden: bool = False
    group_id: int | None = None
    note: str = ""
    stale_minutes: int = 0

    @classmethod
    def of(cls, service: Service) -> ServiceDraft:
        """The draft that would leave `service` as it is."""
        return cls(**{name: getattr(service, name) for name in DRAFT_FIELDS})

    def checked(self) -> ServiceDraft:
        """The draft with its texts trimmed. Raises `Invalid` for the first bad field."""
        checked = {name: check(getattr(self, name)) for name, check in DRAFT_CHECKS.items()}
        return replace(self, **checked)


DRAFT_FIELDS = tuple(field.name for field in fields(ServiceDraft))
"""What a person may type, by the names that it has everywhere."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A service in the trash: since when, and who put it there ("" if unknown)."""

    service: Service
    time: datetime
    by: str


def checked_key(key: str) -> str:
    """A key scripts can type: letters, digits, `. _ -`, and not digits only."""
    key = one_line("key", key, most=KEY_MOST)
    if key and not _KEY.fullmatch(key):
        raise Invalid("key", msg("Key may hold letters, digits, '.', '_' and '-' only."))
    if key.isdigit():
        raise Invalid("key", msg("Key must not be a number alone: that is how an id looks."))
    return key


def checked_url(field: str, url: str) -> str:
    """An http(s) or mailto address, or "". Raises `Invalid`: no script or file addresses."""
    url = one_line(field, url, most=URL_MOST)
    scheme, colon, rest = url.partition(":")
    if url and not (colon and rest and scheme.lower() in ("http", "https", "mailto")):
        raise Invalid(field, msg("The address must begin with http://, https:// or mailto:."))
    return url


def checked_status(status_id: int) -> StatusId:
    """5, 6 or 7 as a `StatusId`. Raises `Invalid` for any other."""
    if status_id not in SETTABLE:
        raise Invalid(
            "status",
            msg("A service's status must be 5 (Operational), 6 (Impaired) or 7 (Outage)."),
        )
    return StatusId(status_id)


def checked_stale_minutes(minutes: int) -> int:
    """After how many minutes without confirmation a status is stale; 0 is never."""
    if not 0 <= minutes <= STALE_MINUTES_MOST:
        raise Invalid(
            "stale_minutes", msg("A status gets stale after a year at most, or never (0).")
        )
    return minutes


DRAFT_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": partial(one_line, "name", most=NAME_MOST, required=True),
    "key": checked_key,
    "description": partial(many_lines, "description", most=DESCRIPTION_MOST),
    "url": partial(checked_url, "url"),
    "check_url": partial(checked_url, "check_url"),
    "note": partial(many_lines, "note", most=NOTE_MOST),
    "stale_minutes": checked_stale_minutes,
}
"""What is asked of a draft's fields, in this order; each gives the value back, trimmed."""
