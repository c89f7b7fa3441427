"""The live picture as the API v1 needs it: what somebody sees, and things by their names."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from izzitup_desktop.board.live import Live, Picture
from izzitup_desktop.domain.accounts import PUBLIC, Principal
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import fold
from izzitup_desktop.domain.visibility import sees_all
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.shown import groups_by_id
from izzitup_desktop.storage.asked import Asked

_DIGITS_MOST = 18
_LIKE_MOST, _LOOKED_AT_MOST = 200, 5_000
"""So many keys are compared with one that somebody may have meant, of so many of the board's."""


@dataclass(slots=True)
class View:
    """A picture as somebody sees it. `name` is "" where nobody else sees the same."""

    picture: Picture
    principal: Principal
    name: str
    groups: Mapping[int | None, Group]
    _index: KeyIndex
    _seen: dict[str, Picture] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether services are shown with what only those who signed in may see."""
        return self.name == "all"

    @property
    def seen(self) -> Picture:
        """What of the picture may be seen."""
        if not self.name:
            return self.picture.seen_by(self.principal)
        if self.name not in self._seen:
            self._seen[self.name] = self.picture.seen_by(self.principal)
        return self._seen[self.name]

    def group_of(self, service: Service) -> Group | None:
        """The group that a service is in."""
        return self.groups.get(service.group_id)

    def service(self, reference: str) -> Service:
        """The service with this id or key. Raises `NotFound`, also for one that is not seen."""
        is_id = reference.isascii() and reference.isdigit()
        if is_id and len(reference) <= _DIGITS_MOST:
            id_: int | None = int(reference)
        else:
            id_ = self._index.find(self.picture, fold(reference))
        found = None if id_ is None else self.picture.service_seen_by(self.principal, id_)
        if found is None:
            raise NotFound("service", reference)
        return found

    def has(self, reference: str) -> bool:
        """Whether there is a `service` of this reference."""
        try:
            return self.service(reference) is not None
        except NotFound:
            return False

    def like(self, reference: str) -> str:
        """The key of a service that may have been meant, "" for none."""
        wanted = fold(reference)
        begin = wanted[:1]
        keys: dict[str, str] = {}
        known = self._index.of(self.picture).items()
        for folded, id_ in islice(known, _LOOKED_AT_MOST):
            if folded.startswith(begin):
                service = self.picture.service_seen_by(self.principal, id_)
                if service is not None:
                    keys[folded] = service.key
                    if len(keys) >= _LIKE_MOST:
                        break
        found = difflib.get_close_matches(wanted, keys, n=1, cutoff=0.6)
        return keys[found[0]] if found else ""


class KeyIndex:
    """Ids of services by their folded keys, brought up to date with each picture."""

    def __init__(self) -> None:
        self._version = -1
        self._known: dict[int, Service] = {}
        self._ids: dict[str, int] = {}

    def find(self, picture: Picture, folded: str) -> int | None:
        """The id by a folded key, None where the picture has no such key."""
        # Most changes leave all keys as they are: then nothing is gone through.
        id_ = self._ids.get(folded)
        service = None if id_ is None else picture.services.get(id_)
        if service is not None and fold(service.key) == folded:
            return id_
        return self.of(picture).get(folded)

    def of(self, picture: Picture) -> Mapping[str, int]:
        """The ids by keys of a picture, the same or a newer one than before."""
        if picture.version == self._version:
            return self._ids
        known = self._known
        changed = [one for id_, one in picture.services.items() if known.get(id_) is not one]
        gone = known.keys() - picture.services.keys()
        for service in (*(known[id_] for id_ in gone), *changed):
            old = known.pop(service.id, None)
            if old is not None and self._ids.get(folded := fold(old.key)) == old.id:
                del self._ids[folded]
        for service in changed:
            known[service.id] = service
            if service.key:
                self._ids[fold(service.key)] = service.id
        self._version = picture.version
        return self._ids


class Pictures:
    """Gives views of the picture as it is now; on the event loop."""

    def __init__(self, live: Live, readers: Readers) -> None:
        self._live = live
        self._readers = readers
        self._index = KeyIndex()
        self._version = -1
        self._groups: Mapping[int | None, Group] = {}
        self._seen: dict[str, Picture] = {}

    def view_if_known(self, principal: Principal) -> View | None:
        """The view, where that needs no waiting."""
        picture = self._live.picture_if_known()
        return None if picture is None else self._view(picture, principal)

    async def view(self, principal: Principal, asked: Asked) -> View:
        """The view with all that anybody has committed by now. Raises `Unavailable`."""
        picture = self._live.picture_if_known()
        if picture is None:
            picture = await self._readers.result(self._live.picture, asked)
        return self._view(picture, principal)

    async def view_to_change(self, principal: Principal, asked: Asked, *references: str) -> View:
        """The view as it is known, where all that is referred to is in it; else `view`.

        For who only names things: whether they are still so the transaction looks itself.
        Asking whether the picture is current is dear while the writer is at work.
        """
        if self._live.is_loaded:
            view = self._view(self._live.picture_as_known(), principal)
            if all(view.has(reference) for reference in references):
                return view
        return await self.view(principal, asked)

    def _view(self, picture: Picture, principal: Principal) -> View:
        if picture.version != self._version:
            self._version, self._seen = picture.version, {}
            self._groups = groups_by_id(picture.groups)
        name = "public" if principal is PUBLIC else "all" if sees_all(principal) else ""
        return View(picture, principal, name, self._groups, self._index, self._seen)
