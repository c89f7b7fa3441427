"""All tokens as they are now, in memory: who sends one needs no reading for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.domain.accounts import Account, Principal
from izzitup_desktop.domain.errors import UnknownToken
from izzitup_desktop.domain.tokens import LastUse, StoredToken, principal_of
from izzitup_desktop.storage import accounts, tokens
from izzitup_desktop.storage.subscriptions import Batch
from izzitup_desktop.storage.transaction import Transaction

_TOUCHING = frozenset({"token", "account", "group", "board"})
"""Whatever happens to one of these may change what a token allows."""

WRITTEN_EVERY_SECONDS = 60.0
"""A token's last use is stored once in this time at most."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A token with its account as it is now, None for automation's."""

    stored: StoredToken
    owner: Account | None

    def principal(self, now: datetime) -> Principal:
        """Who acts by it. Raises as `domain.tokens.principal_of` does."""
        return principal_of(self.stored, self.owner, now)


Known = Mapping[str, Owned]
"""By the digests of their secrets."""


class KnownTokens:
    """Reads all tokens once, and again when something happened to them; thread-safe."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._generation = 0
        self._known: Known | None = None
        core.live.heed(self._heed)

    def as_known(self) -> Known:
        """As they were known last; what happened since may be missing. Never waits."""
        return self._known or {}

    def if_known(self) -> Known | None:
        """As they are now, where that needs no waiting, else None."""
        # Known before it is asked whether that is all: what comes later is in the next one.
        known = self._known
        return known if known is not None and self._core.feed.knows_all else None

    def now(self) -> Known:
        """As they are now. Waits; raises `Unavailable`."""
        self._core.database.assert_may_wait()
        known = self.if_known()
        if known is None:
            self._core.feed.look()
            known = self._known or self._read()
        return known

    def _read(self) -> Known:
        with self._lock:
            generation = self._generation
        known = self._core.read(_read_all)
        with self._lock:
            if generation == self._generation:
                self._known = known
        return known

    def _heed(self, batch: Batch) -> None:
        if batch.changes.whole or any(e.kind.subject in _TOUCHING for e in batch.entries):
            with self._lock:
                self._generation += 1
                self._known = None


class Uses:
    """When tokens were used last; stored by the heartbeat, not by who answers. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unwritten: dict[int, LastUse] = {}
        self._written: dict[int, float] = {}

    def note(self, token_id: int, use: LastUse) -> None:
        """A token was used."""
        with self._lock:
            self._unwritten[token_id] = use

    def due(self, now: float) -> Mapping[int, LastUse]:
        """Those that were not stored within the last minute; `now` in monotonic seconds."""
        with self._lock:
            return {
                id_: use
                for id_, use in self._unwritten.items()
                if not 0
                <= now - self._written.get(id_, -WRITTEN_EVERY_SECONDS)
                < WRITTEN_EVERY_SECONDS
            }

    def unwritten(self) -> Mapping[int, LastUse]:
        """All that were not stored yet."""
        with self._lock:
            return dict(self._unwritten)

    def note_written(self, uses: Mapping[int, LastUse], now: float) -> None:
        """These are stored."""
        with self._lock:
            for id_, use in uses.items():
                self._written[id_] = now
                if self._unwritten.get(id_) is use:
                    del self._unwritten[id_]


def store(transaction: Transaction, uses: Mapping[int, LastUse]) -> None:
    """Store when tokens were used; that is no change of the board, and has no entry."""
    if uses:
        transaction.keep = True
        tokens.note_uses(transaction.connection, uses)


def owned(found: Known, digest: str) -> Owned:
    """The token of this digest. Raises `UnknownToken`."""
    one = found.get(digest)
    if one is None:
        raise UnknownToken
    return one


def _read_all(connection: Any) -> Known:
    owners = {account.id: account for account in accounts.listed(connection)}
    return {
        stored.digest: Owned(stored, owners.get(stored.token.account_id or 0))
        for stored in tokens.listed(connection)
    }
