"""What was asked for under a key is done once: its answer is kept with the change itself."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import KeyReused
from izzitup_desktop.domain.idempotency import KeptAnswer, KeyedRequest
from izzitup_desktop.storage import idempotency
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.idempotency import Kept
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written


class Idempotency:
    """Answers kept under keys, for programs that repeat what they don't know the end of."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def find(
        self, principal: Principal, action: Action, request: KeyedRequest
    ) -> KeptAnswer | None:
        """The answer that the same request had before; None where it had none.

        `action` is what the request needs: who may not do it any more is told nothing.
        Raises `KeyReused`, `NotAllowed`, and what `Core.read_as` does.
        """

        def query(connection: Any, _principal: Principal) -> Kept | None:
            now = self._core.clock.now()
            return idempotency.get(connection, request.asker, request.key, now)

        return _answer(self._core.read_as(principal, action, query), request)

    def keep(
        self, request: KeyedRequest, answer: KeptAnswer, asked: Asked
    ) -> Future[Written[None]]:
        """Keep the answer to what was no change of the database, once that is done."""
        return self._core.submit(lambda t: keep(t, request, answer), asked, sure=True)


def known(transaction: Transaction, request: KeyedRequest) -> KeptAnswer | None:
    """The answer that the same request had before this transaction. Raises `KeyReused`."""
    kept = idempotency.get(transaction.connection, request.asker, request.key, transaction.now)
    return _answer(kept, request)


def keep(transaction: Transaction, request: KeyedRequest, answer: KeptAnswer) -> None:
    """Keep the answer together with what the use case did. Raises `Invalid`: it is too long."""
    idempotency.put(transaction.connection, request, answer, transaction.now)
    transaction.keep = True


def _answer(kept: Kept | None, request: KeyedRequest) -> KeptAnswer | None:
    if kept is None:
        return None
    if kept.fingerprint != request.fingerprint:
        raise KeyReused
    return kept.answer
