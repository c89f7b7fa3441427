"""Allowances that refill: so many at once, then one every so often.

Each is one number, the time at which it is whole again. Times are seconds of a
monotonic clock that is never negative.
"""

from __future__ import annotations

import hashlib
import secrets
from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """`most` at once, and one more every `seconds`."""

    most: int
    seconds: float

    def wait_seconds(self, whole_at: float, now: float) -> float:
        """How long until one may be taken; 0 or less is now."""
        return max(whole_at, now) + self.seconds - self.most * self.seconds - now

    def taken(self, whole_at: float, now: float) -> float:
        """When it is whole again after one is taken now."""
        return max(whole_at, now) + self.seconds

    def given_back(self, whole_at: float) -> float:
        """When it is whole again if one of those taken was none."""
        return whole_at - self.seconds


class Slots:
    """An allowance for each of any number of texts, in memory that never grows.

    Texts share slots by a secret hash. Nothing is ever forgotten to make room, so
    nobody can have one forgotten by asking for many others.
    """

    def __init__(self, allowance: Allowance, slots: int) -> None:
        self._allowance = allowance
        self._key = secrets.token_bytes(16)
        self._whole_at = array("d", bytes(8 * slots))

    def wait_seconds(self, text: str, now: float) -> float:
        """How long until one may be taken for `text`; 0 or less is now."""
        return self._allowance.wait_seconds(self._whole_at[self._slot(text)], now)

    def take(self, text: str, now: float) -> None:
        """Take one for `text`, whether it is there or not."""
        slot = self._slot(text)
        self._whole_at[slot] = self._allowance.taken(self._whole_at[slot], now)

    def give_back(self, text: str) -> None:
        """Give one back that was taken for `text`."""
        slot = self._slot(text)
        self._whole_at[slot] = self._allowance.given_back(self._whole_at[slot])

    def _slot(self, text: str) -> int:
        digest = hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), digest_size=8, key=self._key
        )
        return int.from_bytes(digest.digest(), "big") % len(self._whole_at)
