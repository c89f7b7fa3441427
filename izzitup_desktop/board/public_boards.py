"""What of the board is public: decided here, once, for every page, feed and format."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, groupby
from typing import Any, TypeVar

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.disruptions import Stretch, Teller, newest, reaches_into, stretches
from izzitup_desktop.board.live import Picture
from izzitup_desktop.board.public_past import PublicPast, Source, Touched, parts
from izzitup_desktop.board.watching import watched_times
from izzitup_desktop.domain.accounts import PUBLIC, Action
from izzitup_desktop.domain.days import Day
from izzitup_desktop.domain.public_board import (
    NO_GROUP,
    Disruption,
    PageChoices,
    PublicBoard,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import worst
from izzitup_desktop.storage import periods
from izzitup_desktop.storage.times import to_stored

T = TypeVar("T")

_FRESH = timedelta(minutes=1)


class PublicBoards:
    """Makes public boards, and keeps what they have in common; thread-safe."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._past = PublicPast(partial(watched_times, core))
        self._touched = Touched()
        # Followers would hear of a change after the picture shows it.
        core.live.heed(self._touched.heed)
        self._made: tuple[PublicBoard, int] | None = None
        """The newest board, and the version of the picture for which it is known to hold."""
        self._shown: tuple[object, int] | None = None
        """What of the picture was shown, and the newest entry when that came to be."""
        self._services: dict[int, tuple[Service, Sequence[Day], PublicService]] = {}
        """What was made of each service and of its days."""

    def known(self, choices: PageChoices, now: datetime) -> PublicBoard | None:
        """The newest board where it still holds, without waiting; else None."""
        made, version = self._made or (None, None)
        if made is None or made.choices != choices or not _is_fresh(made, now):
            return None
        return made if version == self._core.live.version_if_known() else None

    def board(self, choices: PageChoices) -> PublicBoard:
        """The board with all that anybody has committed by now. Waits; raises `Unavailable`."""
        live = self._core.live
        with self._lock:
            picture = live.picture()
            now = self._core.clock.now()
            if (made := self.known(choices, now)) is not None:
                return made
            visible = _visible(picture, choices)

            last = None if self._made is None else self._made[0]
            if last is None or last.choices != choices:
                self._touched.all()
                self._services = {}
            else:
                self._touched.ever(visible.keys() - last.services.keys())
            self._past.refresh(
                Source(self._read, partial(self._told, visible, choices)),
                self._touched,
                now,
                (choices.days, choices.past_days),
                sorted(visible),
            )
            found = self._board(picture, visible, choices, now)
            if last is not None and _is_fresh(last, now) and _tells_the_same(found, last):
                # Nobody is to see that something happened which is not for everybody.
                found = last
            self._made = found, picture.version
            return found

    def past(
        self, choices: PageChoices, begin: datetime, end: datetime, service_ids: Sequence[int]
    ) -> Sequence[Disruption]:
        """Disruptions that reach into a time, newest first. Waits; raises `Unavailable`.

        Of these services (empty: of all), as far as they are public. Only a few of them are
        read at once: nothing could be stored in a file meanwhile.
        """
        visible = _visible(self._core.live.picture(), choices)
        ids = sorted(visible.keys() & service_ids if service_ids else visible.keys())
        window = (to_stored(begin), to_stored(end))

        def found(some: Sequence[int], connection: Any) -> Sequence[Stretch]:
            read = stretches(connection, periods.between(connection, window, some))
            return newest(
                one for each in read.values() for one in each if reaches_into(one, window)
            )

        bad = [one for some in parts(ids) for one in self._read(partial(found, some))]
        told = self._told(visible, choices, bad)
        return sorted(told, key=lambda one: (one.begin, one.id), reverse=True)

    def of_id(self, choices: PageChoices, id_: int) -> Disruption | None:
        """The disruption that an entry of the journal began. Waits; raises `Unavailable`."""
        visible = _visible(self._core.live.picture(), choices)

        def query(connection: Any, _principal: Any) -> Disruption | None:
            begun = periods.begun_by_entry(connection, id_)
            if begun is None or begun[0] not in visible:
                return None
            service_id, period = begun
            window = (period.begin, to_stored(self._core.clock.now()) + 1)
            found = stretches(connection, periods.between(connection, window, [service_id]))
            same = [one for one in found.get(service_id, ()) if one.bad[0].entry_id == id_]
            return next(iter(Teller(connection, visible, choices).told(same)), None)

        return self._core.read_as(PUBLIC, Action.SERVICE_LIST, query, slow=True)

    def _read(self, query: Callable[[Any], T]) -> T:
        """What a query finds, in a snapshot of its own."""
        return self._core.read_as(
            PUBLIC, Action.SERVICE_LIST, lambda connection, _principal: query(connection), slow=True
        )

    def _told(
        self, visible: Mapping[int, Service], choices: PageChoices, found: Sequence[Stretch]
    ) -> list[Disruption]:
        """The newest stretches, and those that go on, as disruptions."""
        kept = sorted(newest(found), key=lambda one: one.service_id)
        by_service = [list(of_one) for _, of_one in groupby(kept, lambda one: one.service_id)]

        def told(some: Sequence[Sequence[Stretch]], connection: Any) -> Sequence[Disruption]:
            return Teller(connection, visible, choices).told(chain.from_iterable(some))

        return [one for some in parts(by_service) for one in self._read(partial(told, some))]

    def _board(
        self, picture: Picture, visible: Mapping[int, Service], choices: PageChoices, now: datetime
    ) -> PublicBoard:
        found = self._past.disruptions(now)
        groups = tuple(self._groups(picture, visible.values(), choices, found))
        services = [one for group in groups for one in group.services]
        journal_id = self._journal_id(picture, visible, groups)
        status_id = int(worst(one.status_id for one in services)) if services else None
        bad = [one.since for one in services if one.status_id == status_id]
        disruptions = [
            _as_it_is(one, service)
            for id_, service in visible.items()
            for one in found.get(id_, ())
        ]
        return PublicBoard(
            journal_id=journal_id,
            made=now,
            choices=choices,
            dates=tuple(self._past.dates),
            groups=groups,
            status_id=status_id,
            since=_since(services, bad, status_id),
            disruptions=tuple(
                sorted(disruptions, key=lambda one: (one.begin, one.id), reverse=True)
            ),
        )

    def _journal_id(
        self, picture: Picture, visible: Mapping[int, Service], groups: Sequence[PublicGroup]
    ) -> int:
        """The newest entry that can be known to have to do with what is shown."""
        shown = visible, [(one.id, one.name) for one in groups]
        last, id_ = self._shown or (None, 0)
        if shown != last or id_ > picture.journal_id:
            id_ = picture.journal_id
        self._shown = shown, id_
        return id_

    def _groups(
        self,
        picture: Picture,
        services: Iterable[Service],
        choices: PageChoices,
        found: Mapping[int, Sequence[Disruption]],
    ) -> Iterable[PublicGroup]:
        members: dict[int, list[Service]] = {}
        for service in services:
            members.setdefault(service.group_id or NO_GROUP, []).append(service)
        named = [(group.id, group.name) for group in picture.groups]
        for id_, name in (*named, (NO_GROUP, "")):
            if of_group := members.get(id_):
                of_group.sort(key=lambda one: (one.position, one.id))
                shown = tuple(
                    self._service(one, choices, found.get(one.id, ())) for one in of_group
                )
                yield PublicGroup(id_, name, int(worst(one.status_id for one in shown)), shown)

    def _service(
        self, service: Service, choices: PageChoices, disruptions: Sequence[Disruption]
    ) -> PublicService:
        days = self._past.days(service.id)
        known = self._services.get(service.id)
        # Most are as they were.
        if known is not None and known[0] is service and known[1] is days:
            return known[2]
        made = _public(service, days, choices, _said_last(service, disruptions))
        self._services[service.id] = service, days, made
        return made


