"""Signing in: throttle, then one hash of constant cost, then a cache of successes."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

from izzitup_desktop.board.hash_worker import HashWorker
from izzitup_desktop.board.passwords import Passwords
from izzitup_desktop.board.throttle import Throttle
from izzitup_desktop.domain.accounts import Account, StoredAccount
from izzitup_desktop.domain.errors import SignInFailed, Throttled
from izzitup_desktop.domain.text import fold

CACHE_SECONDS = 600.0
"""How long a verified name and password need no hash again."""

_CACHED_MOST = 1_000


class SignIn:
    """Checks names and passwords; thread-safe. `find` may wait for the database."""

    def __init__(
        self,
        find: Callable[[str], StoredAccount | None],
        passwords: Passwords,
        throttle: Throttle,
        worker: HashWorker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._passwords = passwords
        self._throttle = throttle
        self._worker = worker
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, tuple[float, Account]] = OrderedDict()
        self._generation = 0

    def submit(self, name: str, password: str, source: str) -> Future[Account]:
        """The account that name and password sign in to.

        The future fails with `SignInFailed` (never saying which was wrong),
        `Throttled` or `Unavailable`. A pair that was verified within ten minutes
        needs neither hash nor database, and passes the throttle: its owner is not
        locked out by somebody else's failures.
        """
        key = self._key_of(name, password)
        ended: Future[Account] = Future()
        account = self._cached(key)
        if account is not None:
            ended.set_result(account)
            return ended
        # The same guess at the same time is one guess: it is shared and not counted.
        shared = self._worker.in_flight(key)
        if shared is not None:
            return shared
        try:
            self._throttle.attempt(source, name)
        except Throttled as error:
            ended.set_exception(error)
            return ended
        checked = self._worker.submit(key, lambda: self._check(key, name, password))
        checked.add_done_callback(lambda future: self._settle(future, source, name))
        return checked

    def forget(self) -> None:
        """Verify everybody anew: an account was changed."""
        with self._lock:
            self._generation += 1
            self._verified.clear()

    def _check(self, key: bytes, name: str, password: str) -> Account:
        with self._lock:
            generation = self._generation
        stored = self._find(name)
        matches = self._passwords.verify(password, stored.password_hash if stored else None)
        if stored is None or not matches or not stored.account.active:
            raise SignInFailed
        with self._lock:
            # An account changed while we hashed: this success may be stale already.
            if generation == self._generation:
                self._verified[key] = (self._clock() + CACHE_SECONDS, stored.account)
                if len(self._verified) > _CACHED_MOST:
                    self._verified.popitem(last=False)
        return stored.account

    def _settle(self, future: Future[Account], source: str, name: str) -> None:
        error = future.exception()
        if error is None:
            self._throttle.succeeded(source, name)
        elif not isinstance(error, SignInFailed):
            self._throttle.withdrawn(source, name)

    def _cached(self, key: bytes) -> Account | None:
        with self._lock:
            found = self._verified.get(key)
            if found is None:
                return None
            until, account = found
            if self._clock() < until:
                return account
            del self._verified[key]
            return None

    def _key_of(self, name: str, password: str) -> bytes:
        folded = fold(name).encode("utf-8", "surrogatepass")
        keyed = hashlib.blake2b(len(folded).to_bytes(8, "big") + folded, key=self._key)
        keyed.update(password.encode("utf-8", "surrogatepass"))
        return keyed.digest()
