"""What a unit of work has read: each service, account and token once, and what became of it.

An identity map (M. Fowler, Patterns of Enterprise Application Architecture). Use cases
decide on these objects; changed services are stored together when the batch ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from izzitup_desktop.domain.accounts import Account
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.tokens import StoredToken
from izzitup_desktop.storage import accounts, services, tokens

_MOST = 200_000
"""More are not kept from one batch to the next."""


class _Unknown:
    """In place of a service that was not read."""


_UNKNOWN = _Unknown()


class Loaded:
    """Services and accounts by id, None for one that is not there."""

    def __init__(self) -> None:
        self._services: dict[int, Service | None] = {}
        self._accounts: dict[int, Account | None] = {}
        self._tokens: dict[int, StoredToken | None] = {}
        self._unsaved: dict[int, Service] = {}
        """The services that were put and not stored yet, as they are stored."""
        self._newest: dict[tuple[str, int], Entry] = {}
        self._before: list[tuple[Service, Service | _Unknown | None]] = []
        """What each `put` changed, and what was known in its place, oldest first."""

    def service(self, connection: Connection, service_id: int) -> Service | None:
        """The service as it is by now in this unit of work."""
        if not services.may_be(service_id):
            return None
        if service_id not in self._services:
            self._services[service_id] = services.get(connection, service_id)
        return self._services[service_id]

    def account(self, connection: Connection, account_id: int) -> Account | None:
        """The account as it is inside this transaction."""
        if account_id not in self._accounts:
            self._accounts[account_id] = accounts.get(connection, account_id)
        return self._accounts[account_id]

    def token(self, connection: Connection, token_id: int) -> StoredToken | None:
        """The token as it is inside this transaction."""
        if token_id not in self._tokens:
            self._tokens[token_id] = tokens.get(connection, token_id)
        return self._tokens[token_id]

    def read(self, connection: Connection, service_ids: Iterable[int]) -> None:
        """Read at once those of the services that are not known yet."""
        unknown = {id_ for id_ in service_ids if id_ not in self._services}
        if len(unknown) < 2:
            return
        found = {service.id: service for service in services.many(connection, tuple(unknown))}
        # What was not found is asked for by itself: it is missing, or damaged.
        self._services.update(found)

    def put(self, service: Service, was: Service) -> None:
        """The service is to be like this: status, since when, its layers. It was as `was`."""
        self._before.append((was, self._services.get(service.id, _UNKNOWN)))
        self._services[service.id] = service
        self._unsaved.setdefault(service.id, was)

    def put_since(self, mark: int) -> list[tuple[Service, Service]]:
        """The services that were put since the mark: as they were then, and are by now."""
        first: dict[int, Service] = {}
        for was, _ in self._before[mark:]:
            first.setdefault(was.id, was)
        return [
            (was, service)
            for id_, was in first.items()
            if (service := self._services.get(id_)) is not None
        ]

    def newest_entry(self, subject: str, subject_id: int) -> Entry | None:
        """The newest entry of a thing, where it is known."""
        return self._newest.get((subject, subject_id))

    def note_entry(self, entry: Entry) -> None:
        """This is the newest entry of its thing."""
        self._newest[entry.kind.subject, entry.subject_id] = entry

    def drop_entry(self, entry: Entry) -> None:
        """This entry was taken back; which is the newest has to be read."""
        self._newest.pop((entry.kind.subject, entry.subject_id), None)

    @property
    def mark(self) -> int:
        """Where `take_back` gets back to."""
        return len(self._before)

    def take_back(self, mark: int) -> None:
        """Forget all `put` since the mark."""
        for was, before in reversed(self._before[mark:]):
            if isinstance(before, _Unknown):
                self._services.pop(was.id, None)
                self._unsaved.pop(was.id, None)
            else:
                # Whether that was stored already is not known; doing it again harms nothing.
                self._services[was.id] = before
        del self._before[mark:]

    def save(self, connection: Connection) -> bool:
        """Store what was put and is not stored yet; whether there was any."""
        if not self._unsaved:
            return False
        changed = [
            (was, service)
            for id_, was in sorted(self._unsaved.items())
            if (service := self._services[id_]) is not None
        ]
        services.save_statuses(connection, changed)
        self._unsaved.clear()
        return True

    @property
    def services(self) -> dict[int, Service | None]:
        """Those that were put, or read, by id."""
        return self._services

    def end(self) -> None:
        """The unit of work was committed: begin the next one with what is known."""
        self._before.clear()
        if len(self._services) > _MOST:
            self._services.clear()
            self._newest.clear()

    def forget(self) -> None:
        """Read everything anew: SQL may have changed it."""
        assert not self._unsaved
        self._services.clear()
        self._accounts.clear()
        self._tokens.clear()
        self._newest.clear()

    def forget_accounts(self) -> None:
        """Read accounts and tokens anew: one was changed."""
        self._accounts.clear()
        self._tokens.clear()
