"""The demo board: the sample's services, accounts, and a month of history.

The history is made by the use cases themselves, each at its time: the board asks the
demo's clock. So it is as consistent as a real one. All but the passwords follows from
the seed and the time.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from izzitup_desktop.board import Board, due
from izzitup_desktop.domain.accounts import SCHEDULE, Origin, Principal, Role
from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.errors import Conflict, Held
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform import settings
from izzitup_desktop.platform.paths import Paths, resource

DAYS = 30

ADMINISTRATOR, EDITOR, VIEWER, MONITOR = "demo", "erin", "victor", "monitor"

_ROLES = {
    ADMINISTRATOR: Role.ADMINISTRATOR,
    EDITOR: Role.EDITOR,
    VIEWER: Role.VIEWER,
    MONITOR: Role.EDITOR,
}
HASH_COST = 4
"""Of a board for a demo. Long random passwords that live for minutes need no slow hash."""

_UP, _IMPAIRED, _OUTAGE = StatusId.OPERATIONAL, StatusId.IMPAIRED, StatusId.OUTAGE
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_SCHEDULE = SCHEDULE.name


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demo and how to sign in to it."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """Who is on the demo board; `monitor` is the script's editor."""

    administrator: Login
    editor: Login
    viewer: Login
    monitor: Login

    @property
    def all(self) -> tuple[Login, ...]:
        """All of them, the administrator first."""
        return (self.administrator, self.editor, self.viewer, self.monitor)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What somebody sets in a story, and for how many minutes (least, most) it holds."""

    by: str
    status: StatusId
    comment: str = ""
    minutes: tuple[int, int] = (0, 0)


_Story = tuple[_Turn, ...]

_STORIES: tuple[_Story, ...] = (
    (
        _Turn(MONITOR, _OUTAGE, "Three checks without an answer", (6, 35)),
        _Turn(EDITOR, _IMPAIRED, "Restarted; it is still slow", (20, 80)),
        _Turn(EDITOR, _UP, "All is well again"),
    ),
    (
        _Turn(MONITOR, _IMPAIRED, "Answers take more than four seconds", (25, 170)),
        _Turn(MONITOR, _UP, "Answers in time again"),
    ),
    (
        _Turn(ADMINISTRATOR, _IMPAIRED, "Updates are being installed", (45, 120)),
        _Turn(_SCHEDULE, _UP),
    ),
    (
        _Turn(EDITOR, _OUTAGE, "A cable was cut in the street, the provider knows", (150, 420)),
        _Turn(EDITOR, _UP, "The provider has mended the cable"),
    ),
    (
        _Turn(MONITOR, _OUTAGE, "No answer", (3, 9)),
        _Turn(MONITOR, _UP, "Answers again"),
    ),
    (
        _Turn(EDITOR, _IMPAIRED, "The disk is nearly full", (60, 240)),
        _Turn(ADMINISTRATOR, _OUTAGE, "Stopped, to move old files away", (15, 40)),
        _Turn(ADMINISTRATOR, _UP, "Old files were moved to the archive"),
    ),
    (
        _Turn(ADMINISTRATOR, _OUTAGE, "A fuse has blown in the machine room", (35, 110)),
        _Turn(ADMINISTRATOR, _UP, "The fuse was replaced"),
    ),
    (
        _Turn(EDITOR, _IMPAIRED, "Some colleagues can't sign in", (30, 90)),
        _Turn(EDITOR, _UP, "It was an expired certificate"),
    ),
)

_HELD = "ACC"
_NOW: dict[str, tuple[timedelta, _Turn, StatusOptions | None]] = {
    _HELD: (
        130 * _MINUTE,
        _Turn(EDITOR, _OUTAGE, "Licence server does not answer; the vendor is on it"),
        StatusOptions(hold=True),
    ),
    "PRN2": (5 * _HOUR, _Turn(EDITOR, _IMPAIRED, "Toner is on its way"), None),
}
"""What holds at the end, by key: for how long, and what was set."""

_UPDATED, _UPDATED_SINCE, _UPDATED_FOR = "VPN", 20 * _MINUTE, 2 * _HOUR
_STALE, _STALE_AFTER = "BACKUP", 25 * _HOUR
_REMOVED = ServiceDraft("Fax gateway", "FAX", "Nobody has sent a fax for a year")

_Step = tuple[datetime, Callable[[], object]]
_Gap = tuple[datetime, datetime]


class DemoClock:
    """Shows the time of which the demo tells; in the end that of its `today`."""

    is_set = True

    def __init__(self, today: datetime) -> None:
        self.today = self.time = today

    def now(self) -> datetime:
        """The time that was told last."""
        return self.time

    def elapsed(self) -> float:
        """Seconds as they really pass: a month is told in one."""
        return SYSTEM_CLOCK.elapsed()


def make_demo(board: Board, clock: DemoClock, paths: Paths, seed: int) -> DemoAccounts:
    """Fill an empty board with services, accounts and a month up to the clock's today.

    The board was opened with this clock. The settings in `paths` name the
    administrator. Raises `Conflict` where there are accounts already.
    """
    if board.accounts.any():
        raise Conflict(msg("This board is in use. The demo needs one of its own."))
    logins = [Login(name, role, secrets.token_urlsafe(18)) for name, role in _ROLES.items()]
    chance = random.Random(seed)  # noqa: S311 - it makes stories, no secrets
    _History(board, clock, chance).tell(logins)
    settings.save(paths.config, account=ADMINISTRATOR)
    return DemoAccounts(*logins)


def gaps(now: datetime) -> tuple[_Gap, _Gap]:
    """When the application was off: a weekend, and later two hours of an afternoon."""
    week_ago = (now - 7 * _DAY).replace(minute=0, second=0, microsecond=0)
    monday = week_ago.replace(hour=6) - week_ago.weekday() * _DAY
    if monday > week_ago:
        monday -= 7 * _DAY
    afternoon = (now - 4 * _DAY).replace(hour=13, minute=10, second=0, microsecond=0)
    return (monday - 60 * _HOUR, monday), (afternoon, afternoon + 2 * _HOUR)


class _History:
    """Tells the past of an empty board up to the clock's today."""

    def __init__(self, board: Board, clock: DemoClock, chance: random.Random) -> None:
        self._board, self._clock = board, clock
        self._now = now = clock.today
        self._begin = now - DAYS * _DAY
        self._chance = chance
        self._gaps = gaps(now)
        self._principals: dict[str, Principal] = {}
        self._services: dict[str, Service] = {}
        first, second = self._gaps
        bounds = ((self._begin, first[0]), (first[1], second[0]), (second[1], now))
        self._runs = [(begin, end, board.new_run(watched_for=None)) for begin, end in bounds]

    def tell(self, logins: Sequence[Login]) -> None:
        self._clock.time = self._begin
        self._watch()
        self._add_accounts(logins)
        self._add_services()
        steps: list[_Step] = [
            (time, self._watch) for begin, end, _ in self._runs for time in (begin, end)
        ]
        for key, service in self._services.items():
            if key not in (_STALE, _REMOVED.key):
                steps += self._stories(service)
        steps += self._confirmations()
        steps += self._present()
        for time, step in sorted(steps, key=lambda step: step[0]):
            self._clock.time = time
            step()
        self._clock.time = self._now
        # Whoever opens the board next is another process.
        self._board.jobs.give_back()

    def _add_accounts(self, logins: Sequence[Login]) -> None:
        first = Principal(ADMINISTRATOR, Role.ADMINISTRATOR, Origin.DESKTOP)
        for number, login in enumerate(logins, 1):
            self._clock.time = self._begin + number * _MINUTE
            account = self._board.accounts.add(first, login.name, login.role, login.password).value
            origin = Origin.API if account.name == MONITOR else Origin.DESKTOP
            self._principals[account.name] = Principal.of(account, origin)

    def _add_services(self) -> None:
        self._clock.time = time = self._begin + 10 * _MINUTE
        principal = self._principals[ADMINISTRATOR]
        sample = json.loads(resource("sample", "services.json").read_text("utf-8"))
        groups = [self._board.groups.add(principal, group["name"]).value for group in sample]
        drafts = [
            ServiceDraft(**_fields(item), group_id=group.id)
            for group, items in zip(groups, sample, strict=True)
            for item in items["services"]
        ]
        for number, draft in enumerate([*drafts, _REMOVED], 1):
            self._clock.time = time + number * _MINUTE
            service = self._board.services.add(principal, draft, _UP).value
            self._services[service.key] = service

    def _stories(self, service: Service) -> Iterator[_Step]:
        taken: list[_Gap] = [*self._gaps, (self._now - 8 * _HOUR, self._now)]
        for story in self._chance.sample(_STORIES, self._chance.randint(2, 5)):
            times = self._times_of(story, taken)
            if times:
                taken.append((times[0], times[-1]))
                yield from self._told(service, story, times)

    def _times_of(self, story: _Story, taken: Iterable[_Gap]) -> list[datetime]:
        """When its turns come, at a time when nothing else was; none where none is found."""
        for _ in range(20):
            day = self._begin + self._chance.randrange(1, DAYS) * _DAY
            hour = self._chance.randrange(6, 18)
            seconds = timedelta(seconds=self._chance.uniform(0, 3_600))
            time = day.replace(hour=hour, minute=0, second=0, microsecond=0) + seconds
            times = [time]
            for turn in story[:-1]:
                minutes = self._chance.uniform(*turn.minutes)
                times.append(times[-1] + timedelta(minutes=minutes))
            if all(times[-1] < begin - _HOUR or times[0] > end + _HOUR for begin, end in taken):
                return times
        return []

    def _told(self, service: Service, story: _Story, times: Sequence[datetime]) -> Iterator[_Step]:
        for (turn, following), (time, next_time) in zip(
            pairwise(story), pairwise(times), strict=True
        ):
            ends_itself = following.by == _SCHEDULE
            options = StatusOptions(next_time, following.status) if ends_itself else None
            yield self._set(service, time, turn, options)
            if ends_itself:
                yield next_time, self._watch
        if story[-1].by != _SCHEDULE:
            yield self._set(service, times[-1], story[-1])

    def _confirmations(self) -> Iterator[_Step]:
        """Every night's backup is confirmed, but the last one's was not."""
        service = self._services[_STALE]
        time = self._now - _STALE_AFTER - 2 * _HOUR
        yield time + _STALE_AFTER, self._watch
        turn = _Turn(MONITOR, _UP, "The backup is complete")
        while time > self._begin + _HOUR:
            if not any(begin <= time <= end for begin, end in self._gaps):
                yield self._set(service, time, turn)
            time -= _DAY

    def _present(self) -> Iterator[_Step]:
        """What holds now: a held status, one that ends by itself, one in the trash."""
        for key, (since, turn, options) in _NOW.items():
            yield self._set(self._services[key], self._now - since, turn, options)
        held, time = self._services[_HELD], self._now - 70 * _MINUTE
        yield self._set(held, time, _Turn(MONITOR, _UP, "Answers again"))
        turn = _Turn(ADMINISTRATOR, _IMPAIRED, "Updates are being installed")
        options = StatusOptions(self._now + _UPDATED_FOR, _UP)
        yield self._set(self._services[_UPDATED], self._now - _UPDATED_SINCE, turn, options)
        principal, removed = self._principals[ADMINISTRATOR], self._services[_REMOVED.key]
        yield (
            self._now - 6 * _DAY - 4 * _HOUR,
            partial(self._board.services.remove, principal, [removed.id]),
        )

    def _set(
        self, service: Service, time: datetime, turn: _Turn, options: StatusOptions | None = None
    ) -> _Step:
        principal = self._principals[turn.by]
        # What people say is for the page, too; what scripts say is for the desk.
        comment = Comment(turn.comment, is_public=turn.by in (ADMINISTRATOR, EDITOR))

        def step() -> None:
            with suppress(Held):  # the script's proposal is kept, the status stays
                self._board.statuses.set(principal, [service.id], turn.status, comment, options)

        return time, step

    def _watch(self) -> None:
        """What a running application does: it says that it watches, and does what is due."""
        time = self._clock.time
        next(run for begin, end, run in self._runs if begin <= time <= end).heartbeat()
        for job in due.JOBS:
            self._board.jobs.run(job)


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    """A sample service as it was a month ago."""
    fields = {field: value for field, value in item.items() if field not in ("status", "comment")}
    if item["key"] == _STALE:
        fields["stale_minutes"] = _STALE_AFTER // _MINUTE
    return fields
