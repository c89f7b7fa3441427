"""Who sends a request, by a name and a password, without waiting on the event loop."""

from __future__ import annotations

import logging
from typing import Any

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account
from izzitup_desktop.domain.errors import SignInFailed, Throttled
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.sparing import SparingLog
from izzitup_desktop.storage.asked import Asked


class SignIns:
    """Verifies names and passwords; those that were right lately cost next to nothing."""

    def __init__(self, board: Board, endings: Endings, log: logging.Logger) -> None:
        self._accounts = board.accounts
        self._endings = endings
        self._log = SparingLog(log, board.clock)

    async def account(self, source: str, user: Any, password: Any, asked: Asked) -> Account:
        """The account. Raises `SignInFailed`, `Throttled`, `Unavailable`."""
        if not (isinstance(user, str) and isinstance(password, str)):
            raise SignInFailed
        try:
            account = self._accounts.signed_in_lately(user, password, source=source)
            if account is None:
                signing_in = self._accounts.submit_sign_in(user, password, source=source)
                account = await self._endings.result(signing_in, asked)
            return account
        except (SignInFailed, Throttled) as error:
            # What was sent as a name may be a password: it is not written down.
            self._log.warning(
                network_of(source),
                "a sign-in from %s failed: %s", source, type(error).__name__,
            )  # fmt: skip
            raise

    async def account_anew(
        self, stale: Account, source: str, user: Any, password: Any, asked: Asked
    ) -> Account:
        """The account, which was changed since its password was verified. Raises as `account`."""
        self._accounts.forget_sign_in(stale)
        return await self.account(source, user, password, asked)
