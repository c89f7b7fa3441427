"""Who would be told of a change that is only tried: one teller for each way of telling."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from izzitup_desktop.board import Board
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.services import SERVICE_REMOVED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.stream.events import Event
from izzitup_desktop.server.v1.stream.hub import Hub
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.text import notices


@dataclass(frozen=True, slots=True)
class Trial:
    """What would stand in the journal, and the services that it is about as they would be.

    None stands for one that would be on the board no more.
    """

    entries: Sequence[Entry]
    services: Mapping[int, Service | None]

    @classmethod
    def of(cls, entries: Sequence[Entry], services: Sequence[Service]) -> Trial:
        """A trial, of what a use case returned; of a removed service that is what it was."""
        then: dict[int, Service | None] = {one.id: one for one in services}
        for entry in entries:
            if entry.kind == SERVICE_REMOVED:
                then[entry.subject_id] = None
        return cls(entries, then)


class Teller(Protocol):
    """One way of telling people and programs what happens."""

    async def told(self, trial: Trial, asked: Asked) -> dict[str, Any] | None:
        """How many would be told, and what; None for nobody. Raises `Unavailable`."""


class Tellers:
    """All ways of telling."""

    def __init__(self, *tellers: Teller) -> None:
        self._tellers = tellers

    async def told(self, trial: Trial, asked: Asked) -> list[dict[str, Any]]:
        """What each would tell that tells anybody. Raises `Unavailable`."""
        if not trial.entries:
            return []
        found = [await teller.told(trial, asked) for teller in self._tellers]
        return [one for one in found if one is not None]


class StreamTeller:
    """Those who listen to the stream: who may hear of it, and wants to."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def told(self, trial: Trial, asked: Asked) -> dict[str, Any] | None:  # noqa: ARG002 (as every teller)
        """How many hear of it."""
        hub = self._hub
        if not len(hub):
            return None
        now = ChainMap(dict(trial.services), cast("dict[int, Service | None]", hub.known))
        count = hub.would_hear([self._event(entry, now) for entry in trial.entries], now)
        return _item("stream", count) if count else None

    def _event(self, entry: Entry, now: Mapping[int, Service | None]) -> Event:
        hub, id_ = self._hub, entry.subject_id
        if entry.kind.subject != "service":
            return Event(entry, None, None, None, hub.groups)
        return Event(entry, id_, hub.known.get(id_), now.get(id_), hub.groups)


class DeskTeller:
    """The desks that have the board open: what each says, where it was not set up otherwise."""

    def __init__(self, board: Board, readers: Readers) -> None:
        self._desks, self._live = board.desks, board.live
        self._vocabulary = board.vocabulary
        self._readers = readers

    async def told(self, trial: Trial, asked: Asked) -> dict[str, Any] | None:
        """How many desks there are, and what they say."""
        words = notices.of_entries(trial.entries, self._vocabulary, self._group_of(trial))
        if not words:
            return None
        count = await self._readers.result(self._desks.count, asked)
        text = "\n\n".join(one.text for one in words)
        return _item("desk", count, text=text) if count else None

    def _group_of(self, trial: Trial) -> notices.GroupOf:
        picture = self._live.picture_as_known()
        names = {group.id: group.name for group in picture.groups}

        def group_of(service_id: int) -> str:
            service = trial.services.get(service_id) or picture.services.get(service_id)
            return "" if service is None else names.get(service.group_id or 0, "")

        return group_of


def _item(by: str, count: int, **words: str) -> dict[str, Any]:
    return {"by": by, "count": count, **words}
