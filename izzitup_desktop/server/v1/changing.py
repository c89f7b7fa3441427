"""What all changes of groups, accounts and tokens have in common: how they are answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from izzitup_desktop.board.changes import Manner
from izzitup_desktop.board.submitting import Outcome
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Outdated
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.answers import Answer, answer, header, is_among
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.shown import change_shown
from izzitup_desktop.storage.writer import Written

T = TypeVar("T")
Shown = dict[str, Any]
Show = Callable[[Any], Shown]

Making = Callable[[Principal, Manner], Awaitable[Future[Written[Outcome[T]]]]]
"""Hands a change over; may wait before, for what is dear."""


class Changing:
    """Makes changes and answers them."""

    def __init__(self, endings: Endings) -> None:
        self._endings = endings

    async def outcome(
        self, asking: Asking, query: WriteQuery, make: Making[T], show: Show
    ) -> Outcome[T]:
        """What comes of a change. Raises `Refused` where the thing is not as expected.

        `show` is how the thing looks to who asks.
        """
        manner = Manner(asking.asked, dry=query.dry_run)

        async def act(principal: Principal) -> Outcome[T]:
            made = await make(principal, manner)
            return (await self._endings.result(made, manner.asked)).value

        try:
            return await asking.acting(act)
        except Outdated as outdated:
            current = show(outdated.now)
            more = {"current": current, "changed_by": outdated.changed_by}
            tag = [(b"etag", answer(current).tag)]
            problem = Problem(outdated.code, str(outdated), headers=tag, more=more)
            raise Refused(problem) from None

    async def changed(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer: the thing as it is by then, or as it would be."""
        outcome = await self.outcome(asking, query, make, show)
        if query.dry_run:
            return tried([show(outcome.thing)], outcome)
        return answer(show(outcome.thing), headers=operation(outcome))

    async def removed(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer where nothing is left to show."""
        outcome = await self.outcome(asking, query, make, show)
        if query.dry_run:
            return tried([show(outcome.thing)], outcome)
        return Answer(b"", status=204, headers=operation(outcome))

    async def added(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer where something is new."""
        outcome = await self.outcome(asking, query, make, show)
        shown = show(outcome.thing)
        if query.dry_run:
            return tried([shown], outcome, is_new=True)
        headers = [*operation(outcome), (b"location", shown["links"]["self"].encode("ascii"))]
        return answer(shown, status=201, headers=headers)


def as_read(asking: Asking, show: Show) -> Callable[[Any], bool] | None:
    """Whether a thing has the tag that the client sent; None where it sent none."""
    wanted = header(asking.scope, b"if-match")
    if not wanted:
        return None
    return lambda now: is_among(answer(show(now)).tag, wanted, weakly=False)


def tried(items: list[Shown], outcome: Outcome[Any], *, is_new: bool = False) -> Answer:
    """What would be; of what would be new nobody knows the id."""
    changes = [change_shown(entry) for entry in outcome.entries]
    if is_new:
        items = [{**item, "id": None, "links": {}} for item in items]
        changes = [{**one, "subject": {**one["subject"], "id": None}} for one in changes]
    return untagged({"dry_run": True, "items": items, "changes": changes})


def untagged(value: Shown, **further: Any) -> Answer:
    """A JSON value that is no state of anything, so that it has no tag."""
    return Answer(answer(value).content, **further)


def operation(outcome: Outcome[Any]) -> Headers:
    """Which operation it was, for who wants to look it up or to take it back."""
    entries = outcome.entries
    return [(b"x-izzitup-operation", b"%d" % entries[0].operation_id)] if entries else []
