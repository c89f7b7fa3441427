"""The words, times and numbers of a report, in one language and in the local zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.domain.uptime import Totals
from izzitup_desktop.report.contents import Outage, Report, time_of
from izzitup_desktop.report.days import Unit
from izzitup_desktop.text import numbers, times
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import ENGLISH
from izzitup_desktop.text.origins import actor_word
from izzitup_desktop.text.statuses import span_word

_SECOND = 1_000_000
_INSTANT = timedelta(microseconds=1)

_BARS = {
    Unit.HOUR: msg("A bar is an hour, as its worst moment was."),
    Unit.DAY: msg("A bar is a day, as its worst moment was."),
    Unit.WEEK: msg("A bar is a week, as its worst moment was."),
    Unit.MONTH: msg("A bar is a month, as its worst moment was."),
}


@dataclass(frozen=True)
class Wording:
    """What a report says, in the language of the catalogue."""

    catalogue: Catalogue

    def say(self, text: object) -> str:
        """A sentence of ours in this language, any other text as it is."""
        return self.catalogue.text(text)

    @property
    def title(self) -> str:
        """What it is, as a headline."""
        return self.say(msg("Uptime report"))

    def days(self, report: Report) -> str:
        """The first and the last day."""
        first = self.day(report.asked.begin)
        last = self.day(report.asked.end - _INSTANT)
        return first if first == last else f"{first} – {last}"

    def made(self, report: Report) -> str:
        """When it was made, and in which zone its times are."""
        zones = dict.fromkeys(
            time.astimezone().tzname() or "" for time in (report.asked.begin, report.asked.end)
        )
        return self.say(
            msg(
                "Made on %1. From %2 to %3; times are %4.",
                self.moment(report.made),
                self.moment(report.asked.begin),
                self.moment(report.asked.end),
                " / ".join(zones),
            )
        )

    def tiles(self, report: Report) -> list[tuple[str, str]]:
        """The totals, each with what it is."""
        totals, longest = report.totals, max((o.span.length for o in report.outages), default=0)
        return [
            (self.share(totals.uptime), self.say(msg("Uptime"))),
            (self.length(totals.outage), self.say(msg("Outage, of all services together"))),
            (str(report.outages_count), self.say(msg("Times not operational"))),
            (self.length(longest), self.say(msg("The longest of them"))),
        ]

    def figures_heads(self) -> list[str]:
        """The heads of the table of figures, but for the strip's."""
        heads = (
            msg("Service"), msg("Uptime"), msg("Outage"), msg("Impaired"), msg("Unknown"),
            msg("Times"),
        )  # fmt: skip
        return [self.say(head) for head in heads]

    def figures(self, totals: Totals, times_bad: int) -> list[str]:
        """The figures of a line, in the order of the heads."""
        whole = totals.known + totals.unknown
        return [
            self.share(totals.uptime),
            self.length(totals.outage),
            self.length(totals.impaired),
            self.share(totals.unknown / whole) if totals.unknown else numbers.NONE,
            str(times_bad) if times_bad else numbers.NONE,
        ]

    def outages_heads(self) -> list[str]:
        """The heads of the list of outages."""
        heads = (
            msg("Status"), msg("Service"), msg("Begin"), msg("End"), msg("Duration"), msg("Who"),
        )  # fmt: skip
        return [self.say(head) for head in heads]

    def outage(self, outage: Outage, report: Report) -> list[str]:
        """An outage in the order of the heads."""
        asked = report.asked
        begin = self.moment(time_of(outage.span.begin))
        end = self.moment(time_of(outage.span.end))
        if outage.is_older:
            begin = self.say(msg("before %1", self.day(asked.begin)))
        if outage.goes_on:
            is_over = asked.end < report.made - timedelta(minutes=1)
            last_day = self.day(asked.end - _INSTANT)
            end = self.say(msg("after %1", last_day)) if is_over else self.say(msg("goes on"))
        return [
            self.status(outage.span.status_id),
            outage.name,
            begin,
            end,
            self.length(outage.span.length),
            self.say(actor_word(outage.who)) if outage.who else numbers.NONE,
        ]

    def outages_title(self) -> str:
        """The heading of the list of outages."""
        return self.say(msg("When it was not operational"))

    def figures_title(self) -> str:
        """The heading of the table of figures."""
        return self.say(msg("Groups and services"))

    def notes(self, report: Report) -> Sequence[str]:
        """How to read the figures, and what is left out of them."""
        return [self.say(note) for note in _notes(report)]

    def cut(self, report: Report) -> str:
        """That not all outages are listed; "" where all are."""
        listed = len(report.outages)
        if listed == report.outages_count:
            return ""
        text = msg(
            "The newest %1 of %2; a report of a shorter time lists them all.",
            listed,
            report.outages_count,
        )
        return self.say(text)

    def none(self) -> str:
        """That there was no outage."""
        return self.say(msg("Never, as far as is known."))

    def strip_head(self) -> str:
        """The head of the strips."""
        return self.say(msg("History"))

    def strip(self, report: Report) -> str:
        """What a bar is."""
        return self.say(_BARS[report.bars.unit])

    def status(self, status_id: int) -> str:
        """A status, or that nobody knows."""
        return self.say(span_word(status_id))

    def share(self, share: float | None) -> str:
        """A share (0 to 1) as a percentage."""
        return numbers.percent(
            share, lambda value, digits: numbers.number(self.catalogue.language, value, digits)
        )

    def length(self, microseconds: int) -> str:
        """A length of time; what is shorter than a second is not called nothing."""
        if 0 < microseconds < _SECOND:
            return self.say(msg("< 1 s"))
        return self.say(times.lasting(microseconds / _SECOND)) if microseconds else numbers.NONE

    def day(self, time: datetime) -> str:
        """The local day."""
        return self._local(time, "")

    def moment(self, time: datetime) -> str:
        """The local time to the second, without the zone."""
        return self._local(time, " %H:%M:%S")

    def _local(self, time: datetime, form: str) -> str:
        day = "%Y-%m-%d" if self.catalogue.language == ENGLISH else "%d.%m.%Y"
        return time.astimezone().strftime(day + form)


def _notes(report: Report) -> Sequence[str]:
    notes = [
        msg(
            "Uptime is the share of the time known without outage; impaired counts as up. Time in "
            "which the application did not run is unknown, and counts as neither."
        )
    ]
    if report.mistakes:
        notes.append(
            counted(
                "%1 change is left out, as it was marked as a mistake: the time counts as what "
                "was before it.",
                "%1 changes are left out, as they were marked as mistakes: the time counts as "
                "what was before them.",
                report.mistakes,
            )
        )
    return notes
