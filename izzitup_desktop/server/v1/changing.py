"""What all changes have in common: how they are answered, and told where they are only tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Held, Outdated
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.answers import Answer, answer, is_among, wanted_tags
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.idempotency import answered, once
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.shown import change_shown
from izzitup_desktop.server.v1.tellers import Tellers, Trial
from izzitup_desktop.storage.writer import Written

T = TypeVar("T")
Shown = dict[str, Any]
Show = Callable[[Any], Shown]

Making = Callable[[Principal, Manner], Awaitable[Future[Written[Outcome[T]]]]]
"""Hands a change over; may wait before, for what is dear."""


@dataclass(frozen=True, slots=True)
class Look:
    """How what a change is about looks to who asks: each of the things, and each entry.

    What is made may be one thing, or several (`are_many`).
    """

    show: Show
    are_many: bool = False
    entry: Callable[[Entry], Entry] | None = None

    def things(self, outcome: Outcome[Any]) -> Sequence[Any]:
        """The things, one by one."""
        return outcome.thing if self.are_many else (outcome.thing,)

    def of(self, outcome: Outcome[Any]) -> Outcome[Any]:
        """What was made, with entries as they may be seen."""
        if self.entry is None:
            return outcome
        return replace(outcome, entries=tuple(map(self.entry, outcome.entries)))


class Changing:
    """Makes changes and answers them."""

    def __init__(self, endings: Endings, tellers: Tellers) -> None:
        self._endings, self._tellers = endings, tellers

    async def answer(
        self,
        asking: Asking,
        query: WriteQuery,
        make: Making[Any],
        look: Look,
        told: Callable[[Outcome[Any]], Answer],
        *,
        is_new: bool = False,
        is_secret: bool = False,
    ) -> Answer:
        """What is `told` of a change, or what would be, where it is only tried.

        What `is_secret` is told once, and not kept. Raises `Refused` where something is not
        as expected.
        """

        def telling(outcome: Outcome[Any]) -> Answer:
            return told(look.of(outcome))

        manner = Manner(asking.asked, dry=query.dry_run, once=once(asking, telling))

        async def act(principal: Principal) -> Outcome[Any]:
            made = await make(principal, manner)
            return (await self._endings.result(made, manner.asked)).value

        try:
            outcome = await asking.acting(act)
        except Outdated as outdated:
            raise refused_as_outdated(outdated, look.show) from None
        except Held as held:
            if held.would_be is None:
                raise
            more = {"told": await self._who_is_told(asking, held.would_be, ())}
            raise Refused(Problem(held.code, str(held), more=more)) from None
        if query.dry_run:
            outcome, things = look.of(outcome), look.things(outcome)
            would_be_told = await self._who_is_told(asking, outcome.entries, things)
            shown = [look.show(thing) for thing in things]
            return tried(shown, outcome.entries, would_be_told, is_new=is_new)
        if outcome.answer is None:
            return telling(outcome)
        kept = answered(asking, outcome.answer, is_replayed=outcome.is_replayed)
        return telling(outcome) if is_secret and not outcome.is_replayed else kept

    async def _who_is_told(
        self, asking: Asking, entries: Sequence[Entry], things: Sequence[Any]
    ) -> list[Shown]:
        services = [thing for thing in things if isinstance(thing, Service)]
        return await self._tellers.told(Trial.of(entries, services), asking.asked)

    async def changed(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer: the thing as it is by then, or as it would be."""

        def told(outcome: Outcome[Any]) -> Answer:
            return answer(show(outcome.thing), headers=operation(outcome.entries))

        return await self.answer(asking, query, make, Look(show), told)

    async def removed(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer where nothing is left to show."""

        def told(outcome: Outcome[Any]) -> Answer:
            return Answer(b"", status=204, headers=operation(outcome.entries))

        return await self.answer(asking, query, make, Look(show), told)

    async def added(
        self, asking: Asking, query: WriteQuery, make: Making[Any], show: Show
    ) -> Answer:
        """The answer where something is new."""

        def told(outcome: Outcome[Any]) -> Answer:
            shown = show(outcome.thing)
            return answer(shown, status=201, headers=headers_of_new(outcome, shown))

        return await self.answer(asking, query, make, Look(show), told, is_new=True)


def as_read(asking: Asking, show: Show) -> Callable[[Any], bool] | None:
    """Whether a thing has the tag that the client sent; None where it sent none."""
    wanted = wanted_tags(asking.scope)
    if wanted is None:
        return None
    return lambda now: is_among(answer(show(now)).tag, wanted, weakly=False)


def refused_as_outdated(error: Outdated, show: Show) -> Refused:
    """412, with the thing as it is by now (`show` makes it), its tag, and who changed it."""
    current = show(error.now)
    more = {"current": current, "changed_by": error.changed_by}
    tag = [(b"etag", answer(current).tag)]
    return Refused(Problem(error.code, str(error), headers=tag, more=more))


def tried(
    items: list[Shown],
    entries: Sequence[Entry],
    would_be_told: list[Shown],
    *,
    is_new: bool = False,
) -> Answer:
    """What would be. Which id a new thing would get nobody knows: others may add theirs before."""
    changes = [change_shown(entry) for entry in entries]
    if is_new:
        items = [{**item, "id": None, "links": {}} for item in items]
        changes = [{**one, "subject": {**one["subject"], "id": None}} for one in changes]
    told = {"dry_run": True, "items": items, "changes": changes, "told": would_be_told}
    return untagged(told)


def untagged(value: Shown, **further: Any) -> Answer:
    """A JSON value that is no state of anything, so that it has no tag."""
    return Answer(answer(value).content, **further)


def headers_of_new(outcome: Outcome[Any], shown: Shown) -> Headers:
    """Which operation it was, and where the new thing is."""
    return [*operation(outcome.entries), (b"location", shown["links"]["self"].encode("ascii"))]


def operation(entries: Sequence[Entry]) -> Headers:
    """Which operation it was, for who wants to look it up or to take it back."""
    return [(b"x-izzitup-operation", b"%d" % entries[0].operation_id)] if entries else []
