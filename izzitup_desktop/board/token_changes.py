"""Tokens that a program makes or revokes; nobody waits for it here."""

from __future__ import annotations

from concurrent.futures import Future

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant, assert_meant, submit
from izzitup_desktop.board.tokens import checked_draft, make_one, manageable, revoke_one
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.tokens import NewToken, Token, TokenDraft
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written


class TokenChanges:
    """Each is one transaction, and is only tried where its manner is `dry`.

    They fail as the use cases of `Tokens` do; what can be told at once is raised.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def add(
        self, principal: Principal, manner: Manner, draft: TokenDraft
    ) -> Future[Written[Outcome[NewToken]]]:
        """Make a token; of one that is only tried the secret is worth nothing."""
        draft = checked_draft(draft)
        return submit(
            self._core, manner, lambda transaction: make_one(transaction, principal, draft)
        )

    def revoke(
        self, principal: Principal, manner: Manner, meant: Meant
    ) -> Future[Written[Outcome[Token]]]:
        """Let a token do nothing any more. Fails with `Outdated`, too."""

        def use_case(transaction: Transaction) -> Token:
            token = manageable(transaction, principal, meant.id)
            assert_meant(transaction, principal, "token", meant, token)
            return revoke_one(transaction, principal, token)

        return submit(self._core, manner, use_case)
