"""How much somebody may change in a while, and what of it is left: `RateLimit` headers.

After draft-ietf-httpapi-ratelimit-headers-10. It is for programs that have gone astray:
others never come near.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable

from izzitup_desktop.board.buckets import Allowance, Slots
from izzitup_desktop.domain.clock import Clock
from izzitup_desktop.domain.idempotency import asker_of
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.exchange import Message, Send
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.refused import Refused

POLICY = "write"
_SLOTS = 4_096


class Quotas:
    """An allowance of changes for each that asks: a token or an account, from one network."""

    def __init__(self, allowance: Allowance, clock: Clock) -> None:
        self._allowance = allowance
        self._clock = clock
        self._slots = Slots(allowance, _SLOTS)
        window = math.ceil(allowance.most * allowance.seconds)
        self._policy = (
            b"ratelimit-policy",
            b'"%b";q=%d;w=%d' % (POLICY.encode("ascii"), allowance.most, window),
        )

    def taken(self, asking: Asking, send: Send) -> Send:
        """Take one; a `send` that tells what is left. Raises `Refused`: nothing is."""
        client = asking.scope["client"]
        asker = f"{asker_of(asking.principal)} {network_of(str(client[0])) if client else ''}"
        now = self._clock.elapsed()
        wait = self._slots.wait_seconds(asker, now)
        if wait > 0:
            raise self._refused(math.ceil(wait))
        whole_in = self._slots.take(asker, now) - now
        left = self._allowance.most - math.ceil(whole_in / self._allowance.seconds - _ROUNDING)
        told = [self._policy, _left(left, math.ceil(whole_in))]

        def sent(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *told]
            return send(message)

        return sent

    def _refused(self, seconds: int) -> Refused:
        detail = f"That were too many changes in a while. Go on in {seconds} seconds."
        headers = [self._policy, _left(0, seconds), (b"retry-after", b"%d" % seconds)]
        more = {"violated-policies": [POLICY]}
        return Refused(Problem("quota-exceeded", detail, headers=headers, more=more))


_ROUNDING = 1e-6


def _left(count: int, seconds: int) -> tuple[bytes, bytes]:
    return b"ratelimit", b'"%b";r=%d;t=%d' % (POLICY.encode("ascii"), max(0, count), seconds)
