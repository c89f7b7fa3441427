"""Times on walls and frames: short, in the board's zone, until a script has the reader's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.page.formats import Wanted
from izzitup_desktop.text.languages import ENGLISH

if TYPE_CHECKING:
    from markupsafe import Markup

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"


def machine(time: datetime) -> str:
    """As programs read it: RFC 3339, UTC, to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def short(language: str, time: datetime, now: datetime) -> str:
    """The time of day, with the day where it is another one than `now`'s, and the year."""
    local, today = time.astimezone(), now.astimezone()
    clock = f"{local:%H:%M}"
    if local.date() == today.date():
        return clock
    is_long_ago = abs((today - local).days) > 300
    if language == ENGLISH:
        day = f"{local.day} {_MONTHS[local.month - 1]}"
        return f"{day} {local.year}" if is_long_ago else f"{day}, {clock}"
    day = f"{local.day}.{local.month}."
    return f"{day}{local.year}" if is_long_ago else f"{day} {clock}"


def timed(
    wanted: Wanted, sentence_of: Callable[[str], object], time: datetime, now: datetime
) -> Markup:
    """The sentence of a time, in which the time is an element that scripts can read."""
    from markupsafe import Markup, escape  # with the templates, which are slow to come

    before, _, after = wanted.words(sentence_of(_PLACE)).partition(_PLACE)
    element = Markup('<time datetime="{}">{}</time>').format(
        machine(time), short(wanted.language, time, now)
    )
    return escape(before) + element + escape(after)


def until(wanted: Wanted, time: datetime, now: datetime) -> Markup:
    """Until when a status is expected; what should be over is told as that."""
    if time <= now:
        return timed(wanted, lambda at: msg("longer than expected (until %1)", at), time, now)
    return timed(wanted, lambda at: msg("until %1", at), time, now)
