"""How much somebody may change in a while, and what of it is left: `RateLimit` headers.

After draft-ietf-httpapi-ratelimit-headers-10. It is for programs that have gone astray:
others never come near.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable

from izzitup_desktop.board.buckets import Allowance
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.clock import Clock
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.exchange import Message, Send
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.refused import Refused

POLICY = "write"

_KNOWN_MOST = 4_096
_START = "http.response.start"
_ROUNDING = 1 - 1e-6

_Asker = tuple[str, str]


class Quotas:
    """An allowance of changes for each that asks: a token or an account, from one network.

    Who asks has signed in. In memory, and for this process alone.
    """

    def __init__(self, allowance: Allowance, clock: Clock) -> None:
        self._allowance = allowance
        self._clock = clock
        self._whole_at: dict[_Asker, float] = {}
        window = math.ceil(allowance.most * allowance.seconds)
        self._policy = b"ratelimit-policy", b'"write";q=%d;w=%d' % (allowance.most, window)

    def taken(self, asking: Asking, send: Send) -> Send:
        """Take one; a `send` that tells what is left. Raises `Refused`: nothing is."""
        client = asking.scope["client"]
        asker = _name(asking.principal), network_of(client[0]) if client else ""
        allowance, now = self._allowance, self._clock.elapsed()
        whole_at = self._whole_at.get(asker, now)
        wait = allowance.wait_seconds(whole_at, now)
        if wait > 0:
            raise self._refused(math.ceil(wait))
        self._whole_at[asker] = whole_at = allowance.taken(whole_at, now)
        if len(self._whole_at) > _KNOWN_MOST:
            self._forget(now)
        whole_in = whole_at - now
        # What is nearly there counts as taken.
        left = allowance.most - int(whole_in / allowance.seconds + _ROUNDING)
        told = self._policy, (b"ratelimit", b'"write";r=%d;t=%d' % (left, whole_in + _ROUNDING))

        def sent(message: Message) -> Awaitable[None]:
            if message["type"] == _START:
                message["headers"] = [*message["headers"], *told]
            return send(message)

        return sent

    def _forget(self, now: float) -> None:
        """Forget whoever has all of it again."""
        whole = [asker for asker, whole_at in self._whole_at.items() if whole_at <= now]
        for asker in whole:
            del self._whole_at[asker]

    def _refused(self, seconds: int) -> Refused:
        detail = f"That were too many changes in a while. Go on in {seconds} seconds."
        left = b"ratelimit", b'"write";r=0;t=%d' % seconds
        headers = [self._policy, left, (b"retry-after", b"%d" % seconds)]
        more = {"violated-policies": [POLICY]}
        return Refused(Problem("quota-exceeded", detail, headers=headers, more=more))


def _name(principal: Principal) -> str:
    return principal.account_uid if principal.token is None else principal.token.digest
