"""Signing in: throttle, then what was verified lately, then one hash of constant cost."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from izzitup_desktop.board.signing_in.hash_worker import HashWorker
from izzitup_desktop.board.signing_in.passwords import Passwords
from izzitup_desktop.board.signing_in.throttle import Attempt, Throttle
from izzitup_desktop.domain.accounts import Account, StoredAccount, folded_name
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.errors import SignInFailed, Throttled

CACHE_SECONDS = 600.0
"""How long after its last use a verified name and password need no hash again."""

CACHE_MOST_SECONDS = 86_400.0
"""After that they are hashed again, however much they were used."""

_CACHED_MOST = 1_000


@dataclass(slots=True)
class _Verified:
    account: Account
    until: float
    until_at_most: float


class SignIn:
    """Checks names and passwords; thread-safe. `find` may wait for the database."""

    def __init__(
        self,
        find: Callable[[str], StoredAccount | None],
        passwords: Passwords,
        throttle: Throttle,
        worker: HashWorker,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._find = find
        self._passwords = passwords
        self._throttle = throttle
        self._worker = worker
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()
        self._generation = 0

    def submit(self, name: str, password: str, source: str) -> Future[Account]:
        """The account that name and password sign in to.

        The future fails with `SignInFailed` (never saying which was wrong),
        `Throttled` or `Unavailable`. The throttle is asked before anything else, so
        that who is held up learns nothing. A pair that is `known` needs neither hash
        nor database then.
        """
        ended: Future[Account] = Future()
        try:
            account = self.known(name, password, source)
            if account is not None:
                ended.set_result(account)
                return ended
            attempt = self._throttle.attempt(source, name)
        except Throttled as error:
            ended.set_exception(error)
            return ended
        key = self._key_of(attempt.name, password)
        # The same guess from the same source at the same time is one guess. Shared
        # with another source it would be one that counts for nobody.
        guess = key + attempt.origin.encode("utf-8", "surrogatepass")
        checked, is_shared = self._worker.share_or_submit(
            guess,
            lambda: self._check(key, name, password),
            is_first=attempt.is_first_in_queue,
        )
        if is_shared:
            self._throttle.withdrawn(attempt)
        else:
            checked.add_done_callback(lambda future: self._settle(future, attempt))
        return checked

    def known(self, name: str, password: str, source: str) -> Account | None:
        """The account of a pair that was verified and used within ten minutes.

        Raises `Throttled`.
        """
        origin, folded = self._throttle.check(source, name)
        account = self._cached(self._key_of(folded, password))
        if account is not None:
            self._throttle.verified(origin, folded)
        return account

    def forget(self, account_id: int) -> None:
        """Verify this account anew: it was changed."""
        with self._lock:
            self._generation += 1
            for key in [k for k, v in self._verified.items() if v.account.id == account_id]:
                del self._verified[key]

    def forget_all(self) -> None:
        """Verify everybody anew: other accounts took the place of those there were."""
        with self._lock:
            self._generation += 1
            self._verified.clear()

    def _check(self, key: bytes, name: str, password: str) -> Account:
        with self._lock:
            generation = self._generation
        stored = self._find(name) if folded_name(name) is not None else None
        matches = self._passwords.verify(password, stored.password_hash if stored else None)
        if stored is None or not matches or not stored.account.active:
            raise SignInFailed
        now = self._clock.elapsed()
        with self._lock:
            # An account changed while we hashed: this success may be stale already.
            if generation == self._generation:
                self._verified[key] = _Verified(
                    stored.account, now + CACHE_SECONDS, now + CACHE_MOST_SECONDS
                )
                if len(self._verified) > _CACHED_MOST:
                    self._verified.popitem(last=False)
        return stored.account

    def _settle(self, future: Future[Account], attempt: Attempt) -> None:
        error = future.exception()
        if error is None:
            self._throttle.succeeded(attempt)
        elif not isinstance(error, SignInFailed):
            self._throttle.withdrawn(attempt)

    def _cached(self, key: bytes) -> Account | None:
        with self._lock:
            found = self._verified.get(key)
            if found is None:
                return None
            now = self._clock.elapsed()
            if now >= min(found.until, found.until_at_most):
                del self._verified[key]
                return None
            found.until = now + CACHE_SECONDS
            self._verified.move_to_end(key)
            return found.account

    def _key_of(self, folded_name: str, password: str) -> bytes:
        folded = folded_name.encode("utf-8", "surrogatepass")
        keyed = hashlib.blake2b(len(folded).to_bytes(8, "big") + folded, key=self._key)
        keyed.update(password.encode("utf-8", "surrogatepass"))
        return keyed.digest()
