"""Who sends a request, by a name and a password or a token, without waiting on the event loop."""

from __future__ import annotations

import logging

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Principal
from izzitup_desktop.domain.errors import SignInFailed, Throttled
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.sparing import SparingLog
from izzitup_desktop.storage.asked import Asked


class SignIns:
    """Verifies what is sent; what was right lately costs next to nothing."""

    def __init__(self, board: Board, endings: Endings, log: logging.Logger) -> None:
        self._accounts, self._tokens = board.accounts, board.tokens
        self._endings = endings
        self._log = SparingLog(log, board.clock)

    async def account(
        self,
        source: str,
        user: str,
        password: str,
        asked: Asked,
        no_token: SignInFailed | None = None,
    ) -> Account:
        """The account. Raises `SignInFailed`, `Throttled`, `Unavailable`.

        Of what is `no_token` either, the log says why.
        """
        try:
            account = self._accounts.signed_in_lately(user, password, source=source)
            if account is None:
                signing_in = self._accounts.submit_sign_in(user, password, source=source)
                account = await self._endings.result(signing_in, asked)
            return account
        except (SignInFailed, Throttled) as error:
            # What was sent as a name may be a password: it is not written down.
            why = "" if no_token is None else f" ({no_token.code})"
            self.note(source, error, why)
            raise

    async def account_anew(
        self, stale: Account, source: str, user: str, password: str, asked: Asked
    ) -> Account:
        """The account, which was changed since its password was verified. Raises as `account`."""
        self._accounts.forget_sign_in(stale)
        return await self.account(source, user, password, asked)

    async def principal(
        self, source: str, secret: str, route: str, asked: Asked, *, changes: bool
    ) -> Principal:
        """Who acts by a token. Raises what tells why it is none, and `Unavailable`.

        Whoever `changes` something is looked up again by the use case.
        """
        tokens = self._tokens
        found: Principal | None = None
        if changes:
            found = tokens.found_lately(secret, address=source, route=route)
        if found is None:
            found = tokens.found_if_known(secret, address=source, route=route)
        if found is None:
            looking = tokens.submit_found(secret, address=source, route=route)
            found = await self._endings.result(looking, asked)
        return found

    def note(self, source: str, error: Exception, why: str = "") -> None:
        """Write down that somebody did not sign in, unless that was done lately."""
        self._log.warning(
            network_of(source) + why,
            "a sign-in from %s failed: %s%s", source, type(error).__name__, why,
        )  # fmt: skip
