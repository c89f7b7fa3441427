"""Who hears of what happens, and what they are told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.storage.picture import Changes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What happened, in order, and what the board is like after it.

    `number` counts batches; `last_id` is how far the journal is known by it.
    """

    number: int
    last_id: int
    entries: tuple[Entry, ...]
    changes: Changes


OnBatch = Callable[[Batch], None]
OnEntries = Callable[[Sequence[Entry]], None]
OnTrouble = Callable[[str], None]


class Subscription:
    """A subscriber's place; `cancel()` ends it. It knows what is up to batch `since`."""

    def __init__(
        self,
        subscribers: Subscribers,
        since: int,
        on_batch: OnBatch,
        on_trouble: OnTrouble | None,
    ) -> None:
        self._subscribers = subscribers
        self.since = since
        self.on_batch = on_batch
        self.on_trouble = on_trouble

    def cancel(self) -> None:
        """Tell this subscriber nothing more. May be called twice."""
        self._subscribers.drop(self)


class Subscribers:
    """All who hear. One's fault doesn't silence the others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: tuple[Subscription, ...] = ()
        self.trouble = ""
        """Why what they were told last may be stale; "" where it is not."""

    def __len__(self) -> int:
        return len(self._all)

    def add(self, since: int, on_batch: OnBatch, on_trouble: OnTrouble | None) -> Subscription:
        """One more, who knows what is up to batch `since`."""
        subscription = Subscription(self, since, on_batch, on_trouble)
        with self._lock:
            self._all += (subscription,)
        return subscription

    def drop(self, subscription: Subscription) -> None:
        """One less, if it is one."""
        with self._lock:
            self._all = tuple(s for s in self._all if s is not subscription)

    def tell(self, batch: Batch) -> None:
        """Tell all who don't know it yet."""
        for subscription in self._all:
            if batch.number <= subscription.since:
                continue
            try:
                subscription.on_batch(batch)
            except BaseException:
                log.exception("a subscriber of the feed failed")

    def tell_trouble(self, reason: str) -> None:
        """Tell all of a trouble, once; "" ends it."""
        if reason == self.trouble:
            return
        self.trouble = reason
        if reason:
            log.warning("the feed is in trouble: %s", reason)
        for subscription in self._all:
            try:
                if subscription.on_trouble is not None:
                    subscription.on_trouble(reason)
            except BaseException:
                log.exception("a subscriber of the feed failed")
