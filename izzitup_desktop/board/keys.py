"""Keys of services: each is one service's, in any case."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Conflict
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.visibility import shown_to
from izzitup_desktop.storage import services
from izzitup_desktop.storage.transaction import Transaction


def assert_key_is_free(
    transaction: Transaction, principal: Principal, key: str, *, but: int | None = None
) -> None:
    """Raise `Conflict` when another service has this key; "" is always free.

    What that service is called is told to those who may see it.
    """
    holder = services.by_key(transaction.connection, key) if key else None
    if holder is None or holder.id == but:
        return
    if shown_to(principal)(holder):
        raise Conflict(msg("The key %1 is taken by %2. Choose another.", key, holder.name))
    raise Conflict(msg("The key %1 is taken. Choose another.", key))
