"""The reading half of the API v1: endpoints that answer from the live picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Query, Request

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Action, Origin, allowed
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.journal import Kind, Search
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId, worst
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1 import lists
from izzitup_desktop.server.v1.answers import Answer, Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.kept import Kept
from izzitup_desktop.server.v1.models import JournalQuery, ServiceQuery
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.refused import Refused, invalid_parameter
from izzitup_desktop.server.v1.shown import (
    STATUS_LIST,
    ServiceAnswers,
    counts,
    entry_shown,
    removed_shown,
    service_shown,
    status_shown,
    time_shown,
)
from izzitup_desktop.server.v1.trash_models import TrashQuery
from izzitup_desktop.server.v1.words import number

T = TypeVar("T")

_MANY = 1_000
"""A list of more services than this is made away from the event loop."""


class Reads:
    """What can be read."""

    def __init__(self, board: Board, pictures: Pictures, readers: Readers) -> None:
        self._board = board
        self._pictures = pictures
        self._readers = readers
        self._services = ServiceAnswers()
        self.kept = Kept()
        self._statuses = answer({"items": STATUS_LIST, "next": None})

    def service_of(self, view: View, reference: str) -> Answer:
        """One service. Raises `Refused`."""
        try:
            service = view.service(reference)
        except NotFound as error:
            raise no_such_service(view, error, reference) from None
        return self._services.of(service, view.group_of(service), whole=view.whole)

    async def read_service(self, request: Request, service: str) -> Answered:
        """One service, by its id or key."""
        asking = asking_of(request)
        view = await self._pictures.view(asking.principal, asking.asked)
        return Answered(self.service_of(view, service).unless_known(asking.scope))

    async def list_statuses(self, request: Request) -> Answered:
        """All statuses there are."""
        return Answered(self._statuses.unless_known(asking_of(request).scope))

    async def read_summary(self, request: Request) -> Answered:
        """The board in one look: the worst status, since when, and how many have which."""
        return await self.seen(asking_of(request), _summary)

    async def list_services(
        self, request: Request, query: Annotated[ServiceQuery, Query()]
    ) -> Answered:
        """Services that may be seen: those that are wanted, a page at a time."""
        asking = asking_of(request)

        def made(view: View) -> Answer:
            if query.held is not None and not view.whole:
                raise Refused(Problem("sign-in-needed", "Who holds a status is told to accounts."))
            found, following = lists.page(view, query)
            shown = [
                service_shown(service, view.group_of(service), whole=view.whole)
                for service in found
            ]
            return paged(asking, shown, following)

        return await self.seen(asking, made)

    async def list_journal(
        self, request: Request, query: Annotated[JournalQuery, Query()]
    ) -> Answered:
        """Entries of the journal, newest first."""
        asking = asking_of(request)
        before_id = number(query.cursor)
        if query.cursor and before_id is None:
            raise invalid_parameter("cursor", "A cursor is the `next` of the page before.")
        service_ids = frozenset[int]()
        if query.service:
            service_ids = frozenset([await self._id_of(asking, query.service)])
        wanted = Search(
            words=tuple(query.q.split()),
            actor=query.actor,
            origins=_names("origin", Origin.named, query.origin),
            kinds=_names("kind", Kind, query.kind),
            subjects=_names("subject", Kind, query.subject),
            service_ids=service_ids,
            begin=query.since,
            end=query.until,
        )
        journal, asked = self._board.journal, asking.asked

        entries = await asking.acting(
            lambda principal: self._readers.result(
                lambda: journal.search(
                    principal, wanted, limit=query.limit + 1, before_id=before_id
                ),
                asked,
            )
        )
        page = entries[: query.limit]
        following = str(page[-1].id) if len(entries) > len(page) else None
        made = paged(asking, [entry_shown(entry) for entry in page], following)
        return Answered(made.unless_known(asking.scope))

    async def read_entry(self, request: Request, id: str) -> Answered:  # noqa: A002 (as in the path)
        """One entry of the journal."""
        asking = asking_of(request)
        entry_id = number(id)
        if entry_id is None:
            raise NotFound("journal entry", id)
        journal, asked = self._board.journal, asking.asked
        entry = await asking.acting(
            lambda principal: self._readers.result(lambda: journal.find(principal, entry_id), asked)
        )
        return Answered(answer(entry_shown(entry)).unless_known(asking.scope))

    async def list_trash(self, request: Request, query: Annotated[TrashQuery, Query()]) -> Answered:
        """Services that were removed and can be restored, newest first."""
        asking = asking_of(request)
        trash, asked = self._board.trash, asking.asked
        removed = await asking.acting(
            lambda principal: self._readers.result(lambda: trash.list(principal), asked)
        )
        view = await self._pictures.view(asking.principal, asked)
        page, following = lists.trash_page(view, query, removed)
        shown = [removed_shown(one, view.group_of(one.service), whole=view.whole) for one in page]
        return Answered(paged(asking, shown, following).unless_known(asking.scope))

    async def _id_of(self, asking: Asking, reference: str) -> int:
        """A service's id; one that is not on the board any more has its id, too."""
        id_ = number(reference)
        if id_ is not None:
            return id_
        view = await self._pictures.view(asking.principal, asking.asked)
        try:
            return view.service(reference).id
        except NotFound as error:
            raise no_such_service(view, error, reference) from None

    async def seen(self, asking: Asking, make: Callable[[View], Answer]) -> Answered:
        """What is made of the view of who asks, once for each picture."""
        view = await self._pictures.view(asking.principal, asking.asked)
        made = self.kept.get(view, asking.scope)
        if made is None:
            if len(view.picture.services) > _MANY:
                made = await self._readers.result(lambda: make(view), asking.asked)
            else:
                made = make(view)
            self.kept.put(view, asking.scope, made)
        return Answered(made.unless_known(asking.scope))


