"""Use cases of tokens: make, list, revoke, and find who acts by one."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from izzitup_desktop.board.core import Core, as_now, require
from izzitup_desktop.board.known_tokens import Known, KnownTokens, Owned, Uses, owned, store
from izzitup_desktop.board.signing_in.hash_worker import HashWorker
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.errors import BoardError, Conflict, Invalid, NotFound
from izzitup_desktop.domain.kinds.tokens import TOKEN_ADDED, TOKEN_REVOKED
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.scopes import scope_words
from izzitup_desktop.domain.tokens import (
    ADDRESS_MOST,
    ROUTE_MOST,
    LastUse,
    NewToken,
    Token,
    TokenDraft,
    checked_expiry,
    checked_limits,
    checked_name,
    checked_scopes,
    digest_of,
    ending_of,
    new_secret,
)
from izzitup_desktop.storage import accounts, groups, services, tokens
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

LOOKING = b"tokens"
"""What a reading of all tokens is called among the checks of the worker."""

OF_ONE_MOST = 100
"""So many tokens that were not revoked an account, or a group, has at most."""


class Tokens:
    """What can be done with tokens; every method that writes is one transaction.

    Administrators make and revoke anybody's, others their own. By a token nobody does
    either: who has one must not get another that outlives it.
    """

    def __init__(self, core: Core, worker: HashWorker) -> None:
        self._core = core
        self._worker = worker
        self._known = KnownTokens(core)
        self.uses = Uses()

    def list(self, principal: Principal) -> tuple[Token, ...]:
        """All tokens, or one's own, by id; revoked and expired ones too."""

        def query(connection: Any, now_principal: Principal) -> tuple[Token, ...]:
            found = (stored.token for stored in tokens.listed(connection))
            if allowed(now_principal, Action.TOKEN_MANAGE):
                return tuple(found)
            return tuple(token for token in found if _is_own(now_principal, token.account_id))

        return self._core.read_as(principal, Action.TOKEN_OWN, query)

    def add(self, principal: Principal, draft: TokenDraft) -> Written[NewToken]:
        """Make a token; its secret is in what is returned, and nowhere else.

        Raises `Invalid`, `NotAllowed`, `NotFound` (account, group, service), `Conflict`.
        """
        draft = checked_draft(draft)
        return self._core.write(lambda transaction: make_one(transaction, principal, draft))

    def revoke(self, principal: Principal, token_id: int) -> Written[Token]:
        """Let a token do nothing any more, from now on and for ever.

        One that was revoked already stays as it is. Raises `NotFound`, `NotAllowed`.
        """

        def use_case(transaction: Transaction) -> Token:
            token = manageable(transaction, principal, token_id)
            return revoke_one(transaction, principal, token)

        return self._core.write(use_case)

    def found(self, secret: str, *, address: str, route: str) -> Principal:
        """Who acts by a token, sent from `address` for `route`. Waits.

        Raises `NoToken`, `MistypedToken`, `WrongTokenKind` (before anything is looked
        up), `UnknownToken`, `RevokedToken`, `ExpiredToken`, `OwnerlessToken`,
        `Unavailable`. Strangers must not be told which.
        """
        digest = digest_of(secret)
        return self._used(owned(self._known.now(), digest), address, route)

    def submit_found(self, secret: str, *, address: str, route: str) -> Future[Principal]:
        """`found` without waiting; the future fails as it raises."""
        ended: Future[Principal] = Future()
        try:
            digest = digest_of(secret)
        except BoardError as error:
            ended.set_exception(error)
            return ended

        def look(*, shared_may_do: bool) -> None:
            # All who ask for tokens wait for one reading of all.
            looked, is_shared = self._worker.share_or_submit(
                LOOKING, self._known.now, is_first=True
            )

            def end(done: Future[Known]) -> None:
                error = done.exception()
                if error is not None:
                    ended.set_exception(error)
                    return
                known = done.result()
                if is_shared and not shared_may_do and digest not in known:
                    # It began before we asked; the token may be newer.
                    look(shared_may_do=True)
                    return
                try:
                    ended.set_result(self._used(owned(known, digest), address, route))
                except BoardError as refused:
                    ended.set_exception(refused)

            looked.add_done_callback(end)

        ended.set_running_or_notify_cancel()
        look(shared_may_do=False)
        return ended

    def found_if_known(self, secret: str, *, address: str, route: str) -> Principal | None:
        """`found` where that needs no waiting, else None. Raises as it does."""
        digest = digest_of(secret)
        known = self._known.if_known()
        return None if known is None else self._used(owned(known, digest), address, route)

    def found_lately(self, secret: str, *, address: str, route: str) -> Principal | None:
        """Who acted by a token when it was looked up last, None where nobody did.

        For who only hands a use case over, which looks the token up again. Never waits.
        Raises `NoToken`, `MistypedToken`, `WrongTokenKind`.
        """
        one = self._known.as_known().get(digest_of(secret))
        with suppress(BoardError):
            return None if one is None else self._used(one, address, route)
        return None

    def close(self) -> None:
        """Store when tokens were used last, if the database lets us."""
        uses = self.uses.unwritten()
        if uses and not self._core.database.read_only:
            with suppress(BoardError):
                self._core.write(lambda transaction: store(transaction, uses))

    def _used(self, one: Owned, address: str, route: str) -> Principal:
        now = self._core.clock.now()
        principal = one.principal(now)
        use = LastUse(now, _shown(address, ADDRESS_MOST), _shown(route, ROUTE_MOST))
        self.uses.note(one.stored.token.id, use)
        return principal


