"""Who hears what: those who may see the same and want the same hear the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from izzitup_desktop.domain.accounts import Principal, allowed, hidden_shown_to
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.kinds.services import (
    SERVICE_ADDED,
    SERVICE_EDITED,
    SERVICE_MOVED,
    SERVICE_REMOVED,
    SERVICE_RESTORED,
)
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STALE, SERVICE_STATUS
from izzitup_desktop.domain.scopes import Limits
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.visibility import sees_all, shown_to
from izzitup_desktop.server.v1.stream.events import (
    GROUP_CHANGED,
    SERVICE_CHANGED,
    Event,
)

_SEEN_OUTSIDE = frozenset(
    {
        SERVICE_STATUS, SERVICE_ADDED, SERVICE_EDITED, SERVICE_MOVED, SERVICE_RESTORED,
        SERVICE_STALE, SERVICE_CONFIRMED,
    }
)  # fmt: skip
"""Of these there is something that everybody may see who sees the service."""

Now = Mapping[int, Service | None]
"""The services as they are now, by id; None where there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for: types, or what they begin with, and services; None: all."""

    types: frozenset[str] = frozenset()
    service_ids: frozenset[int] | None = None

    def has(self, name: str) -> bool:
        """Whether events of this type are wanted."""
        types = self.types
        return not types or name in types or name.partition(".")[0] in types


class CanNotTell(Exception):
    """Whether somebody saw a thing before is not known any more."""


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two hear the same."""

    whole: bool
    unread: frozenset[str]
    limits: Limits
    wanted: Wanted


class Audience:
    """Decides what of an event its listeners are told."""

    def __init__(self, key: Key, shows: Callable[[Service], bool]) -> None:
        self.key = key
        self._shows = shows
        self._wanted = key.wanted
        self._is_limited = not key.limits.is_empty

    @classmethod
    def of(cls, principal: Principal, wanted: Wanted, vocabulary: Vocabulary) -> Audience:
        """The audience that the principal belongs to."""
        unread = frozenset(
            one.name for one in vocabulary.concepts if not allowed(principal, one.read_by)
        )
        key = Key(sees_all(principal), unread, hidden_shown_to(principal), wanted)
        return cls(key, shown_to(principal))

    def frame(self, event: Event, now: Now) -> bytes:
        """What is sent of the event, b"" for nothing. Raises `CanNotTell`.

        It goes by what may be seen `now`, whatever the event was like in its time.
        """
        name = self.type_of(event, now)
        return event.frame(name, whole=self.key.whole) if name else b""

    def type_of(self, event: Event, now: Now) -> str:
        """As what the event is told, "" where it is not. Raises `CanNotTell`."""
        ids = self._wanted.service_ids
        if ids is not None and event.service_id not in ids:
            return ""
        name = self._whole(event) if self.key.whole else self._outer(event, now)
        return name if name and self._wanted.has(name) else ""

    def _whole(self, event: Event) -> str:
        if event.entry is None:
            return SERVICE_CHANGED
        kind = event.entry.kind
        return "" if kind.subject in self.key.unread else kind.value

    def _outer(self, event: Event, now: Now) -> str:
        id_, entry = event.service_id, event.entry
        if id_ is None:
            return GROUP_CHANGED if entry is not None and entry.kind.subject == "group" else ""
        is_now = self._sees(now.get(id_))
        kind = None if entry is None else entry.kind
        if event.is_past and not is_now:
            return self._past_of_unseen(event)
        was = self._sees(event.before)
        if not (is_now and self._sees(event.then if event.is_past else event.after)):
            return SERVICE_REMOVED.value if was else ""
        return _named(kind) if was else SERVICE_ADDED.value

    def _past_of_unseen(self, event: Event) -> str:
        """What was told in its time of a service that is not seen now."""
        assert event.entry is not None  # what is past was read from the journal
        entry = event.entry
        if entry.kind == SERVICE_REMOVED:
            raise CanNotTell
        if entry.kind in (SERVICE_EDITED, SERVICE_MOVED):
            if entry.before.get("hidden") is False and entry.after.get("hidden") is True:
                return SERVICE_REMOVED.value
            if self._is_limited and "group_id" in entry.after:
                raise CanNotTell
        return ""

    def _sees(self, service: Service | None) -> bool:
        return service is not None and self._shows(service)


def _named(kind: Kind | None) -> str:
    """What a change is called for those who may not read the journal, "" for none they see."""
    if kind == SERVICE_STATUS:
        return SERVICE_STATUS.value
    if kind in (SERVICE_ADDED, SERVICE_RESTORED):
        return SERVICE_ADDED.value
    return SERVICE_CHANGED if kind is None or kind in _SEEN_OUTSIDE else ""
