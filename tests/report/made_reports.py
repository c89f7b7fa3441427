"""Reports of a made-up month, of as many services as one likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN, Span, Totals, totals, worst_of_each
from izzitup_desktop.report.contents import Asked, Line, Outage, Report
from izzitup_desktop.report.days import bars_of
from izzitup_desktop.report.figures import Figures

BEGIN = datetime(2026, 10, 1).astimezone(UTC)
END = datetime(2026, 11, 1).astimezone(UTC)
MADE = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)

_MINUTE = 60_000_000
_COMMENTS = (
    "vendor works on it, ticket 4711",
    "",
    "disk full on db2",
    "switch in rack 7 replaced, the old one had lost its configuration over night",
    "",
    "certificate expired",
)


def made_report(
    count: int,
    *,
    long: bool = False,
    board_name: str = "",
    logo: Logo | None = None,
    mistakes: int = 0,
    seed: int = 7,
) -> Report:
    """A report of `count` services; `long`: with names and comments as long as can be."""
    random = Random(seed)
    bars = bars_of(BEGIN, END)
    edges = [round(bound.timestamp() * 1e6) for bound in bars.bounds]
    groups = ["Office", "Network", "Production", "No group"][: max(1, min(4, count // 2))]
    lines: list[Line] = []
    outages: list[Outage] = []
    for place, group in enumerate(groups):
        members: list[Line] = []
        for number in range(count * place // len(groups), count * (place + 1) // len(groups)):
            name = f"{'Service' if number % 3 else 'Mail relay'} {number:02}"
            name = f"{name} {'of the western branch office ' * 6}"[:200] if long else name
            spans = _spans(random, edges[0], edges[-1])
            figures = Figures(name, place, group, _service(number, name, place), (totals(spans),))
            bad = [span for span in spans if span.status_id in (6, 7)]
            members.append(Line(figures, worst_of_each(spans, edges), len(bad)))
            for span in bad:
                comment = random.choice(_COMMENTS)
                comment = (comment or "why? ") * 30 if long else comment
                who = random.choice(("anna", "monitor", "bob", "schedule"))
                who = f"{who} of the night shift of the west" if long else who
                goes_on = span.end == edges[-1]
                outages.append(
                    Outage(group, name, f"K{number}", span, comment[:2000], who, False, goes_on)
                )
        sums = sum((line.totals for line in members), Totals())
        strip = tuple(max(statuses) for statuses in zip(*(m.strip for m in members), strict=True))
        head = Line(
            Figures(group, place, group, None, (sums,)), strip, sum(m.times for m in members)
        )
        lines += [head, *members]
    asked = Asked(BEGIN, END, "No group", board_name, logo)
    outages.sort(key=lambda outage: outage.span.begin)
    return Report(asked, MADE, bars, tuple(lines), tuple(outages), len(outages), mistakes)


def _spans(random: Random, begin: int, end: int) -> tuple[Span, ...]:
    found, place = [], begin
    if random.random() < 0.3:
        place = begin + random.randrange(3 * 24 * 60) * _MINUTE
        found.append(Span(UNKNOWN, begin, place))
    while place < end:
        after = min(end, place + random.randrange(2, 30 * 24) * 60 * _MINUTE)
        found.append(Span(StatusId.OPERATIONAL, place, after))
        place = after
        if place < end:
            after = min(end, place + random.randrange(1, 40 * 60) * _MINUTE // 3)
            found.append(Span(random.choice((6, 7)), place, after))
            place = after
    return tuple(found)


def _service(number: int, name: str, group_id: int) -> Service:
    time = BEGIN - timedelta(days=90)
    return Service(
        id=number + 1, name=name, key=f"K{number}", description="", url="", check_url="",
        status_id=5, hidden=False, created=time, updated=time, group_id=group_id or None, note="",
        position=number, since=time, changed_by="anna", version=1, confirmed=time,
    )  # fmt: skip