def asking_of(request: Request) -> Asking:
    """Who asks, as was found before."""
    asking: Asking = request.scope["state"]["asking"]
    return asking


def no_such_service(view: View, error: NotFound, reference: str) -> Refused:
    """There is none, or none that may be seen: the two are not to be told apart."""
    like = view.like(reference)
    hint = f"Did you mean {like}? /api/v1/services/{like}" if like else ""
    return Refused(Problem(error.code, str(error), hint=hint))


def paged(asking: Asking, items: Sequence[Any], following: str | None) -> Answer:
    """A page of a list, with its link to the next one."""
    made = answer({"items": items, "next": following})
    if following is None:
        return made
    sent = parse_qsl(asking.scope["query_string"].decode("ascii"), keep_blank_values=True)
    query = [pair for pair in sent if pair[0] != "cursor"] + [("cursor", following)]
    link = f'<{asking.row.path}?{urlencode(query)}>; rel="next"'
    made.headers.append((b"link", link.encode("ascii")))
    return made


def _summary(view: View) -> Answer:
    services = list(view.seen.services.values())
    status = worst(service.status_id for service in services)
    shown: dict[str, Any] = {
        "status": status_shown(status),
        "since": _since(services, status),
        "total": len(services),
        "counts": counts(services),
        "stale": sum(service.stale for service in services),
    }
    if allowed(view.principal, Action.JOURNAL_READ):
        shown["journal_id"] = view.picture.journal_id
    return answer(shown)


def _since(services: Sequence[Service], status: StatusId) -> str | None:
    """Since when the board is as bad as this: all fine, since the last one became so."""
    times: list[datetime] = [one.since for one in services if one.status_id == status]
    if not times:
        return None
    return time_shown(max(times) if status is StatusId.OPERATIONAL else min(times))


def _names(parameter: str, made: Callable[[str], T], names: Sequence[str]) -> frozenset[T]:
    try:
        return frozenset(map(made, names))
    except ValueError as error:
        raise invalid_parameter(parameter, str(error)) from None
