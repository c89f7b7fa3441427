"""What a page says, in one language, its times in the board's zone.

Times stand in `<time>` elements: the page's script puts them into the reader's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from markupsafe import Markup

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.messages import Message, counted, listed, msg
from izzitup_desktop.domain.statuses import status_word
from izzitup_desktop.server.page.moments import rfc3339, said
from izzitup_desktop.server.page.titles import UNGROUPED, UNTITLED
from izzitup_desktop.text import times
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.numbers import number, percent

_MINUTE = 60

LABELS: Mapping[str, Message] = {
    "address": msg("Address"),
    "appearance": msg("Appearance"),
    "api": msg("API for programs"),
    "apply": msg("Apply"),
    "atom": msg("Atom feed"),
    "badge": msg("Badge"),
    "badge_about": msg("A picture of the status for a wiki or a README. It is always up to date."),
    "calendar": msg("Calendar"),
    "calendar_about": msg("Planned maintenance and disruptions, for any calendar program."),
    "calendar_add": msg("Subscribe in the calendar program"),
    "cancelled": msg("cancelled"),
    "changes": msg("Disruptions"),
    "copied": msg("Copied"),
    "copy": msg("Copy"),
    "dark": msg("Dark"),
    "day": msg("Day"),
    "days": msg("Days with disruptions"),
    "each": msg("Of one service"),
    "feed_about": msg("An entry for each public change, for any feed reader."),
    "feed_of": msg("Atom feed of all services"),
    "front": msg("To the board"),
    "going_on": msg("Going on now"),
    "history": msg("History"),
    "language": msg("Language"),
    "light": msg("Light"),
    "lost": msg("No contact since %1. What is shown may be out of date."),
    "maintenance": msg("Planned maintenance"),
    "main_links": msg("Pages"),
    "newer": msg("Newer"),
    "no_days": msg("No disruption in the days shown."),
    "no_disruption": msg("No disruption"),
    "no_page": msg("There is no such page."),
    "no_page_about": msg("It may have been moved, or it was never there."),
    "nothing": msg("Nothing happened."),
    "nothing_else": msg("Nothing else happened."),
    "older": msg("Older"),
    "other_services": UNGROUPED,
    "over": msg("over"),
    "plain_about": msg("The board as plain text, for terminals."),
    "plain": msg("Text"),
    "programs": msg("For programs"),
    "programs_about": msg("The status as JSON, in the format of Statuspage."),
    "service": msg("Service"),
    "services": msg("Services"),
    "skip": msg("Skip to the content"),
    "stale": msg("not confirmed"),
    "status_page": UNTITLED,
    "strip": msg("Days of %1"),
    "subscribe": msg("Subscribe"),
    "subscribe_about": msg("Be told of changes without coming back to this page."),
    "system": msg("System"),
    "today": msg("Today"),
    "under_way": msg("under way"),
    "wall": msg("Wall display"),
    "unknown": msg("Unknown"),
    "uptime": msg("Uptime"),
}
"""What templates say, by the name that they have for it."""

_TIMES: Mapping[tuple[bool, bool], Markup] = {
    (True, True): Markup('<time datetime="{}">{}</time>'),
    (True, False): Markup('<time class="b" datetime="{}">{}</time>'),
    (False, True): Markup('<time class="h" datetime="{}">{}</time>'),
    (False, False): Markup('<time class="h b" datetime="{}">{}</time>'),
}
"""By whether the day is shown (`h`: it is not), and whether the zone is (`b`: it is not)."""


class Wording:
    """The words of one page in one language."""

    def __init__(self, catalogue: Catalogue, now: datetime) -> None:
        self.catalogue = catalogue
        self.language = catalogue.language
        self.now = now
        self._today = now.astimezone().date()
        self._labels: dict[str, str] = {}
        # A large board says the same few things of many services.
        self._statuses: dict[int, str] = {}
        self._uptimes: dict[tuple[float | None, int], str] = {}

    def __getitem__(self, name: str) -> str:
        """One of the `LABELS`."""
        if name not in self._labels:
            self._labels[name] = self.catalogue.text(LABELS[name])
        return self._labels[name]

    def text(self, text: object) -> str:
        """A sentence as plain text."""
        return self.catalogue.text(text)

    def say(self, text: Message, *values: str) -> Markup:
        """A pattern with HTML, or text that is escaped, in the place of %1, %2 …"""
        return said(self.catalogue, text, *values)

    def named(self, text: Message) -> Markup:
        """A sentence whose values are names, each of its own direction."""
        if text.many:
            return Markup("{}").format(self.catalogue.text(text))
        names = (Markup("<bdi>{}</bdi>").format(str(value)) for value in text.values)
        return self.say(msg(text.pattern), *names)

    def status(self, status_id: int) -> str:
        """A status's word, and that for days of which nobody knows."""
        if status_id not in self._statuses:
            word = self.catalogue.text(status_word(status_id)) if status_id else self["unknown"]
            self._statuses[status_id] = word
        return self._statuses[status_id]

    def lasting(self, seconds: float) -> str:
        """A length of time in words."""
        return self.catalogue.text(times.lasting(max(seconds, 0)))

    def uptime(self, share: float | None, days: int) -> str:
        """The uptime in so many days of which something is known."""
        if (share, days) not in self._uptimes:
            told = counted("%2 in %1 day", "%2 in %1 days", days, self.percent(share))
            text = self["unknown"] if share is None else self.catalogue.text(told)
            self._uptimes[share, days] = text
        return self._uptimes[share, days]

    def percent(self, share: float | None) -> str:
        """A share of time, in which no outage is rounded away."""
        return percent(share, lambda value, digits: number(self.language, value, digits))

    # Times

    def when(self, time: datetime) -> Markup:
        """A day and a time of day, with the zone."""
        return self._timed(time.astimezone())

    def near(self, time: datetime, day: date | None = None) -> Markup:
        """A time, without the day where it is of `day`, or else today."""
        local = time.astimezone()
        return self._timed(local, has_day=local.date() != (day or self._today))

    def clock(self, time: datetime) -> Markup:
        """A time of day, with the zone."""
        return self._timed(time.astimezone(), has_day=False)

    def _timed(self, local: datetime, *, has_day: bool = True, has_zone: bool = True) -> Markup:
        """The element; its class says what of the time is shown."""
        shown = local.strftime("%H:%M %Z" if has_zone else "%H:%M")
        if has_day:
            shown = f"{self.day(local)}, {shown}"
        return _TIMES[has_day, has_zone].format(rfc3339(local), shown)

    def day(self, date_: date) -> str:
        """A day with its year."""
        return times.day(self.language, date_)

    def short_day(self, date_: date) -> str:
        """A day of a year that is known."""
        return times.short_day(self.language, date_)

    def month(self, date_: date) -> str:
        """The month of a day."""
        return times.month(self.language, date_)

    def since(self, time: datetime) -> Markup:
        """From when on, and for how long."""
        return self._going_on(time, self.near(time))

    def span(self, begin: datetime, end: datetime | None, day: date | None = None) -> Markup:
        """From when to when, and how long; under a heading of `day`, where there is one.

        What goes on has no end yet.
        """
        if end is None:
            return self._going_on(begin, self.near(begin, day))
        length = self.lasting((end - begin).total_seconds())
        first, last = begin.astimezone(), end.astimezone()
        is_one_day, is_one_zone = first.date() == last.date(), first.tzname() == last.tzname()
        return self.say(
            msg("%1 – %2 (%3)"),
            self._timed(
                first, has_day=first.date() != (day or self._today),
                has_zone=not (is_one_day and is_one_zone),
            ),
            self._timed(last, has_day=not is_one_day),
            length,
        )  # fmt: skip

    def _going_on(self, begin: datetime, shown: Markup) -> Markup:
        seconds = (self.now - begin).total_seconds()
        if seconds < _MINUTE:
            return self.say(msg("since %1"), shown)
        return self.say(msg("since %1 (%2)"), shown, self.lasting(seconds))

    def expected(self, expiry: Expiry | None) -> Markup | str:
        """Until when a status is expected, and what then; "" where nobody said so."""
        if expiry is None:
            return ""
        at = self.near(expiry.until)
        if expiry.until <= self.now:
            return self.say(msg("longer than expected (until %1)"), at)
        if expiry.then is None:
            return self.say(msg("expected until %1"), at)
        return self.say(msg("expected until %1; then %2"), at, self.status(expiry.then))

    def ahead(self, time: datetime) -> str:
        """How far a time is ahead."""
        ahead = time - self.now
        if ahead >= timedelta(days=1):
            return self.catalogue.text(counted("in %1 day", "in %1 days", ahead.days))
        seconds = ahead / timedelta(seconds=1)
        return self.catalogue.text(msg("in %1", times.lasting(max(seconds, 0))))

    def listed(self, names: list[str]) -> str:
        """Some names after each other; "" for none."""
        return self.catalogue.text(listed(names)) if names else ""
