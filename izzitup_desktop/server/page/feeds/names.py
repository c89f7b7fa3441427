"""What feeds and calendars call things: ids that hold for ever, addresses, and the board itself.

An id must not change when the board gets another address, or readers take all that they
know for new. The journal's id alone is not enough, as a restored board gives it again, and
what is older than the journal has none: service and time make it one of its kind, beside
other boards' too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PublicBoard,
    PublicChange,
    PublicService,
)
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.server.page.titles import UNTITLED
from izzitup_desktop.text.times import to_minute

AUTHORITY = "izzitup.invalid"
"""Whose ids these are (RFC 4151): a name that nobody can ever own, and no computer's."""

_UNSAYABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, halves of one, and what is none: XML can't say it, a calendar shouldn't."""


def sayable(text: str) -> str:
    """`text` without what no feed can say; its line breaks are newlines."""
    return _UNSAYABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def when(wanted: Wanted, time: datetime) -> str:
    """A time for people, in the zone of the board: nobody knows that of whoever reads."""
    return to_minute(wanted.language, time)


def change_id(change: PublicChange) -> str:
    """The id of a change."""
    return _tag("change", f"{change.id}-{change.service_id}-{_digits(change.time)}")


def disruption_id(disruption: Disruption) -> str:
    """The id of a disruption, which is not that of the change that began it."""
    return _tag("event", _one_of_its_kind(disruption))


def disruption_uid(disruption: Disruption) -> str:
    """The id of a disruption in a calendar."""
    return f"event-{_one_of_its_kind(disruption)}@{AUTHORITY}"


def maintenance_id(maintenance: Maintenance) -> str:
    """The id of an occurrence of planned work, moved or not."""
    return _tag("maintenance", quote(sayable(maintenance.uid), safe=""))


def move_id(maintenance: Maintenance) -> str:
    """The id of what was said last of an occurrence: that it is planned, moved, cancelled."""
    end = "/cancelled" if maintenance.is_cancelled else ""
    return f"{maintenance_id(maintenance)}/{maintenance.sequence}{end}"


def board_feed_id(name: str) -> str:
    """The id of a feed of the whole board. Readers know feeds by address: it is any board's."""
    return _tag("feed", name)


def service_feed_id(service: PublicService) -> str:
    """The id of a service's feed."""
    return _tag("feed", "service", f"{service.id}-{_digits(service.created)}")


def disruption_feed_id(disruption: Disruption) -> str:
    """The id of a disruption's feed."""
    return _tag("feed", "event", _one_of_its_kind(disruption))


def board_name(board: PublicBoard, wanted: Wanted) -> str:
    """What the board is called."""
    return sayable(board.choices.title).strip() or wanted.words(UNTITLED)


def _tag(*parts: str) -> str:
    return f"tag:{AUTHORITY},2026:{'/'.join(parts)}"


def _one_of_its_kind(disruption: Disruption) -> str:
    return f"{disruption.id}-{disruption.service_id}-{_digits(disruption.begin)}"


def _digits(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y%m%d%H%M%S%f}"
