"""The writing half of the API v1: each change is one transaction, or is only tried."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request

from izzitup_desktop.board import Board
from izzitup_desktop.board.changes import Expected, Made, Services
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.server.request_log import SET
from izzitup_desktop.server.routes import API_ROOT
from izzitup_desktop.server.v1.answers import Answer, Answered, answer, is_among, wanted_tags
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.changing import Changing, Look, Making, operation, untagged
from izzitup_desktop.server.v1.models import (
    CommentBody,
    NewService,
    ServiceFields,
    ServicePatch,
    StatusBody,
    StatusesBody,
    WriteQuery,
)
from izzitup_desktop.server.v1.outside import outside
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.reads import asking_of, no_such_service
from izzitup_desktop.server.v1.refused import invalid
from izzitup_desktop.server.v1.shown import change_shown, service_shown
from izzitup_desktop.server.v1.words import Unknown, group_id, number, status_id

Write = Annotated[WriteQuery, Query()]
_NO_COMMENT = CommentBody()


class Writes:
    """What can be changed."""

    def __init__(self, board: Board, pictures: Pictures, changing: Changing) -> None:
        self._changes = board.changes
        self._pictures = pictures
        self._changing = changing

    async def set_status(
        self, request: Request, service: str, body: StatusBody, query: Write
    ) -> Answered:
        """Set a service's status; the one that it has already is confirmed."""
        return Answered(await self.status_set(asking_of(request), service, body, query))

    async def status_set(
        self, asking: Asking, service: str, body: StatusBody, query: WriteQuery
    ) -> Answer:
        """The answer of `set_status`. Raises `BoardError`s and `Refused`."""
        view = await self._view(asking, service)
        expected = _expected(view, asking, service)
        status, options = _status("/status", body.status), _options(body)
        asking.scope["state"][SET] = expected.service_id, status

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.set_status(
                principal, manner, [expected], status, _said(body), options
            )

        return await self._service(asking, view, query, made)

    async def set_statuses(self, request: Request, body: StatusesBody, query: Write) -> Answered:
        """Set the same status for several services: all of them, or none."""
        asking, view = await self._asked(request, *map(str, body.services))
        expected: dict[int, Expected] = {}
        for place, word in enumerate(body.services):
            try:
                service = view.service(str(word))
            except NotFound as error:
                why = no_such_service(view, error, str(word)).problem
                raise invalid(f"/services/{place}", why.detail, why.hint) from None
            expected.setdefault(service.id, Expected(service.id, _key(str(word))))
        status, options = _status("/status", body.status), _options(body)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.set_status(
                principal, manner, list(expected.values()), status, _said(body), options
            )

        def told(done: Outcome[Services]) -> Answer:
            operation_id = done.entries[0].operation_id if done.entries else None
            shown = [_shown(service, view) for service in done.thing]
            content = {"items": shown, "operation_id": operation_id}
            return untagged(content, headers=operation(done.entries))

        return Answered(await self._changing.answer(asking, query, made, _look(view), told))

    async def confirm_service(
        self, request: Request, service: str, query: Write, body: CommentBody = _NO_COMMENT
    ) -> Answered:
        """Say that a service's status is still right."""
        return await self._of_one(request, service, query, body, self._changes.confirm)

    async def hold_service(
        self, request: Request, service: str, query: Write, body: CommentBody = _NO_COMMENT
    ) -> Answered:
        """Keep scripts from changing a service's status, until it is released."""
        return await self._of_one(request, service, query, body, self._changes.hold)

    async def release_service(
        self, request: Request, service: str, query: Write, body: CommentBody = _NO_COMMENT
    ) -> Answered:
        """Let scripts change a service's status again: whoever holds it may, by the API."""
        release = functools.partial(self._changes.hold, hold=False)
        return await self._of_one(request, service, query, body, release)

    async def undo_operation(self, request: Request, id: str, query: Write) -> Answered:  # noqa: A002 (as in the path)
        """Take back an operation, named by the id of any of its entries in the journal."""
        asking, view = await self._asked(request)
        entry_id = number(id)
        if entry_id is None:
            raise NotFound("journal entry", id)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.undo(principal, manner, entry_id)

        def told(done: Outcome[Services]) -> Answer:
            content = {
                "items": [_shown(service, view) for service in done.thing],
                "changes": [change_shown(entry) for entry in done.entries],
                "operation_id": done.entries[0].operation_id,
            }
            return untagged(content, headers=operation(done.entries))

        return Answered(await self._changing.answer(asking, query, made, _look(view), told))

    async def add_service(self, request: Request, body: NewService, query: Write) -> Answered:
        """Add a service."""
        asking, view = await self._asked(request)
        draft = ServiceDraft(name=body.name, **_fields(body, view, ServiceFields.model_fields))
        status = _status("/status", body.status)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.add(principal, manner, draft, status)

        return Answered(await self._service(asking, view, query, made, is_new=True))

    async def edit_service(
        self, request: Request, service: str, body: ServicePatch, query: Write
    ) -> Answered:
        """Change what the body names of a service, and leave the rest (a merge patch)."""
        asking, view = await self._asked(request, service)
        expected = _expected(view, asking, service)
        fields = _fields(body, view, body.model_fields_set)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.edit(principal, manner, expected, fields)

        return Answered(await self._service(asking, view, query, made))

    async def remove_service(self, request: Request, service: str, query: Write) -> Answered:
        """Put a service into the trash, where it stays for 30 days."""
        asking, view = await self._asked(request, service)
        expected = _expected(view, asking, service)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.remove(principal, manner, expected)

        def told(done: Outcome[Services]) -> Answer:
            return Answer(b"", status=204, headers=operation(done.entries))

        return Answered(await self._changing.answer(asking, query, made, _look(view), told))

    async def restore_service(self, request: Request, id: str, query: Write) -> Answered:  # noqa: A002 (as in the path)
        """Bring a service back from the trash."""
        asking, view = await self._asked(request)
        service_id = number(id)
        if service_id is None:
            raise NotFound("service", id)

        async def made(principal: Principal, manner: Manner) -> Made:
            return self._changes.restore(principal, manner, service_id)

        return Answered(await self._service(asking, view, query, made))

    async def _asked(self, request: Request, *references: str) -> tuple[Asking, View]:
        asking = asking_of(request)
        return asking, await self._view(asking, *references)

    async def _view(self, asking: Asking, *references: str) -> View:
        return await self._pictures.view_to_change(asking.principal, asking.asked, *references)

    async def _service(
        self,
        asking: Asking,
        view: View,
        query: WriteQuery,
        make: Making[Services],
        *,
        is_new: bool = False,
    ) -> Answer:
        """The one service that a change is about, as it is by then."""

        def told(done: Outcome[Services]) -> Answer:
            (service,) = done.thing
            headers = operation(done.entries)
            if is_new:
                headers.append((b"location", f"{API_ROOT}/services/{service.id}".encode("ascii")))
            shown = _shown(service, view)
            return answer(shown, status=201 if is_new else 200, headers=headers)

        return await self._changing.answer(asking, query, make, _look(view), told, is_new=is_new)

    async def _of_one(
        self,
        request: Request,
        reference: str,
        query: WriteQuery,
        body: CommentBody,
        change: Callable[[Principal, Manner, Expected, str], Made],
    ) -> Answered:
        """The one service that is named, once it is changed."""
        asking, view = await self._asked(request, reference)
        expected = _expected(view, asking, reference)

        async def made(principal: Principal, manner: Manner) -> Made:
            return change(principal, manner, expected, _said(body))

        return Answered(await self._service(asking, view, query, made))


