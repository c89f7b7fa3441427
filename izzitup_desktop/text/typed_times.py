"""Times as people type them: "16:00", "+2h", "tomorrow 8", "fr 17:30", "28.11. 8 Uhr".

English and German words are understood whatever the language is. Times are of the local
zone. Hours and minutes ahead are elapsed time, days are the calendar's: `+1d` is the same
time tomorrow, also where clocks are set meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

MORNING = time(8)
"""When a day begins that is named without a time."""

LENGTH_MOST = 100
_AHEAD_MOST = 100_000

_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "std", "hour", "hours", "stunde", "stunden"), "hours"),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen"), "days"),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen"), "weeks"),
}
_DAYS = {
    **dict.fromkeys(("today", "heute"), 0),
    **dict.fromkeys(("tomorrow", "tmr", "morgen"), 1),
    **dict.fromkeys(("übermorgen", "uebermorgen"), 2),
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mo mon monday montag",
            "tu tue tues tuesday di dienstag",
            "we wed wednesday mi mittwoch",
            "th thu thur thurs thursday do donnerstag",
            "fr fri friday freitag",
            "sa sat saturday samstag sonnabend",
            "su sun sunday so sonntag",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner",
            "feb february februar",
            "mar march mär märz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in names.split()
}
_HOURS = {
    **dict.fromkeys(("noon", "mittag", "mittags"), time(12)),
    **dict.fromkeys(("morning", "früh", "frueh", "vormittag"), MORNING),
    **dict.fromkeys(("evening", "abend", "tonight"), time(18)),
}
_SHIFT = re.compile(r"(the )?(end of (the )?shift|shift end|(bis )?schichtende|feierabend)")
_FILLERS = frozenset(("at", "um", "on", "until", "till", "bis", "next", "nächsten", "the"))
_AHEAD = re.compile(r"(?:\+|in\b)?((?:\s*\d+(?:[.,]\d+)?\s*[a-zäöü]+\.?)+)")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zäöü]+)\.?")
_HOUR_AND_MINUTES = re.compile(r"\+?(\d+)\s*h\s*(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|uhr|h)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.(?:\s*(\d{4}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s+([a-zäöü]+)\.?,?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-zäöü]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]),?(?:\s+(\d{4}))?")


def typed_time(
    text: str, now: datetime, *, shift_end: time = time(17), zone: tzinfo | None = None
) -> datetime:
    """The UTC time that `text` means at `now` (aware), in `zone` (None: the system's).

    A time of day that is past is tomorrow's, a weekday or a date without a year the next
    one. `shift_end` is what "end of shift" means. Raises `Invalid` (field `until`).
    """
    try:
        return _Reading(now.astimezone(zone), shift_end, zone).time_of(text)
    except (ValueError, OverflowError):
        raise _unknown(text) from None


class _Reading:
    """One reading, at a time in a zone."""

    def __init__(self, now: datetime, shift_end: time, zone: tzinfo | None) -> None:
        self._now, self._shift_end, self._zone = now, shift_end, zone

    def time_of(self, text: str) -> datetime:
        """Raises ValueError or OverflowError for what is no time."""
        words = " ".join(text.casefold().split())
        if not words or len(words) > LENGTH_MOST:
            raise ValueError(words)
        if re.match(r"\d{4}-\d{2}-\d{2}t\d", words):
            found = datetime.fromisoformat(words.upper())
            return found.astimezone(UTC) if found.tzinfo else self._local(found)
        if _SHIFT.fullmatch(words):
            return self._next(self._shift_end)
        if (ahead := self._ahead(words)) is not None:
            return ahead
        return self._calendar(words)

    def _ahead(self, words: str) -> datetime | None:
        if (found := _HOUR_AND_MINUTES.fullmatch(words)) is not None:
            hours, minutes = map(int, found.groups())
            return self._now.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)
        found = _AHEAD.fullmatch(words)
        if found is None:
            return None
        exact, days = timedelta(), 0.0
        for number, name in _LENGTH.findall(found[1]):
            amount, unit = float(number.replace(",", ".")), _UNITS.get(name)
            if unit is None or amount > _AHEAD_MOST:
                return None
            if unit in ("days", "weeks") and amount.is_integer():
                days += amount * (7 if unit == "weeks" else 1)
            else:
                exact += timedelta(**{unit: amount})
        if not days:
            return self._now.astimezone(UTC) + exact
        naive = self._now.replace(tzinfo=None)
        return self._local(naive + timedelta(days=days)) + exact

    def _calendar(self, words: str) -> datetime:
        day, rest = self._day(words)
        clock, days = self._clock(rest)
        if day is None:
            if clock is None:
                raise ValueError(words)
            return self._next(clock, days)
        found = self._local(datetime.combine(day, clock or MORNING) + timedelta(days=days))
        if found <= self._now and day == self._now.date() and self._is_weekday(words):
            later = day + timedelta(days=7)
            found = self._local(datetime.combine(later, clock or MORNING))
        return found

    def _day(self, words: str) -> tuple[date | None, str]:
        """The day that is named, and what is left of the words."""
        today = self._now.date()
        if found := _ISO_DAY.match(words):
            return date(*map(int, found.groups())), words[found.end() :]
        if found := _GERMAN_DAY.match(words):
            return self._dated(int(found[1]), int(found[2]), found[3]), words[found.end() :]
        if (found := _DAY_MONTH.match(words)) and found[2] in _MONTHS:
            month = _MONTHS[found[2]]
            return self._dated(int(found[1]), month, found[3]), words[found.end() :]
        if (found := _MONTH_DAY.match(words)) and found[1] in _MONTHS:
            month = _MONTHS[found[1]]
            return self._dated(int(found[2]), month, found[3]), words[found.end() :]
        day: date | None = None
        rest: list[str] = []
        for word in _words(words):
            if day is None and word in _DAYS:
                day = today + timedelta(days=_DAYS[word])
            elif day is None and word in _WEEKDAYS:
                day = today + timedelta(days=(_WEEKDAYS[word] - today.weekday()) % 7)
            elif word == "tonight":
                day, rest = today, [*rest, word]
            else:
                rest.append(word)
        return day, " ".join(rest)

    def _dated(self, day: int, month: int, year: str | None) -> date:
        if year:
            return date(int(year), month, day)
        this = self._now.year
        for candidate in range(this, this + 9):
            try:
                found = date(candidate, month, day)
            except ValueError:
                # The 29th of February is not in each.
                continue
            if found >= self._now.date():
                return found
        raise ValueError(month)

    def _clock(self, rest: str) -> tuple[time | None, int]:
        """The time of day, None for none, and how many days later it is: midnight ends a day."""
        words = [word for word in _words(rest) if word not in _FILLERS]
        if words[:1] == ["am"]:
            # "am Montag"; after a number it is the half of a day.
            del words[0]
        if not words:
            return None, 0
        if len(words) == 1 and words[0] in _HOURS:
            return _HOURS[words[0]], 0
        if words in (["midnight"], ["mitternacht"], ["24:00"], ["24"], ["24", "uhr"]):
            return time(0), 1
        found = _CLOCK.fullmatch(" ".join(words))
        if found is None:
            raise ValueError(rest)
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").replace(".", "")
        if half in ("am", "pm"):
            if not 1 <= hour <= 12:
                raise ValueError(rest)
            hour = hour % 12 + (12 if half == "pm" else 0)
        return time(hour, minute), 0

    def _next(self, clock: time, days: int = 0) -> datetime:
        """When it is this time of day next."""
        today = self._now.date()
        for ahead in range(-1, 3):
            day = today + timedelta(days=ahead + days)
            found = self._local(datetime.combine(day, clock))
            if found > self._now:
                return found
        raise ValueError(clock)

    def _is_weekday(self, words: str) -> bool:
        return any(word in _WEEKDAYS for word in _words(words))

    def _local(self, naive: datetime) -> datetime:
        local = naive.astimezone() if self._zone is None else naive.replace(tzinfo=self._zone)
        return local.astimezone(UTC)


def _words(text: str) -> Iterator[str]:
    return (word.rstrip(".,") or word for word in text.split())


def _unknown(text: str) -> Invalid:
    return Invalid(
        "until",
        msg(
            "“%1” is no time. Type one such as 16:00, +2h, tomorrow 8, Fri 17:30 or "
            "2026-01-31 08:00.",
            text.strip()[:LENGTH_MOST],
        ),
    )
