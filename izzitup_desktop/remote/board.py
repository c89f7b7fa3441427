"""Another board, worked on over its API v1 as the command line works on the one here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from izzitup_desktop.domain.comments import checked_comment
from izzitup_desktop.domain.errors import Conflict, NotFound, Outdated
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.remote.connection import Connection
from izzitup_desktop.remote.reading import group_of, service_of

if TYPE_CHECKING:
    # Accounts, tokens, backups, the journal and words load with the commands about them.
    from izzitup_desktop.domain.concepts import Vocabulary
    from izzitup_desktop.remote.access import RemoteAccounts, RemoteTokens
    from izzitup_desktop.remote.backups import RemoteBackups
    from izzitup_desktop.remote.journal import RemoteJournal

_TRIES = 5
"""So often a group is read again that somebody changes meanwhile."""

_REFERENCE_MOST = 100
_NO_STEP = re.compile(r"[/\\\x00-\x1f\x7f]|^\.{1,2}$")


class RemoteBoard:
    """The board at the other end of a connection, which is closed with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.services = RemoteServices(connection)
        self.groups = RemoteGroups(connection)

    @cached_property
    def accounts(self) -> RemoteAccounts:
        """Its accounts."""
        from izzitup_desktop.remote.access import RemoteAccounts  # as above

        return RemoteAccounts(self._connection)

    @cached_property
    def tokens(self) -> RemoteTokens:
        """Its tokens."""
        from izzitup_desktop.remote.access import RemoteTokens  # as above

        return RemoteTokens(self._connection)

    @cached_property
    def backups(self) -> RemoteBackups:
        """Its backups."""
        from izzitup_desktop.remote.backups import RemoteBackups  # as above

        return RemoteBackups(self._connection)

    @cached_property
    def journal(self) -> RemoteJournal:
        """Its journal."""
        from izzitup_desktop.remote.journal import RemoteJournal  # as above

        return RemoteJournal(self._connection)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of this version; a kind that only the other board knows goes by its name."""
        from izzitup_desktop.domain.kinds import VOCABULARY  # who lists services needs none

        return VOCABULARY

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class RemoteServices:
    """Its services."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Service]:
        """All that whoever asks may see, by id."""
        with self._connection.understanding():
            return [service_of(told) for told in self._connection.items("/services", sort="id")]

    def find(self, reference: str) -> Service:
        """The service of this id or key. Raises `NotFound`, or what says what may be meant."""
        missing = NotFound("service", reference)
        if not _may_be_a_key(reference):
            raise missing
        told = self._connection.get(f"/services/{quote(reference, safe='')}", wanted=missing)
        with self._connection.understanding():
            return service_of(told)

    def add(self, draft: ServiceDraft, status_id: int) -> Service:
        """Add a service."""
        body = {
            "name": draft.name,
            "key": draft.key,
            "description": draft.description,
            "url": draft.url,
            "check_url": draft.check_url,
            "hidden": draft.hidden,
            "group": draft.group_id,
            "note": draft.note,
            "stale_minutes": draft.stale_minutes,
            "status": status_id,
        }
        answer = self._connection.ask("POST", "/services", body)
        with self._connection.understanding():
            return service_of(answer.content)

    def set_status(self, service: Service, status_id: int, comment: str) -> None:
        """Set its status."""
        # The one of several, since a POST is done once however often it is sent.
        checked = checked_comment(comment)
        body: dict[str, object] = {
            "services": [service.id], "status": status_id, "comment": checked
        }  # fmt: skip
        if checked.is_public:
            # A board that knows of no page knows no such field.
            body["public"] = True
        self._connection.ask("POST", "/services/status", body)

    def remove(self, service: Service) -> None:
        """Put it into the trash."""
        missing = NotFound("service", str(service.id))
        self._connection.delete(f"/services/{service.id}", missing)


class RemoteGroups:
    """Its groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Group]:
        """All groups, in the order of the board."""
        with self._connection.understanding():
            return [group_of(told) for told in self._connection.items("/groups")]

    def add(self, name: str) -> Group:
        """Add a group."""
        answer = self._connection.ask("POST", "/groups", {"name": checked_name(name)})
        with self._connection.understanding():
            return group_of(answer.content)

    def rename(self, group: Group, name: str) -> Group:
        """Give it another name. Raises `Conflict` where it has not the one it was read with."""
        missing = NotFound("group", group.name)
        name, path = checked_name(name), f"/groups/{group.id}"
        outdated: Outdated | None = None
        for _ in range(_TRIES):
            read = self._connection.ask("GET", path, wanted=missing)
            with self._connection.understanding():
                now, tag = group_of(read.content), read.headers["etag"]
            if outdated is not None and now.name == name:
                # It was us: the answer of the first time was lost.
                return now
            if now.name != group.name:
                break
            try:
                answer = self._connection.ask(
                    "PATCH", path, {"name": name}, wanted=missing, if_match=tag
                )
            except Outdated as error:
                # Its tag is also another when a status in it is.
                outdated = error
                continue
            with self._connection.understanding():
                return group_of(answer.content)
        raise outdated or Conflict(msg("The group %1 was changed since you opened it.", group.name))

    def remove(self, group: Group) -> None:
        """Remove an empty group."""
        self._connection.delete(f"/groups/{group.id}", NotFound("group", group.name))


def _may_be_a_key(reference: str) -> bool:
    """Whether it may be asked for: nothing else fits into one step of a path."""
    return len(reference) <= _REFERENCE_MOST and not _NO_STEP.search(reference)
