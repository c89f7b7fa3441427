"""Calendars (RFC 5545): planned work, and disruptions that have an end.

Who subscribes wants to see what is planned, to be warned when a thing that is broken now
will be back, and to look up later when it was. So a disruption is in the calendar once
somebody promised its end, and stays in it with its real times when it is over; one that
goes on without a promise would have to end at some made-up time, and is not. None of them
makes anybody busy, and none rings.

What is the same is the same bytes: the stamp of an event is when it last changed, as RFC
5545 has it where no method is named, and never when somebody asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PublicBoard,
)
from izzitup_desktop.domain.statuses import status_word
from izzitup_desktop.server.page.addresses import disruption_page
from izzitup_desktop.server.page.feeds.entries import lines
from izzitup_desktop.server.page.feeds.names import (
    board_name,
    disruption_uid,
    sayable,
    when,
)
from izzitup_desktop.server.page.formats import Document, Wanted

MEDIA_TYPE = "text/calendar; charset=utf-8"

AHEAD = timedelta(days=180)
BACK = timedelta(days=30)
"""How far planned work reaches into the future and the past, and how long a cancellation stays."""

DISRUPTIONS_MOST = 200
"""The newest: the library takes a while for each, and calendars are for few."""

REFRESH = timedelta(minutes=15)

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT; texts are as people wrote them."""

    uid: str
    title: str
    begin: datetime
    end: datetime
    changed: datetime
    created: datetime | None
    sequence: int
    status: str
    categories: Sequence[str]
    link: str
    paragraphs: Sequence[str]


def of_board(board: PublicBoard, wanted: Wanted) -> Document:
    """The calendar of all services."""
    events = _events(board, wanted, board.disruptions, board.maintenance)
    return _document(board_name(board, wanted), events, wanted)


def of_group(board: PublicBoard, wanted: Wanted) -> Document | None:
    """The calendar of one group's services."""
    group = board.group(wanted.parameters["group"])
    if group is None:
        return None
    ids = {one.id for one in group.services}
    disruptions = (one for one in board.disruptions if one.service_id in ids)
    maintenance = (one for one in board.maintenance if ids.intersection(one.service_ids))
    name = group.name or wanted.words(msg("No group"))
    title = wanted.words(msg("%1: %2", board_name(board, wanted), name))
    return _document(title, _events(board, wanted, disruptions, maintenance), wanted)


def _events(
    board: PublicBoard, wanted: Wanted,
    disruptions: Iterable[Disruption], maintenance: Iterable[Maintenance],
) -> Sequence[Event]:  # fmt: skip
    planned = [one for one in maintenance if _is_near(one, board.made)]
    ended = [one for one in disruptions if one.end is not None or one.expiry is not None]
    found = [_of_maintenance(one, board, wanted) for one in planned]
    found += (_of_disruption(one, board, wanted) for one in ended[:DISRUPTIONS_MOST])
    return sorted(found, key=lambda event: (event.begin, event.uid))


def _is_near(maintenance: Maintenance, now: datetime) -> bool:
    if maintenance.is_cancelled:
        return maintenance.changed > now - BACK
    return maintenance.end > now - BACK and maintenance.begin < now + AHEAD


def _of_maintenance(maintenance: Maintenance, board: PublicBoard, wanted: Wanted) -> Event:
    names = board.names_of(maintenance.service_ids)
    title = maintenance.title
    if maintenance.is_cancelled:
        title = msg("Cancelled: %1", title)
    told = [*lines(maintenance.text), *([listed(names)] if names else [])]
    return Event(
        uid=sayable(maintenance.uid),
        title=wanted.words(title),
        begin=maintenance.begin,
        end=maintenance.end,
        changed=maintenance.changed,
        created=None,
        sequence=maintenance.sequence,
        status="CANCELLED" if maintenance.is_cancelled else "CONFIRMED",
        categories=[wanted.words(msg("Planned work"))],
        link=f"{wanted.base}/events",
        paragraphs=[wanted.words(text) for text in told],
    )  # fmt: skip


