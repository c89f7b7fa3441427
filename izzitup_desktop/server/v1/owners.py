"""How accounts and tokens look in the API v1: by the names that go with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.accounts import Account
from izzitup_desktop.domain.scopes import Limits, scope_words
from izzitup_desktop.domain.tokens import LastUse, Token, TokenState, state_of
from izzitup_desktop.server.routes import API_ROOT
from izzitup_desktop.server.v1.account_models import KIND_WORDS
from izzitup_desktop.server.v1.pictures import View
from izzitup_desktop.server.v1.shown import time_shown

Shown = dict[str, Any]


def account_shown(account: Account, view: View) -> Shown:
    """An account, without anything that signs in to it."""
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role.value,
        "active": account.active,
        "groups": _groups(account.group_ids, view),
        "created": time_shown(account.created),
        "updated": time_shown(account.updated),
        "links": {"self": f"{API_ROOT}/accounts/{account.id}"},
    }


def shows_accounts(view: View) -> Callable[[Account], Shown]:
    """How accounts look where groups are called as in `view`."""
    return lambda account: account_shown(account, view)


class Owners:
    """What tokens are shown with: their accounts and groups, what they are limited to."""

    def __init__(self, accounts: Iterable[Account], view: View, now: datetime) -> None:
        self._accounts = {account.id: account for account in accounts}
        self._view = view
        self._now = now

    def state(self, token: Token) -> TokenState:
        """What the token can do now."""
        account = self._accounts.get(token.account_id or 0)
        lives = token.group_id is not None and token.group_id in self._view.groups
        has_owner = lives or (account is not None and account.active)
        return state_of(token, self._now, has_owner=has_owner)

    def shown(self, token: Token) -> Shown:
        """A token, without itself."""
        account = self._accounts.get(token.account_id or 0)
        return {
            "id": token.id,
            "name": token.name,
            "kind": KIND_WORDS.get(token.kind, token.kind.value),
            "account": None
            if token.account_id is None
            else {"id": token.account_id, "name": None if account is None else account.name},
            "group": None
            if token.group_id is None
            else _groups(frozenset({token.group_id}), self._view)[0],
            "scopes": scope_words(token.scopes),
            "limits": None if token.limits is None else self._limits(token.limits),
            "state": self.state(token).value,
            "ending": token.ending,
            "created": time_shown(token.created),
            "created_by": token.created_by,
            "expires": None if token.expires is None else time_shown(token.expires),
            "revoked": None if token.revoked is None else time_shown(token.revoked),
            "last_use": None if token.last_use is None else _use(token.last_use),
            "links": {"self": f"{API_ROOT}/tokens/{token.id}"},
        }

    def _limits(self, limits: Limits) -> Shown:
        services = self._view.seen.services
        return {
            "services": [
                {
                    "id": id_,
                    "key": services[id_].key if id_ in services else None,
                    "name": services[id_].name if id_ in services else None,
                }
                for id_ in sorted(limits.service_ids)
            ],
            "groups": _groups(limits.group_ids, self._view),
        }


def _groups(ids: frozenset[int], view: View) -> list[Shown]:
    """Groups by name; of one that is gone only the id is known."""
    found = [(view.groups.get(id_), id_) for id_ in sorted(ids)]
    shown = [{"id": id_, "name": None if group is None else group.name} for group, id_ in found]
    return sorted(shown, key=lambda one: (one["name"] is None, one["name"] or ""))


def _use(use: LastUse) -> Shown:
    return {"time": time_shown(use.time), "address": use.address, "route": use.route}