def _expected(view: View, asking: Asking, reference: str) -> Expected:
    """The service that is meant, and that it is what `If-Match` says. Raises `Refused`."""
    try:
        service = view.service(reference)
    except NotFound as error:
        raise no_such_service(view, error, reference) from None
    wanted = wanted_tags(asking.scope)
    if wanted is None:
        return Expected(service.id, _key(reference))

    def is_as_read(now: Service) -> bool:
        # Who read it without signing in has the tag of what it looks like then.
        group = view.group_of(now)
        return any(
            is_among(answer(service_shown(now, group, whole=whole)).tag, wanted, weakly=False)
            for whole in (True, False)
        )

    return Expected(service.id, _key(reference), is_as_read)


def _look(view: View) -> Look:
    """How services look, and what was done to them, as far as whoever asked may see it."""
    return Look(
        lambda service: _shown(service, view),
        are_many=True,
        entry=None if view.whole else outside,
    )


def _said(body: StatusBody | CommentBody) -> Comment:
    return Comment(body.comment, is_public=body.public)


def _key(reference: str) -> str:
    return "" if number(reference) is not None else reference


def _status(pointer: str, word: int | str) -> int:
    try:
        return status_id(word)
    except Unknown as unknown:
        raise invalid(pointer, str(unknown), unknown.hint) from None


def _options(body: StatusBody) -> StatusOptions | None:
    """What was chosen with the status; None where nothing was, which leaves what there is."""
    if body.model_fields_set.isdisjoint({"until", "then", "hold"}):
        return None
    if body.then is not None and body.until is None:
        raise invalid("/then", "What follows needs an `until`.")
    until: datetime | None = body.until
    then = None if body.then is None else _status("/then", body.then)
    return StatusOptions(until, then, body.hold)


def _fields(body: ServiceFields, view: View, names: Any) -> dict[str, Any]:
    """The draft's fields among `names`, by the draft's own names. Raises `Refused`."""
    fields = {name: getattr(body, name) for name in names if name != "group"}
    if "group" in names:
        try:
            found = None if body.group is None else group_id(body.group, view.picture.groups)
        except Unknown as unknown:
            raise invalid("/group", str(unknown), unknown.hint) from None
        fields["group_id"] = found
    return fields


def _shown(service: Service, view: View) -> dict[str, Any]:
    return service_shown(service, view.group_of(service), whole=view.whole)
