"""Answers kept under idempotency keys; each is stored with the change that it tells of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select

from izzitup_desktop.domain.idempotency import KEPT, KeptAnswer, KeyedRequest, kept_answer, packed
from izzitup_desktop.storage.tables import idempotency_keys as keys
from izzitup_desktop.storage.times import to_stored


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept under a key: of which request, and its answer."""

    fingerprint: str
    answer: KeptAnswer


def get(connection: Connection, asker: str, key: str, now: datetime) -> Kept | None:
    """What is kept, None for nothing, for what can't be read, and for what is over."""
    query = select(keys.c.fingerprint, keys.c.status, keys.c.headers, keys.c.body).where(
        keys.c.asker == asker, keys.c.key == key, keys.c.expires > to_stored(now)
    )
    row = connection.execute(query).one_or_none()
    if row is None or not isinstance(row.fingerprint, str):
        return None
    answer = kept_answer(row.status, row.headers, row.body)
    return None if answer is None else Kept(row.fingerprint, answer)


def put(connection: Connection, request: KeyedRequest, answer: KeptAnswer, now: datetime) -> None:
    """Keep the answer from now on, in place of one that is over. Raises `Invalid`."""
    body = packed(answer.body)
    connection.execute(delete(keys).where(keys.c.asker == request.asker, keys.c.key == request.key))
    connection.execute(
        insert(keys),
        {
            "asker": request.asker,
            "key": request.key,
            "fingerprint": request.fingerprint,
            "status": answer.status,
            "headers": json.dumps(answer.headers),
            "body": body,
            "made": to_stored(now),
            "expires": to_stored(now + KEPT),
        },
    )


def drop_old(connection: Connection, now: datetime) -> int:
    """Forget what is over; how many. What a clock that was set back left behind is, too."""
    too_far = to_stored(now + 2 * KEPT)
    is_over = or_(keys.c.expires <= to_stored(now), keys.c.expires > too_far)
    return connection.execute(delete(keys).where(is_over)).rowcount