def _of_disruption(disruption: Disruption, board: PublicBoard, wanted: Wanted) -> Event:
    promised = disruption.expiry.until if disruption.expiry is not None else None
    end = disruption.end or promised or disruption.begin
    is_late = disruption.end is None and end <= board.made
    changed = _changed(disruption, board)
    word = status_word(disruption.worst)
    named = msg("%1: %2", disruption.service_name, word)
    return Event(
        uid=disruption_uid(disruption),
        title=wanted.words(msg("%1, longer than expected", named) if is_late else named),
        begin=disruption.begin,
        end=end,
        changed=changed,
        created=disruption.begin,
        # Its end may be moved without a word: what is newer is so by its time.
        sequence=int((changed - disruption.begin).total_seconds()),
        status="CONFIRMED" if disruption.end is not None else "TENTATIVE",
        categories=[wanted.words(word)],
        link=disruption_page(wanted.base, disruption),
        paragraphs=[wanted.words(text) for text in _told(wanted, disruption, promised)],
    )


def _changed(disruption: Disruption, board: PublicBoard) -> datetime:
    """When it, or its promise, last changed."""
    last = disruption.changes[-1].time
    if disruption.end is not None:
        return max(last, disruption.end)
    service = board.services.get(disruption.service_id)
    return last if service is None else max(last, service.updated)


def _told(wanted: Wanted, disruption: Disruption, promised: datetime | None) -> Iterator[str]:
    for change in reversed(disruption.changes):
        for place, line in enumerate(lines(change.comment)):
            yield line if place else msg("%1: %2", when(wanted, change.time), line)
    if promised is not None:
        yield msg("Expected until %1", when(wanted, promised))


def _document(title: str, events: Sequence[Event], wanted: Wanted) -> Document:
    # A tenth of a second, which nobody waits for who asks for no calendar.
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//IzzitUp//Status page//{wanted.language.upper()}")
    calendar.add("CALSCALE", "GREGORIAN")
    # The library doesn't know these names, and would not escape what is said by them.
    calendar.add("X-WR-CALNAME", vText(sayable(title)))
    calendar.add("NAME", vText(sayable(title)))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    # Outlook reads this one.
    calendar.add("X-PUBLISHED-TTL", "PT15M")
    for event in events:
        calendar.add_component(_component(event, wanted.language))
    if not events:
        calendar.add_component(_nothing())
    return Document(calendar.to_ical(sorted=False), MEDIA_TYPE)


def _component(event: Event, language: str) -> Any:
    import icalendar  # as above

    made = icalendar.Event()
    made.add("UID", event.uid)
    made.add("DTSTAMP", _whole(event.changed))
    made.add("LAST-MODIFIED", _whole(event.changed))
    if event.created is not None:
        made.add("CREATED", _whole(event.created))
    made.add("SEQUENCE", event.sequence)
    begin = _whole(event.begin)
    made.add("DTSTART", begin)
    # It must end after its begin, and a whole second is the least that a calendar knows.
    made.add("DTEND", max(_whole(event.end), begin + _SECOND))
    made.add("SUMMARY", sayable(event.title), parameters={"LANGUAGE": language})
    if event.paragraphs:
        made.add("DESCRIPTION", sayable("\n".join(event.paragraphs)))
    made.add("STATUS", event.status)
    made.add("CATEGORIES", [sayable(one) for one in event.categories])
    made.add("URL", event.link)
    made.add("TRANSP", "TRANSPARENT")
    return made


def _nothing() -> Any:
    """What stands in a calendar without events: the standard has none without anything."""
    import icalendar  # as above

    made = icalendar.Timezone()
    made.add("TZID", "UTC")
    standard = icalendar.TimezoneStandard()
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 -- a zone's own local time
    standard.add("TZOFFSETFROM", timedelta())
    standard.add("TZOFFSETTO", timedelta())
    made.add_component(standard)
    return made


def _whole(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(microsecond=0)
