"""What a report tells: figures, strips and outages, all of one reading of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.domain.statuses import severity
from izzitup_desktop.domain.uptime import UNKNOWN, Span, Totals, worse, worst_of_each
from izzitup_desktop.report.days import Bars, bars_of
from izzitup_desktop.report.figures import Figures, arranged

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.board.uptime import Record

OUTAGES_MOST = 5_000
"""Nobody reads more; a report of a shorter time lists them all."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """Which report is wanted, and whose name and logo it has."""

    begin: datetime
    end: datetime
    no_group: str
    """What services without a group stand under."""
    board_name: str = ""
    logo: Logo | None = None


@dataclass(frozen=True)
class Line:
    """A group's or a service's figures, the worst of each bar, how often it was bad."""

    figures: Figures
    strip: tuple[int, ...]
    times: int

    @property
    def is_group(self) -> bool:
        """Whether it sums a group up."""
        return self.figures.service is None

    @property
    def totals(self) -> Totals:
        """How long each status held."""
        return self.figures.totals[0]


@dataclass(frozen=True)
class Outage:
    """One time in which a service was not operational, why, and who said so."""

    group: str
    name: str
    key: str
    span: Span
    comment: str
    who: str
    """"" where the journal does not know."""
    is_older: bool
    """Whether it had begun before the report does."""
    goes_on: bool
    """Whether it had not ended when the report does."""


@dataclass(frozen=True)
class Report:
    """Everything that is written, whatever it is written as."""

    asked: Asked
    made: datetime
    bars: Bars
    lines: tuple[Line, ...]
    outages: tuple[Outage, ...]
    """The newest ones, where there are too many to list; oldest first."""
    outages_count: int
    mistakes: int
    """How many changes are left out."""

    @property
    def totals(self) -> Totals:
        """Of all services together."""
        return sum((line.totals for line in self.lines if line.is_group), Totals())

    @property
    def services_count(self) -> int:
        """How many services it tells of."""
        return sum(not line.is_group for line in self.lines)


def collect(
    board: Board,
    principal: Principal,
    asked: Asked,
    made: datetime,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Read everything that the report tells. Raises `Cancelled`, and as the board does."""

    def heard(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total)

    records = board.uptime.records(principal, asked.begin, asked.end, heard)
    totals = {id_: record.history.totals for id_, record in records.items()}
    rows = arranged(board, principal, [totals], asked.no_group)
    bars = bars_of(asked.begin, asked.end)
    outages = sorted(
        (outage for row in rows for outage in _outages(row, records, asked)),
        key=lambda outage: (outage.span.begin, outage.name),
    )
    shown = [row.service.id for row in rows if row.service is not None]
    return Report(
        asked,
        made,
        bars,
        tuple(_lines(rows, records, bars)),
        tuple(outages[-OUTAGES_MOST:]),
        len(outages),
        sum(len(records[id_].history.mistakes) for id_ in shown if id_ in records),
    )


def time_of(microseconds: int) -> datetime:
    """The aware UTC time so many microseconds after 1970."""
    return _EPOCH + microseconds * _MICROSECOND


def _lines(rows: Sequence[Figures], records: Mapping[int, Record], bars: Bars) -> Iterable[Line]:
    edges = [round((bound - _EPOCH) / _MICROSECOND) for bound in bars.bounds]
    made: dict[tuple[bool, int], Line] = {}
    members: dict[int, list[Line]] = {}
    for row in rows:
        if row.service is not None:
            record = records.get(row.service.id)
            spans = record.history.spans if record else ()
            line = Line(row, worst_of_each(spans, edges), sum(map(_is_bad, spans)))
            made[row.key] = line
            members.setdefault(row.group_id, []).append(line)
    for row in rows:
        if row.service is not None:
            yield made[row.key]
        else:
            strips = [line.strip for line in members.get(row.group_id, ())]
            times = sum(line.times for line in members.get(row.group_id, ()))
            yield Line(row, tuple(map(_worst, zip(*strips, strict=True))), times)


def _outages(row: Figures, records: Mapping[int, Record], asked: Asked) -> Iterable[Outage]:
    if row.service is None or row.service.id not in records:
        return
    record = records[row.service.id]
    spans = record.history.spans
    for span in filter(_is_bad, spans):
        entry = record.begun_by.get(span.begin)
        said = [entry.comment] if entry is not None and entry.comment else []
        for later in record.said:
            place = (later.time - _EPOCH) / _MICROSECOND
            if span.begin <= place < span.end and later.comment not in said:
                said.append(later.comment)
        yield Outage(
            group=row.group,
            name=row.service.name,
            key=row.service.key,
            span=span,
            comment="\n".join(said),
            who=entry.actor if entry is not None else "",
            is_older=span is spans[0] and entry is not None and entry.time < asked.begin,
            goes_on=span is spans[-1],
        )


def _is_bad(span: Span) -> bool:
    return span.status_id != UNKNOWN and severity(span.status_id) > 0


def _worst(statuses: Sequence[int]) -> int:
    found = UNKNOWN
    for status_id in statuses:
        found = worse(found, status_id)
    return found