def checked_draft(draft: TokenDraft) -> TokenDraft:
    """The draft with its values checked, but when it ends. Raises `Invalid`."""
    name, scopes = checked_name(draft.name), checked_scopes(draft.scopes)
    if (draft.account_id is None) == (draft.group_id is None):
        raise Invalid("owner", msg("A token belongs to an account, or to a group."))
    return replace(draft, name=name, scopes=scopes, limits=checked_limits(draft.limits))


def make_one(transaction: Transaction, principal: Principal, draft: TokenDraft) -> NewToken:
    """Make one token of a checked draft, with its journal entry. Raises as `Tokens.add`."""
    _authorize(transaction, principal, draft.account_id)
    expires = checked_expiry(draft.expires, transaction.now)
    return _add_one(transaction, principal, replace(draft, expires=expires))


def manageable(transaction: Transaction, principal: Principal, token_id: int) -> Token:
    """The token, which the principal may revoke. Raises `NotAllowed`, `NotFound`."""
    found = transaction.token(token_id)
    _authorize(transaction, principal, None if found is None else found.token.account_id)
    if found is None:
        raise NotFound("token", str(token_id))
    return found.token


def revoke_one(transaction: Transaction, principal: Principal, token: Token) -> Token:
    """Revoke one token, with its journal entry; one that was revoked stays as it is."""
    if token.revoked is not None:
        return token
    tokens.revoke(transaction.connection, token.id, transaction.now)
    transaction.forget_accounts()
    after = {"ending": token.ending}
    transaction.record(principal, TOKEN_REVOKED, token.id, token.name, after=after)
    return replace(token, revoked=transaction.now)


def _is_own(principal: Principal, account_id: int | None) -> bool:
    return account_id is not None and account_id == principal.account_id


def _authorize(transaction: Transaction, principal: Principal, account_id: int | None) -> None:
    """Raise `NotAllowed` unless the principal may make and revoke tokens of this account."""
    now_principal = as_now(transaction, principal)
    own = _is_own(now_principal, account_id)
    require(now_principal, Action.TOKEN_OWN if own else Action.TOKEN_MANAGE)


def _add_one(transaction: Transaction, principal: Principal, draft: TokenDraft) -> NewToken:
    owner = _owner(transaction, draft)
    _assert_limits_exist(transaction, draft)
    secret = new_secret(draft.kind)
    parts = digest_of(secret), ending_of(secret)
    token = tokens.insert(transaction.connection, draft, parts, transaction.now, principal.name)
    limits = token.limits
    transaction.record(
        principal,
        TOKEN_ADDED,
        token.id,
        token.name,
        after={
            "owner": owner,
            "ending": token.ending,
            "scopes": scope_words(token.scopes),
            "service_ids": None if limits is None else sorted(limits.service_ids),
            "group_ids": None if limits is None else sorted(limits.group_ids),
            "expires": _told(token.expires),
        },
    )
    return NewToken(token, secret)


def _owner(transaction: Transaction, draft: TokenDraft) -> str:
    """The name of the account or group that it is of. Raises `NotFound`, `Conflict`."""
    connection = transaction.connection
    count = sum(
        stored.token.revoked is None
        and (stored.token.account_id, stored.token.group_id) == (draft.account_id, draft.group_id)
        for stored in tokens.listed(connection)
    )
    if count >= OF_ONE_MOST:
        raise Conflict(msg("There are %1 tokens already. Revoke those nobody uses.", count))
    if draft.account_id is not None:
        account = accounts.get(connection, draft.account_id)
        if account is None:
            raise NotFound("account", str(draft.account_id))
        if not account.active:
            raise Conflict(msg("The account %1 is disabled.", account.name))
        return account.name
    group = groups.get(connection, draft.group_id or 0)
    if group is None:
        raise NotFound("group", str(draft.group_id))
    if accounts.by_name(connection, draft.name) is not None:
        # The journal tells who acted by the name alone.
        raise Conflict(msg("There is an account named %1 already.", draft.name))
    return group.name


def _assert_limits_exist(transaction: Transaction, draft: TokenDraft) -> None:
    """Raise `NotFound` for a limit to what there is not."""
    if draft.limits is None:
        return
    ids = sorted(draft.limits.service_ids)
    found = {service.id for service in services.many(transaction.connection, ids)}
    for id_ in ids:
        if id_ not in found:
            raise NotFound("service", str(id_))
    for id_ in sorted(draft.limits.group_ids):
        if groups.get(transaction.connection, id_) is None:
            raise NotFound("group", str(id_))


def _told(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _shown(text: str, most: int) -> str:
    """What a client is known by, as one line that can be stored."""
    return "".join(char if char.isprintable() else "?" for char in text[:most]).strip()
