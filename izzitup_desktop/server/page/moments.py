"""Times: as programs read them, and in sentences, where a script can find them.

They are in the board's zone until a script has the reader's.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from markupsafe import Markup

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.text import times
from izzitup_desktop.text.catalogue import Catalogue

_LONG_AGO_DAYS = 300
"""Further away than so, the year is told, and the time of day is not (as in `moments.js`)."""

_VALUE = re.compile(r"%([1-9])")


def rfc3339(time: datetime) -> str:
    """As `2026-11-27T21:30:00Z`, to the second: readers there are that know no fractions."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_millisecond(time: datetime) -> str:
    """As `2026-11-27T21:30:00.000Z`, RFC 3339 too."""
    utc = time.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03}Z"


def said(catalogue: Catalogue, text: Message, *values: str) -> Markup:
    """A pattern with HTML, or text that is escaped, in the place of %1, %2 …"""
    parts = _VALUE.split(catalogue.text(text))
    return Markup("").join(
        values[int(part) - 1] if place % 2 else part for place, part in enumerate(parts)
    )


def timed(wanted: Wanted, text: Message, time: datetime, now: datetime) -> Markup:
    """The sentence of a time, which stands in it shortly, in the place of %1."""
    element = Markup('<time datetime="{}">{}</time>').format(
        rfc3339(time), short(wanted.language, time, now)
    )
    return said(wanted.catalogue, text, element)


def short(language: str, time: datetime, now: datetime) -> str:
    """The time of day, with the day where it is another one than `now`'s, or with the year."""
    local, today = time.astimezone(), now.astimezone()
    clock = f"{local:%H:%M}"
    if local.date() == today.date():
        return clock
    if abs((today - local).days) > _LONG_AGO_DAYS:
        return times.day(language, local)
    return f"{times.short_day(language, local)}, {clock}"


def until(wanted: Wanted, time: datetime, now: datetime) -> Markup:
    """Until when a status is expected; what should be over is told as that."""
    sentence = msg("longer than expected (until %1)") if time <= now else msg("until %1")
    return timed(wanted, sentence, time, now)
