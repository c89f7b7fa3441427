"""Groups in the API v1: read from the live picture, changed in one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Annotated, Any

from fastapi import Query, Request

from izzitup_desktop.board import Board
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Invalid, NotFound
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import worst
from izzitup_desktop.domain.text import fold, search_fold
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1 import paging
from izzitup_desktop.server.v1.answers import Answer, Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.changing import Changing, Shown, as_read
from izzitup_desktop.server.v1.group_models import GroupPatch, GroupQuery, NewGroup
from izzitup_desktop.server.v1.lists import known
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.reads import Reads, asking_of, paged
from izzitup_desktop.server.v1.refused import Refused, invalid
from izzitup_desktop.server.v1.shown import group_shown
from izzitup_desktop.server.v1.words import Unknown, group_id, number, status_id
from izzitup_desktop.storage.writer import Written

Write = Annotated[WriteQuery, Query()]
Made = Future[Written[Outcome[Group]]]


class Groups:
    """Groups: list, read, add, edit, remove, restore."""

    def __init__(self, board: Board, pictures: Pictures, reads: Reads, changing: Changing) -> None:
        self._changes = board.group_changes
        self._pictures = pictures
        self._reads = reads
        self._changing = changing

    async def list_groups(
        self, request: Request, query: Annotated[GroupQuery, Query()]
    ) -> Answered:
        """Groups in the order of the board, each with the worst status of its services."""
        asking = asking_of(request)

        def made(view: View) -> Answer:
            of = _by_group(view)
            page, following = _page(view, query, of)
            shown = [group_shown(group, of.get(group.id, ())) for group in page]
            return paged(asking, shown, following)

        return await self._reads.seen(asking, made)

    async def read_group(self, request: Request, group: str) -> Answered:
        """One group, by its id or name."""

        def made(view: View) -> Answer:
            return answer(_show_in(view)(_group(view, group)))

        return await self._reads.seen(asking_of(request), made)

    async def add_group(self, request: Request, body: NewGroup, query: Write) -> Answered:
        """Add a group at the end of the board."""
        asking, name = asking_of(request), _name(body.name)
        view = await self._view(asking)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.add(principal, manner, name)

        return Answered(await self._changing.added(asking, query, made, _show_in(view)))

    async def edit_group(
        self, request: Request, group: str, body: GroupPatch, query: Write
    ) -> Answered:
        """Change what the body names of a group, and leave the rest (a merge patch)."""
        asking = asking_of(request)
        view = await self._view(asking)
        show, meant = _show_in(view), _meant(view, asking, group)
        sent = body.model_fields_set
        name = _name(body.name) if "name" in sent else None
        position = body.position if "position" in sent else None

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.edit(principal, manner, meant, name=name, position=position)

        return Answered(await self._changing.changed(asking, query, made, show))

    async def remove_group(self, request: Request, group: str, query: Write) -> Answered:
        """Remove an empty group; it can be restored by its id."""
        asking = asking_of(request)
        view = await self._view(asking)
        show, meant = _show_in(view), _meant(view, asking, group)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.remove(principal, manner, meant)

        return Answered(await self._changing.removed(asking, query, made, show))

    async def restore_group(self, request: Request, id: str, query: Write) -> Answered:  # noqa: A002 (as in the path)
        """Bring a removed group back, where it was on the board."""
        asking = asking_of(request)
        view = await self._view(asking)
        group_id = number(id)
        if group_id is None:
            raise NotFound("group", id)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.restore(principal, manner, group_id)

        return Answered(await self._changing.changed(asking, query, made, _show_in(view)))

    async def _view(self, asking: Asking) -> View:
        return await self._pictures.view(asking.principal, asking.asked)


def _page(
    view: View, query: GroupQuery, of: dict[int | None, list[Service]]
) -> tuple[list[Group], str | None]:
    words = search_fold(query.q).split()
    statuses = {known("status", status_id, word) for word in query.status}

    def status_of(group: Group) -> int:
        return worst(service.status_id for service in of.get(group.id, ()))

    def wanted(group: Group) -> bool:
        name = search_fold(group.name)
        return all(word in name for word in words) and (
            not statuses or status_of(group) in statuses
        )

    sorts: dict[str, Callable[[Group], Any]] = {
        "position": lambda group: [group.position, group.name],
        "id": lambda group: group.id,
        "name": lambda group: fold(group.name),
        "status": status_of,
    }
    return paging.page(
        filter(wanted, view.picture.groups),
        sorts,
        lambda group: group.id,
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )


def _name(name: str) -> str:
    """A group's name, trimmed. Raises `Refused`."""
    try:
        return checked_name(name)
    except Invalid as error:
        # What is a group's name here is a group elsewhere.
        raise invalid("/name", error.reason) from None


def _group(view: View, word: str) -> Group:
    """The group of this id or name. Raises `Refused`."""
    try:
        found = view.groups.get(group_id(word, view.picture.groups))
    except Unknown as unknown:
        error = NotFound("group", word)
        raise Refused(Problem(error.code, str(error), hint=unknown.hint)) from None
    assert found is not None  # the same picture's
    return found


def _meant(view: View, asking: Asking, word: str) -> Meant:
    group = _group(view, word)
    name = "" if number(word) == group.id else word.strip()
    return Meant(group.id, name, as_read(asking, _show_in(view)))


def _show_in(view: View) -> Callable[[Group], Shown]:
    """How a group looks, with the services that the view has in it."""
    of = _by_group(view)
    return lambda group: group_shown(group, of.get(group.id, ()))


def _by_group(view: View) -> dict[int | None, list[Service]]:
    found: dict[int | None, list[Service]] = {}
    for service in view.seen.services.values():
        found.setdefault(service.group_id, []).append(service)
    return found