def _is_fresh(made: PublicBoard, now: datetime) -> bool:
    return made.made <= now < made.made + _FRESH


def _tells_the_same(one: PublicBoard, other: PublicBoard) -> bool:
    """Whether all that is told is equal, whenever it was looked at."""
    return replace(one, made=other.made) == other


def _as_it_is(one: Disruption, service: Service) -> Disruption:
    """What was read earlier, with what its service is called and promises now."""
    expiry = service.expiry if one.end is None else one.expiry
    if (one.service_name, one.expiry) == (service.name, expiry):
        return one
    return replace(one, service_name=service.name, expiry=expiry)


def _said_last(service: Service, disruptions: Sequence[Disruption]) -> str:
    """What was said of the service's status for the page; a word among colleagues ends nothing."""
    if service.comment_public or not service.comment:
        return service.comment
    going_on = next((one for one in disruptions if one.end is None), None)
    for change in reversed(going_on.changes if going_on else ()):
        if change.comment or change.before != change.status_id:
            return change.comment
    return ""


def _public(
    service: Service, days: Sequence[Day], choices: PageChoices, said: str
) -> PublicService:
    return PublicService(
        id=service.id,
        name=service.name,
        key=service.key,
        description=service.description,
        url=service.url,
        group_id=service.group_id or NO_GROUP,
        status_id=service.status_id,
        since=service.since,
        created=service.created,
        updated=service.updated,
        confirmed=service.confirmed,
        stale=service.stale,
        comment=said if choices.comments else "",
        by=service.changed_by if choices.people else "",
        expiry=service.expiry,
        days=days,
    )


def _visible(picture: Picture, choices: PageChoices) -> dict[int, Service]:
    """The services that everybody may see, and that the page is to show."""
    return {
        id_: one
        for id_, one in picture.seen_by(PUBLIC).services.items()
        if id_ not in choices.without_services
        and (one.group_id or NO_GROUP) not in choices.without_groups
    }


def _since(
    services: Sequence[PublicService], bad: Sequence[datetime], status_id: int | None
) -> datetime | None:
    """Since when the worst status holds; where all is fine, since the last one was not."""
    if status_id is None or not bad:
        return None
    all_fine = all(one.is_fine for one in services)
    return max(bad) if all_fine else min(bad)
